"""Reading votes, of which there may be millions, in the caller's own transaction and a bounded number at a time.

By the driver's own means, like `bulk`: rows of SQLAlchemy cost as much to make as the votes cost to count.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import polars as pl
from sqlalchemy import Connection, Select, func, select

from data_access.vault.bulk import driver_errors
from data_access.vault.schema import ImportRun, VoteCast

COMMITTED: Final = "committed"
# About 40 MB of rows at a time: enough to make the round trips cheap, little beside the frame they fill.
VOTES_A_CHUNK: Final = 200_000
# A row of CSV of this table is at most 90 letters long.
_LETTERS_A_ROW: Final = 90

VOTES: Final = pl.Schema(
    {
        "vote": pl.Int64,
        "import_id": pl.Int64,
        "position": pl.Int64,
        "participant": pl.Int64,
        "idea": pl.Int64,
        "cast_at_ms": pl.Int64,
        "value": pl.Int8,
    }
)


@dataclass(frozen=True)
class VoteExtent:
    """How many votes, the first and the last (milliseconds since 1970; 0 where there is none)."""

    rows: int
    first_ms: int
    last_ms: int

    @property
    def milliseconds(self) -> int:
        """Give the time between the first and the last."""
        return self.last_ms - self.first_ms


def vote_extent(connection: Connection, conversation: int) -> VoteExtent:
    """Say how many votes there are, and from when to when, without reading them."""
    figures = select(func.count(), func.min(VoteCast.cast_at_ms), func.max(VoteCast.cast_at_ms))
    rows, first, last = connection.execute(figures.where(VoteCast.import_id.in_(_committed(conversation)))).one()
    return VoteExtent(rows, first or 0, last or 0)


def votes(connection: Connection, conversation: int, *, chunk: int = VOTES_A_CHUNK) -> Iterator[pl.DataFrame]:
    """Read the votes as they were cast, every one, in frames of about `chunk` rows, by import and as they came."""
    columns = (VoteCast.id, VoteCast.import_id, VoteCast.position, VoteCast.participant_id, VoteCast.idea_id)
    read = _copied if connection.dialect.name == "postgresql" else _fetched
    # An import at a time, so that the rows come by the primary key and no database sorts millions of them.
    for number in connection.scalars(_committed(conversation).order_by(ImportRun.id)).all():
        statement = select(*columns, VoteCast.cast_at_ms, VoteCast.value).where(VoteCast.import_id == number)
        ordered = statement.order_by(VoteCast.id).compile(connection, compile_kwargs={"literal_binds": True})
        yield from read(connection, str(ordered), chunk)


def _committed(conversation: int) -> Select[int]:
    return select(ImportRun.id).where(ImportRun.state == COMMITTED, ImportRun.conversation_id == conversation)


def _fetched(connection: Connection, statement: str, chunk: int) -> Iterator[pl.DataFrame]:
    cursor: Any = connection.connection.cursor()
    try:
        with driver_errors(connection):
            cursor.execute(statement)
            while rows := cursor.fetchmany(chunk):
                # Whole numbers throughout: one array is filled four times as fast as a list a column.
                numbers = np.fromiter(chain.from_iterable(rows), np.int64, count=len(rows) * len(VOTES))
                columns = dict(zip(VOTES, numbers.reshape(len(rows), len(VOTES)).T, strict=True))
                yield pl.DataFrame(columns).cast(VOTES)
    finally:
        cursor.close()


def _copied(connection: Connection, statement: str, chunk: int) -> Iterator[pl.DataFrame]:
    """Read rows as CSV by COPY, cut after whole rows."""
    cursor: Any = connection.connection.cursor()
    with driver_errors(connection), cursor, cursor.copy(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)") as copy:
        gathered = bytearray()
        for block in copy:
            gathered += block
            if len(gathered) > chunk * _LETTERS_A_ROW:
                whole = gathered.rindex(b"\n") + 1
                yield _from_csv(bytes(gathered[:whole]))
                del gathered[:whole]
        if gathered:
            yield _from_csv(bytes(gathered))


def _from_csv(rows: bytes) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(rows), has_header=False, schema=VOTES)
