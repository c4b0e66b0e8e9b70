"""Checking a text table row by row against what its columns promise.

Plain Polars expressions and not a schema library: dataframely (3.1) casts types and stops there, so the
dates, codes, aliases and element names of real exports would have to be read before it is called, and a
cell it cannot cast makes the row's other rules 'unknown', where a person mending a file wants every fault
of the row at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from data_access.importing.checking.cells import LONGEST_TEXT, UNKNOWN_CODE, Setting, expected, read_cells
from data_access.importing.checking.cleaning import cleaned, unwanted
from data_access.importing.checking.moments import WHENEVER, DayOrder, is_two_ways, repeated_hours
from data_access.importing.checking.shapes import shape
from data_access.importing.reading.text_table import ROW, TextTable, whole_file
from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable
from data_access.problems import Fault

LONGEST_ID: Final = 120
_CODES: Final = {
    Kind.ID: "F31",
    Kind.TEXT: "F31",
    Kind.MOMENT: "F23",
    Kind.DATE: "F23",
    Kind.WHOLE: "F44",
    Kind.NUMBER: "F44",
    Kind.CHOICE: "F44",
}
_DATES: Final = (Kind.MOMENT, Kind.DATE)
_DATE_REMEDY: Final = "write it as 2022-03-04T10:30; some local times do not exist, when clocks go forward"
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")
# What the cells of a row are called that go on where the header has ended.
SURPLUS: Final = "surplus_cells"


@dataclass(frozen=True)
class Form:
    """What a file must look like: its columns, other spellings of their names, the longest text of each.

    `unused` names columns that are known and not needed, so that leaving them out is no news. `dates` says
    which number of 03/04/2022 is the day, where the source always writes it one way.
    """

    table: TemplateTable
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    unused: frozenset[str] = frozenset()
    dates: DayOrder | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns no file of this form can do without."""
        return tuple(column.name for column in self.table.columns if column.is_required)

    def spellings(self, column: str) -> tuple[str, ...]:
        """Every way this column may be called, its own name first."""
        return (column, *self.aliases.get(column, ()))

    def fits(self, header: Collection[str]) -> int:
        """Count the columns of a header that this form knows; 0 where one that it needs is missing."""
        if not all(any(name in header for name in self.spellings(needed)) for needed in self.needed):
            return 0
        return sum(any(name in header for name in self.spellings(column.name)) for column in self.table.columns)

    @property
    def known(self) -> frozenset[str]:
        """Every spelling by which a column of this form may be called."""
        others = [name for names in self.aliases.values() for name in names]
        return frozenset([*(column.name for column in self.table.columns), *others])

    def limit(self, column: TemplateColumn) -> int:
        """Give the longest text a cell of this column may hold."""
        usual = LONGEST_ID if column.kind is Kind.ID else LONGEST_TEXT
        return self.longest.get(column.name, usual)


@dataclass(frozen=True)
class Checked:
    """A table after checking. `rows` = rows of `frame` + `duplicate` + `quarantined`, always.

    `frame` has `row` and every column of the form, typed; columns the file lacks are null. `rejected` has the
    quarantined rows as they came: `row`, every column of the form as text, and `surplus_cells`. It is for
    whoever imports, to mend and bring again; nothing of it is stored or told.
    """

    table: str
    file: str
    frame: pl.DataFrame
    rows: int
    duplicate: int
    quarantined: int
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    rejected: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)

    def __post_init__(self) -> None:
        assert self.rows == self.frame.height + self.duplicate + self.quarantined, "a row went missing"


