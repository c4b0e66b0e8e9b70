"""The votes of a conversation as rows that any engine can scan: in memory, or as Parquet in parts by participant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

VOTES: Final = pl.Schema(
    {
        "participant": pl.Int64,
        "idea": pl.Int64,
        "order": pl.Int64,
        "day": pl.Int32,
        "value": pl.Int8,
        "is_late": pl.Boolean,
    }
)
# Resolving and counting a part of two million votes takes about 1.5 GB; nobody is in two parts.
ROWS_A_PART: Final = 2_000_000
# `order` leaves two bits free, in which counting packs the value of a vote beside its place.
ORDER_BITS: Final = 61


@dataclass(frozen=True)
class VoteRows:
    """Votes of closed days (columns VOTES) as they were cast.

    `parts` hold whole participants each: one frame in memory, or a folder of Parquet files a part, so that what is
    counted of distinct participants may be added up over parts. `days` are the first and last with a vote.
    """

    parts: tuple[pl.DataFrame | Path, ...]
    rows: int
    days: tuple[int, int] | None

    def scans(self) -> Iterator[pl.LazyFrame]:
        """Give each part as a lazy frame."""
        for part in self.parts:
            yield part.lazy() if isinstance(part, pl.DataFrame) else pl.scan_parquet(part / "*.parquet")

    @property
    def folders(self) -> list[Path]:
        """Give the folders of the parts; none where the votes are in memory."""
        return [part for part in self.parts if isinstance(part, Path)]


def in_memory(votes: pl.DataFrame) -> VoteRows:
    """Give votes that are in memory already as one part."""
    first, last = votes["day"].min(), votes["day"].max()
    days = (first, last) if isinstance(first, int) and isinstance(last, int) else None
    return VoteRows((votes,), votes.height, days)


def written(chunks: Iterable[pl.DataFrame], folder: Path, expected: int) -> VoteRows:
    """Write chunks of votes to a folder, as many parts as `expected` rows need, and give them."""
    count = max(1, -(-expected // ROWS_A_PART))
    places = [folder / f"part-{number:04}" for number in range(count)]
    for place in places:
        place.mkdir(parents=True)
        pl.DataFrame(schema=VOTES).write_parquet(place / "none.parquet")  # so that a part nobody is in can be read
    rows, days = 0, list[int]()
    for number, chunk in enumerate(chunks):
        for part, place in enumerate(places):
            own = chunk.filter(pl.col("participant") % count == part) if count > 1 else chunk
            own.select(list(VOTES)).write_parquet(place / f"{number:06}.parquet", compression="lz4")
        rows += chunk.height
        days += [day for day in (chunk["day"].min(), chunk["day"].max()) if isinstance(day, int)]
    return VoteRows(tuple(places), rows, (min(days), max(days)) if days else None)


def of_part(frame: pl.DataFrame, part: int, parts: int) -> pl.DataFrame:
    """Keep the rows of the participants of one part."""
    return frame.filter(pl.col("participant") % parts == part) if parts > 1 else frame
