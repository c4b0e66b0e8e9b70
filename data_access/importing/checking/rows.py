"""Checking a text table row by row against what its columns promise.

Plain Polars expressions and not a schema library: dataframely (3.1) casts types and stops there, so the
dates, codes, aliases and element names of real exports would have to be read before it is called, and a
cell it cannot cast makes the row's other rules 'unknown', where a person mending a file wants every fault
of the row at once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from data_access.importing.checking.cells import Setting, read_cells
from data_access.importing.checking.cleaning import cleaned, unwanted
from data_access.importing.checking.faults import asking, cell_faults, clashes, may_repeat, remarks
from data_access.importing.checking.form import LONGEST_ID, Form
from data_access.importing.checking.moments import WHENEVER
from data_access.importing.reading.text_table import ROW, TextTable, whole_file
from data_access.problems import Fault

__all__ = ["LONGEST_ID", "SURPLUS", "Checked", "Form", "check_rows", "set_aside"]

# What the cells of a row are called that go on where the header has ended.
SURPLUS: Final = "surplus_cells"


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
    questions = asking(source.file, text, form, setting)
    faults = [*source.ragged, *lacking, *questions, *cell_faults(source, text, typed, form, setting)]
    bad_rows = {fault.row for fault in faults if fault.row}
    sound = _without(typed, bad_rows)
    single = _single(sound)
    twice = clashes(source.file, single, form.table.key)
    clashing = {fault.row for fault in twice}
    return Checked(
        table=form.table.name,
        file=source.file,
        frame=_without(single, clashing),
        rows=source.rows,
        duplicate=sound.height - single.height,
        quarantined=len(bad_rows) + len(clashing),
        faults=tuple(sorted([*faults, *twice], key=lambda fault: (fault.row, fault.column))),
        notices=(*source.notices, *notices, *remarks(source.file, text, typed, form, setting)),
        rejected=_rejected(source, text, form, bad_rows | clashing),
    )


def _without(frame: pl.DataFrame, rows: Collection[int]) -> pl.DataFrame:
    return frame.filter(~pl.col(ROW).is_in(sorted(rows))) if rows else frame


def _single(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the last of the rows that say the same."""
    said = [name for name in rows.columns if name != ROW]
    suspected = may_repeat(rows, said)
    if not suspected.any():
        return rows
    alike = rows.filter(suspected)
    lasts = alike.unique(said, keep="last")[ROW]
    earlier = alike.filter(~pl.col(ROW).is_in(lasts.implode()))[ROW]
    return rows.filter(~pl.col(ROW).is_in(earlier.implode()))


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
    found = form.found(present)
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


def _required(form: Form) -> str:
    return f"this table needs {', '.join(form.needed)}"


def _read_all(text: pl.DataFrame, form: Form, setting: Setting) -> pl.DataFrame:
    columns = [read_cells(text[column.name], column, setting, form.limit(column)) for column in form.table.columns]
    return pl.DataFrame([text[ROW], *columns])
