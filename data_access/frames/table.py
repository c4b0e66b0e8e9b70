"""What a table of a release is, and how a frame is held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

DataType = pl.DataType | type[pl.DataType]


@dataclass(frozen=True)
class Table:
    """One table of a release.

    `key` names the columns that identify a row; rows are stored sorted by them, elements in their official
    order and 'Not yet coded' last. `measures` are the
    columns that become null when a row is hidden. `unit` says what the threshold counts.
    """

    name: str
    about: str
    columns: Mapping[str, DataType]
    key: tuple[str, ...]
    measures: tuple[str, ...] = ()
    unit: str = ""
    is_text: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> pl.Schema:
        """Column names and types, in order."""
        return pl.Schema(self.columns)

    @property
    def has_hidden(self) -> bool:
        """Whether rows of this table can be hidden."""
        return "is_hidden" in self.columns

    def empty(self) -> pl.DataFrame:
        """Give the table without rows."""
        return pl.DataFrame(schema=self.schema)


BALANCE: Final[dict[str, DataType]] = {
    "voters": pl.Int64,
    "agree": pl.Int64,
    "pass": pl.Int64,
    "disagree": pl.Int64,
}
MEASURED: Final = ("voters", "agree", "pass", "disagree")


def check_frame(frame: pl.DataFrame, table: Table) -> None:
    """Hold a frame against what its table promises.

    Raises `ValueError` naming the table and the first difference: columns, types, a repeated key, a hidden
    row with a measure or a shown row without one. A difference is a bug of ours, not of the user.
    """
    if frame.schema != table.schema:
        raise ValueError(f"{table.name}: columns are {dict(frame.schema)}, promised {dict(table.schema)}")
    if frame.select(table.key).is_duplicated().any():
        raise ValueError(f"{table.name}: key {table.key} is not unique")
    if table.has_hidden:
        hidden = frame.filter(pl.col("is_hidden"))
        shown = frame.filter(~pl.col("is_hidden"))
        for measure in table.measures:
            if hidden[measure].null_count() != hidden.height:
                raise ValueError(f"{table.name}: a hidden row carries {measure}")
            if measure != "pass" and shown[measure].null_count():
                raise ValueError(f"{table.name}: a shown row lacks {measure}")
