"""Sheets of workbooks (XLSX, ODS) as text tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from data_access.importing.reading.records import LAST_ROW_OF_EXCEL
from data_access.importing.reading.text_table import ROW, TextTable, header_faults, spelling, whole_file
from data_access.problems import Fault

# The last two are here to be refused by name: one may hold macros, the other is of another time.
WORKBOOKS: Final = (".xlsx", ".ods", ".xlsm", ".xls")
HEADER_WITHIN: Final = 20


@dataclass(frozen=True)
class Sheet:
    """One sheet: all its rows as text from row 1 on, null where a cell is empty.

    `unworked` are the places of formulas without a value: row from 1, column of `frame` from 0.
    """

    name: str
    is_visible: bool
    frame: pl.DataFrame
    hidden_rows: int = 0
    unworked: tuple[tuple[int, int], ...] = ()
    is_from_1904: bool = False


def sheet_table(file: str, sheet: Sheet, known: Collection[str]) -> TextTable | list[Fault]:
    """Find the header of a sheet by its known column spellings and give the rows below it.

    Codes keep their letters: a text cell '007' or '1E5' stays so; a number cell 7.0 reads '7'; a date cell
    reads as ISO. Formulas give the value the program that saved the file had worked out. A title above the
    header and a footnote below the table, after a gap, are left out and counted.
    """
    place = f"{file} [{sheet.name}]"
    header_row = _header_row(sheet.frame, known)
    if header_row is None:
        remedy = f"a row near the top must hold column names, such as {', '.join(sorted(known)[:6])}"
        return [whole_file(place, "no known column name", "a header row", remedy, "F27")]
    header = ["" if cell is None else str(cell) for cell in sheet.frame.row(header_row)]
    twice = header_faults(place, header)
    if twice:
        return twice
    names = {column: spelling(name) for column, name in zip(sheet.frame.columns, header, strict=True) if spelling(name)}
    unworked = _unworked(sheet, header_row, names)
    rows = _rows_below(sheet.frame, header_row, names, {row for row, _ in unworked})
    frame = rows.filter(~_is_footnote(rows, len(names)))
    if frame.is_empty():
        return [whole_file(place, "a header and no rows", "at least one row", "fill it in or leave it out", "F17")]
    return TextTable(
        place,
        tuple(name for name in header if spelling(name)),
        frame,
        notices=_notices(place, sheet, header_row, frame, rows.height - frame.height),
        unworked=unworked,
        is_from_1904=sheet.is_from_1904,
    )


def best_form(
    header: Collection[str], forms: Mapping[str, Collection[str]], needed: Mapping[str, Collection[str]]
) -> str:
    """Give the form a header fits best: it has all columns that form needs, and most of those it knows."""
    fitting = {name: len(set(header) & set(known)) for name, known in forms.items() if set(needed[name]) <= set(header)}
    return max(fitting, key=lambda name: fitting[name], default="")


def _unworked(sheet: Sheet, header_row: int, names: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    columns = sheet.frame.columns
    placed = [(row, columns[column]) for row, column in sheet.unworked if 0 <= column < len(columns)]
    return tuple((row, names[column]) for row, column in placed if row > header_row + 1 and column in names)


def _rows_below(
    cells: pl.DataFrame, header_row: int, names: Mapping[str, str], wanted: Collection[int]
) -> pl.DataFrame:
    last = max(wanted, default=0)
    missing = pl.DataFrame(schema=cells.schema).clear(max(last - cells.height, 0))
    return (
        pl.concat([cells, missing])
        .with_row_index(ROW, offset=1)
        .with_columns(pl.col(ROW).cast(pl.Int64))
        .slice(header_row + 1)
        .select(ROW, *[pl.col(column).fill_null("").alias(name) for column, name in names.items()])
        .filter((_filled(names.values()) > 0) | pl.col(ROW).is_in(sorted(wanted)))
    )


def _filled(names: Collection[str]) -> pl.Expr:
    return pl.sum_horizontal([(pl.col(name).str.strip_chars() != "").cast(pl.Int64) for name in names])


def _is_footnote(rows: pl.DataFrame, width: int) -> pl.Series:
    """Tell the single cells that stand below the table with an empty row between."""
    alone = rows.select(_filled(rows.columns[1:]) == 1).to_series()
    last = rows.filter(~alone)[ROW].max()
    if width < 2 or not isinstance(last, int):
        return pl.Series([False] * rows.height, dtype=pl.Boolean)
    after = rows.filter(pl.col(ROW) > last)[ROW]
    is_apart = after.len() > 0 and int(after[0]) > last + 1
    return (rows[ROW] > last) & is_apart


def _header_row(cells: pl.DataFrame, known: Collection[str]) -> int | None:
    counts = [sum(spelling(cell or "") in known for cell in row) for row in cells.head(HEADER_WITHIN).iter_rows()]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _notices(place: str, sheet: Sheet, header_row: int, frame: pl.DataFrame, footnotes: int) -> tuple[str, ...]:
    last = frame.select(pl.col(ROW).max()).item()
    found = (
        (header_row > 0, f"{place}: {header_row} rows above the header were left out."),
        (footnotes > 0, f"{place}: {footnotes} rows below the table were left out."),
        (not sheet.is_visible, f"{place} is a hidden sheet; it was read."),
        (
            sheet.hidden_rows > 0,
            f"{place} has {sheet.hidden_rows:,} hidden rows, by a filter or by hand; they were read.",
        ),
        (last == LAST_ROW_OF_EXCEL, f"{place} fills the last row a sheet has; it was probably cut off there."),
        (sheet.is_from_1904, f"{place} counts days from 1904; that was followed."),
    )
    return tuple(notice for is_so, notice in found if is_so)
