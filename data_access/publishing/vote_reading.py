"""From the vault to rows of votes in the order they were cast: in memory where they fit, else by way of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import Connection

from data_access.progress import Progress
from data_access.publishing.vote_rows import ORDER_BITS, ROWS_A_PART, VOTES, VoteRows, in_memory, written
from data_access.vault import reading

# The order of votes: by time, then as they were imported, then as they stood in their file.
_ARRIVED: Final = ("import_id", "position", "vote")
# A chunk of a million rows takes about 100 MB and is cut into one file a part.
CHUNK: Final = 1_000_000


class OutOfOrder(Exception):
    """The vault gives votes in another order than they arrived in, so they have to be sorted first."""


def read_votes(
    connection: Connection,
    conversation: int,
    *,
    keep: pl.Expr,
    also: dict[str, pl.Expr],
    step: str,
    progress: Progress,
    scratch: Path | None,
) -> VoteRows:
    """Read the votes of a conversation.

    In:   keep: which rows; also: the columns of VOTES the vault does not have. `scratch` is a folder for files;
          without one, and up to `ROWS_A_PART` votes, rows are held in memory.
    Out:  VoteRows whose `order` is greater the later a vote was cast by (time, import, row).
    """
    extent = reading.vote_extent(connection, conversation)

    def chunks(size: int) -> Iterator[pl.DataFrame]:
        done = 0
        for chunk in reading.votes(connection, conversation, chunk=size):
            done += chunk.height
            progress(step, done, extent.rows)
            yield chunk.with_columns(**also)

    is_large = scratch is not None and extent.rows > ROWS_A_PART
    bits = extent.rows.bit_length()
    if is_large and scratch is not None and bits + extent.milliseconds.bit_length() <= ORDER_BITS:
        try:
            packed = (chunk.filter(keep) for chunk in in_order(chunks(CHUNK), extent.first_ms, bits))
            return written(packed, scratch / f"votes-{conversation}", extent.rows)
        except OutOfOrder:
            pass
    rows = _sorted([chunk.filter(keep) for chunk in chunks(reading.VOTES_A_CHUNK)])
    if is_large and scratch is not None:
        return written(rows.iter_slices(CHUNK), scratch / f"sorted-{conversation}", rows.height)
    return in_memory(rows)


def in_order(chunks: Iterator[pl.DataFrame], first_ms: int, bits: int) -> Iterator[pl.DataFrame]:
    """Give each vote its `order` without sorting: the time it was cast, then the place it came in, in one number.

    Raises `OutOfOrder` where votes do not come as they arrived.
    """
    before, last = 0, pl.DataFrame()
    for chunk in chunks:
        arrived = pl.concat([last, chunk.select(_ARRIVED)])
        if not arrived.equals(arrived.sort(_ARRIVED)):
            raise OutOfOrder
        place = pl.int_range(before, before + chunk.height, dtype=pl.Int64)
        yield chunk.with_columns(order=(pl.col("cast_at_ms") - first_ms) * 2**bits + place)
        before, last = before + chunk.height, chunk.select(_ARRIVED).tail(1)


def _sorted(chunks: list[pl.DataFrame]) -> pl.DataFrame:
    if not chunks:
        return pl.DataFrame(schema=VOTES)
    ordered = pl.concat(chunks).lazy().sort("cast_at_ms", *_ARRIVED).with_row_index("order")
    return ordered.with_columns(pl.col("order").cast(pl.Int64)).select(list(VOTES)).collect()