def check_rows(source: TextTable, form: Form, setting: Setting) -> Checked:
    """Read every cell of a table, name every fault, drop repeated rows and count all of them."""
    setting = _setting_for(source, form, setting)
    text, notices, lacking = _our_columns(source, form)
    typed = _read_all(text, form, setting)
    asking = _asking(source.file, text, form, setting)
    faults = [*source.ragged, *lacking, *asking, *_cell_faults(source, text, typed, form, setting)]
    bad_rows = {fault.row for fault in faults if fault.row}
    sound = typed.filter(~pl.col(ROW).is_in(sorted(bad_rows)))
    single = sound.unique([name for name in typed.columns if name != ROW], keep="last").sort(ROW)
    clashes = _clashes(source.file, single, form.table.key)
    clashing = {fault.row for fault in clashes}
    return Checked(
        table=form.table.name,
        file=source.file,
        frame=single.filter(~pl.col(ROW).is_in(sorted(clashing))),
        rows=source.rows,
        duplicate=sound.height - single.height,
        quarantined=len(bad_rows) + len(clashing),
        faults=tuple(sorted([*faults, *clashes], key=lambda fault: (fault.row, fault.column))),
        notices=(*source.notices, *notices, *_remarks(source.file, text, typed, form, setting)),
        rejected=_rejected(source, text, form, bad_rows | clashing),
    )


def set_aside(checked: Checked, faults: Sequence[Fault]) -> Checked:
    """Quarantine sound rows for reasons that only their source's own rules show."""
    rows = sorted({fault.row for fault in faults})
    is_bad = pl.col(ROW).is_in(rows)
    lost = checked.frame.filter(is_bad).with_columns(pl.lit("").alias(SURPLUS))
    as_text = lost.select(
        ROW, *(pl.col(name).cast(pl.String).fill_null("") for name in checked.rejected.columns if name != ROW)
    )
    return replace(
        checked,
        frame=checked.frame.filter(~is_bad),
        quarantined=checked.quarantined + len(rows),
        faults=(*checked.faults, *faults),
        rejected=pl.concat([checked.rejected, as_text]).sort(ROW),
    )


def _setting_for(source: TextTable, form: Form, setting: Setting) -> Setting:
    """Give the setting with what the file and its source settle about dates.

    The plan's tables belong to no conversation, so its days do not bound theirs.
    """
    calendar = setting.calendar
    window = WHENEVER if form.table.belongs_to == "desk" else calendar.window
    order = calendar.order or form.dates
    return replace(setting, calendar=replace(calendar, order=order, is_from_1904=source.is_from_1904, window=window))


def _rejected(source: TextTable, text: pl.DataFrame, form: Form, rows: Collection[int]) -> pl.DataFrame:
    whole = text.filter(pl.col(ROW).is_in(sorted(rows))).with_columns(pl.lit("").alias(SURPLUS))
    ragged = [
        {ROW: row, SURPLUS: cells.get("", "")}
        | {
            column.name: next((cells[name] for name in form.spellings(column.name) if name in cells), "")
            for column in form.table.columns
        }
        for row, cells in source.ragged_cells
    ]
    return pl.concat([whole, pl.DataFrame(ragged, schema=whole.schema)]).sort(ROW)


def _our_columns(source: TextTable, form: Form) -> tuple[pl.DataFrame, list[str], list[Fault]]:
    """Give the form's columns under their own names, cleaned, and say what is missing or not read."""
    present = [name for name in source.frame.columns if name != ROW]
    found = _found(present, form)
    columns = [source.frame[ROW]]
    for name, there in found.items():
        empty = pl.Series(name, [""] * source.frame.height, pl.String)
        columns.append(cleaned(source.frame[there]).alias(name) if there else empty)
    lacking = [
        whole_file(source.file, f"no column {column.name}", "every required column", _required(form), "F19")
        for column in form.table.columns
        if column.is_required and found[column.name] is None
    ]
    unread = [name for name in present if name not in found.values() and name not in form.unused]
    notices = [f"{source.file}: columns not read: {', '.join(unread)}."] if unread else []
    spoilt = sum(unwanted(source.frame[there]) for there in found.values() if there)
    if spoilt:
        notices.append(f"{source.file}: control characters were taken out of {spoilt:,} cells.")
    return pl.DataFrame(columns), notices, lacking


def _found(present: Collection[str], form: Form) -> dict[str, str | None]:
    """Give the spelling under which a file has each column of the form, None where it lacks it."""
    names = [column.name for column in form.table.columns]
    return {name: next((one for one in form.spellings(name) if one in present), None) for name in names}


