"""What is wrong with the cells of a table, all of it at once, and what is only worth saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from data_access.importing.checking.cells import UNKNOWN_CODE, Setting, expected
from data_access.importing.checking.form import Form
from data_access.importing.checking.moments import is_two_ways, repeated_hours
from data_access.importing.checking.shapes import shape
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.importing.template_columns import Kind, TemplateColumn
from data_access.problems import Fault

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


def asking(file: str, text: pl.DataFrame, form: Form, setting: Setting) -> list[Fault]:
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


def cell_faults(
    source: TextTable, text: pl.DataFrame, typed: pl.DataFrame, form: Form, setting: Setting
) -> list[Fault]:
    """Name every cell that could not be read, or is empty and must not be; dates that were asked about aside."""
    found = form.found(source.frame.columns)
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


def clashes(file: str, rows: pl.DataFrame, key: Sequence[str]) -> list[Fault]:
    """Name the rows that share a key and say different things: nobody can tell which is right."""
    if key:
        alike = rows.filter(may_repeat(rows, key))
        clashing = alike.filter(alike.select(key).is_duplicated())
    else:  # a table of one row
        clashing = rows if rows.height > 1 else rows.clear()
    label = ", ".join(key)
    wanted = f"one row for each {label}" if key else "one row"
    return [
        Fault(file, row, label, "the same key as another row, with other content", wanted, "keep the right one", "F38")
        for row in clashing[ROW]
    ]


def may_repeat(rows: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Say of each row whether another may say the same in some columns; False is certain.

    Rows whose hashes differ differ; to compare all rows themselves takes ten times the memory.
    """
    return rows.select(columns).hash_rows().is_duplicated()


def remarks(file: str, text: pl.DataFrame, typed: pl.DataFrame, form: Form, setting: Setting) -> list[str]:
    """Say what was taken one way and might be meant another: unknown places, hours that clocks repeat."""
    said = []
    for column in form.table.columns:
        if column.kind in (Kind.REGION, Kind.ICB):
            unknown = int((typed[column.name] == UNKNOWN_CODE).sum())
            if unknown:
                said.append(f"{file}: {column.name} is not known in {unknown:,} rows; kept as '{UNKNOWN_CODE}'.")
        if column.kind is Kind.MOMENT and (
            twice := repeated_hours(text[column.name], setting.timezone, setting.calendar)
        ):
            said.append(
                f"{file}: {column.name} falls in the hour that clocks repeat in {twice:,} rows; the earlier was taken."
            )
    return said
