"""What every adapter gives, whatever it read: the template's tables, checked and typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data_access.frames.table import DataType
from data_access.importing.checking.cells import DTYPES
from data_access.importing.checking.rows import Checked
from data_access.importing.reading.text_table import ROW
from data_access.importing.template_tables import template_table
from data_access.problems import Fault

# What a platform tells beyond the template, null where it does not.
EXTRA_COLUMNS: Final[Mapping[str, Mapping[str, DataType]]] = {
    "ideas": {"is_meta": pl.Boolean, "moderated": pl.Int64},
    "participants": {"opinion_group": pl.String},
}


@dataclass(frozen=True)
class ReadOptions:
    """What reading may depend on besides the files."""

    timezone: str
    today: date


@dataclass(frozen=True)
class FileFact:
    """One file of an import, as the proof names it. `role` says what was done with it."""

    name: str
    sha256: str
    size: int
    role: str


@dataclass(frozen=True)
class Bundle:
    """Everything one adapter read from one set of files.

    `tables` has at most one entry for each table of the template; each frame has `row`, the template's
    columns and `EXTRA_COLUMNS`. `facts` go into the proof as they are.
    """

    tables: Mapping[str, Checked]
    files: tuple[FileFact, ...]
    title: str = ""
    file_faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything wrong, file by file and row by row."""
        return (*self.file_faults, *(fault for table in self.tables.values() for fault in table.faults))

    @property
    def all_notices(self) -> tuple[str, ...]:
        """Everything the person who imports ought to know, though it stops nothing."""
        return (*self.notices, *(notice for table in self.tables.values() for notice in table.notices))


@dataclass(frozen=True)
class Adapter:
    """A source LookForward can read. `read` raises `ImportRefused` where the files are not its own."""

    name: str
    about: str
    read: Callable[[Sequence[Path], ReadOptions], Bundle]


def typed_schema(table: str) -> pl.Schema:
    """Give the columns and types of a table of a bundle, `row` first."""
    columns: dict[str, DataType] = {ROW: pl.Int64}
    columns |= {column.name: DTYPES[column.kind] for column in template_table(table).columns}
    return pl.Schema(columns | dict(EXTRA_COLUMNS.get(table, {})))


def in_shape(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Give a frame every column of its table, in order; columns it lacks are null."""
    schema = typed_schema(table)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select([pl.col(name).cast(dtype) for name, dtype in schema.items()])