def _required(form: Form) -> str:
    return f"this table needs {', '.join(form.needed)}"


def _read_all(text: pl.DataFrame, form: Form, setting: Setting) -> pl.DataFrame:
    columns = [read_cells(text[column.name], column, setting, form.limit(column)) for column in form.table.columns]
    return pl.DataFrame([text[ROW], *columns])


def _asking(file: str, text: pl.DataFrame, form: Form, setting: Setting) -> list[Fault]:
    """Ask which number is the day, once for each column whose dates do not tell."""
    return [
        Fault(
            file,
            0,
            column.name,
            "dates that may be read two ways, such as 03/04/2022",
            "dates that tell their day from their month",
            "say --dates uk (day first) or --dates us (month first)",
            "F23",
        )
        for column in form.table.columns
        if column.kind in _DATES and is_two_ways(text[column.name], setting.calendar)
    ]


def _cell_faults(
    source: TextTable, text: pl.DataFrame, typed: pl.DataFrame, form: Form, setting: Setting
) -> list[Fault]:
    found = _found(source.frame.columns, form)
    faults = []
    for column in form.table.columns:
        if column.kind in _DATES and is_two_ways(text[column.name], setting.calendar):
            continue
        unworked = [row for row, name in source.unworked if name == found[column.name]]
        faults += [_unworked(source.file, row, column.name) for row in unworked]
        is_null = typed[column.name].is_null() & ~text[ROW].is_in(unworked)
        faults += _column_faults(source.file, column, text, is_null, form.limit(column))
    return faults


def _unworked(file: str, row: int, column: str) -> Fault:
    remedy = "open the workbook, let it work its formulas out, and save it"
    return Fault(file, row, column, "a formula without its value", "a value", remedy, "F28")


def _column_faults(
    file: str, column: TemplateColumn, text: pl.DataFrame, is_null: pl.Series, limit: int
) -> list[Fault]:
    is_bad = is_null if column.is_required else is_null & (text[column.name] != "")
    remedy = _DATE_REMEDY if column.kind in _DATES else ""
    is_secret = column.kind in (Kind.ID, Kind.TEXT)
    bad = text.select(ROW, column.name).filter(is_bad)
    return [
        Fault(
            file,
            row,
            column.name,
            shape(cell, is_secret=is_secret),
            expected(column, limit),
            remedy if cell else "",
            _code(column, cell),
        )
        for row, cell in bad.iter_rows()
    ]


def _code(column: TemplateColumn, cell: str) -> str:
    if not cell:
        return "F19"
    is_number_for_date = column.kind in _DATES and _NUMBER.fullmatch(cell)
    return "F24" if is_number_for_date else _CODES.get(column.kind, "F45")


def _clashes(file: str, rows: pl.DataFrame, key: Sequence[str]) -> list[Fault]:
    """Name the rows that share a key and say different things: nobody can tell which is right."""
    is_clashing = (
        rows.select(key).is_duplicated() if key else pl.Series([rows.height > 1] * rows.height, dtype=pl.Boolean)
    )
    label = ", ".join(key)
    wanted = f"one row for each {label}" if key else "one row"
    return [
        Fault(file, row, label, "the same key as another row, with other content", wanted, "keep the right one", "F38")
        for row in rows.filter(is_clashing)[ROW]
    ]


def _remarks(file: str, text: pl.DataFrame, typed: pl.DataFrame, form: Form, setting: Setting) -> list[str]:
    remarks = []
    for column in form.table.columns:
        if column.kind in (Kind.REGION, Kind.ICB):
            unknown = int((typed[column.name] == UNKNOWN_CODE).sum())
            if unknown:
                remarks.append(f"{file}: {column.name} is not known in {unknown:,} rows; kept as '{UNKNOWN_CODE}'.")
        if column.kind is Kind.MOMENT and (
            twice := repeated_hours(text[column.name], setting.timezone, setting.calendar)
        ):
            remarks.append(
                f"{file}: {column.name} falls in the hour that clocks repeat in {twice:,} rows; the earlier was taken."
            )
    return remarks
