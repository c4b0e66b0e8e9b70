"""What every adapter gives, whatever it read: the template's tables, checked and typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data_access.frames.table import DataType
from data_access.importing.checking.cells import DTYPES, Setting
from data_access.importing.checking.moments import WHENEVER, Calendar, DayOrder, Window
from data_access.importing.checking.rows import SURPLUS, Checked, Form
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.importing.template_tables import template_table
from data_access.problems import Fault
from data_access.vocabulary import FeedbackMoment

# What a platform tells beyond the template, null where it does not.
EXTRA_COLUMNS: Final[Mapping[str, Mapping[str, DataType]]] = {
    "ideas": {"is_meta": pl.Boolean, "moderated": pl.Int64},
    "participants": {"opinion_group": pl.String},
}


@dataclass(frozen=True)
class ReadOptions:
    """What reading may depend on besides the files.

    `today` is the day places are looked up on: the conversation's first, where it is known. `dates` says
    which number of 03/04/2022 is the day, `window` when the conversation was, `session` which session
    notes without one belong to, `given` when they were written.
    """

    timezone: str
    today: date
    dates: DayOrder | None = None
    window: Window = WHENEVER
    session: str = ""
    given: FeedbackMoment = FeedbackMoment.IN_SESSION

    @property
    def setting(self) -> Setting:
        """What reading a cell may depend on."""
        return Setting(self.timezone, self.today, Calendar(self.dates, window=self.window))


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
    columns and `EXTRA_COLUMNS`. `facts` go into the proof as they are. `has_pass` says whether people could
    pass on an idea, where the source settles that.
    """

    tables: Mapping[str, Checked]
    files: tuple[FileFact, ...]
    title: str = ""
    file_faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    has_pass: bool | None = None

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
    """A source LookForward can read. `read` raises `ImportRefused` where the files are not its own.

    `forms` are what its tables look like and `rename` brings a table's columns into them, so that files can be
    recognised; `named` gives the name a file must have that holds one of the forms, where names matter.
    """

    name: str
    about: str
    read: Callable[[Sequence[Path], ReadOptions], Bundle]
    forms: Mapping[str, Form] = field(default_factory=dict)
    rename: Callable[[TextTable], TextTable] = lambda table: table
    named: Callable[[str, str], str] = lambda name, part: name


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


def as_table(
    checked: Checked,
    table: str,
    frame: pl.DataFrame,
    columns: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> Checked:
    """Give what was checked in a source's own form as a table of the template.

    `frame` are its sound rows, translated. `columns` names the source's column behind each of the template's,
    and `words` what the source's words mean, both for the rows set aside, which keep their cells as text.
    """
    rejected = checked.rejected
    if rejected.width:
        rejected = rejected.select(
            ROW,
            *(pl.col(theirs).replace((words or {}).get(ours, {})).alias(ours) for ours, theirs in columns.items()),
            SURPLUS,
        )
    return replace(checked, table=table, frame=in_shape(frame, table), rejected=rejected)
