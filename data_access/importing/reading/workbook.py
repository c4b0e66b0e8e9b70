"""Workbooks (XLSX, ODS) as text tables, one a sheet, read in a child process with limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.reading import workbook_child
from data_access.importing.reading.source_files import SourceFile
from data_access.importing.reading.text_table import ROW, TextTable, header_faults, spelling, whole_file
from data_access.importing.reading.workbook_limits import workbook_fault
from data_access.problems import Fault

WORKBOOKS: Final = (".xlsx", ".ods")
HEADER_WITHIN: Final = 20
LAST_ROW_OF_EXCEL: Final = 1_048_576


@dataclass(frozen=True)
class Sheet:
    """One sheet: all its rows as text from row 1 on, null where a cell is empty."""

    name: str
    is_visible: bool
    frame: pl.DataFrame


def read_sheets(file: SourceFile, *, seconds: int = workbook_child.MOST_SECONDS) -> tuple[Sheet, ...] | Fault:
    """Read every sheet of a workbook, or say why it is refused.

    Codes keep their letters: a text cell '007' or '1E5' stays so; a number cell 7.0 reads '7'; a date cell
    reads as ISO. Formulas give the value the program that saved the file had worked out.
    """
    fault = workbook_fault(file.name, file.data)
    if fault is not None:
        return fault
    with tempfile.TemporaryDirectory(prefix="lookforward-") as folder:
        workbook = Path(folder) / f"workbook{file.suffix}"
        workbook.write_bytes(file.data)
        command = [sys.executable, "-I", workbook_child.__file__, str(workbook), folder]
        try:
            finished = subprocess.run(  # noqa: S603 - our own file, no shell
                command, check=False, capture_output=True, timeout=seconds, env=_environment()
            )
        except subprocess.TimeoutExpired:
            return _unreadable(file.name, "takes too long to read", "F03")
        if finished.returncode:
            return _unreadable(file.name, "cannot be read within its limits", "F03")
        return _sheets(Path(folder))


def sheet_table(file: str, sheet: Sheet, known: Collection[str]) -> TextTable | list[Fault]:
    """Find the header of a sheet by its known column spellings and give the rows below it."""
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
    frame = _rows_below(sheet.frame, header_row, names)
    if frame.is_empty():
        return [whole_file(place, "a header and no rows", "at least one row", "fill it in or leave it out", "F17")]
    return TextTable(place, tuple(names.values()), frame, notices=_notices(place, sheet, header_row, frame))


def _rows_below(cells: pl.DataFrame, header_row: int, names: Mapping[str, str]) -> pl.DataFrame:
    return (
        cells.with_row_index(ROW, offset=1)
        .with_columns(pl.col(ROW).cast(pl.Int64))
        .slice(header_row + 1)
        .select(ROW, *[pl.col(column).fill_null("").alias(name) for column, name in names.items()])
        .filter(pl.any_horizontal(pl.col(*names.values()).str.strip_chars() != ""))
    )


def _header_row(cells: pl.DataFrame, known: Collection[str]) -> int | None:
    counts = [sum(spelling(cell or "") in known for cell in row) for row in cells.head(HEADER_WITHIN).iter_rows()]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _notices(place: str, sheet: Sheet, header_row: int, frame: pl.DataFrame) -> tuple[str, ...]:
    last = frame.select(pl.col(ROW).max()).item()
    found = (
        (header_row > 0, f"{place}: {header_row} rows above the header were left out."),
        (not sheet.is_visible, f"{place} is a hidden sheet; it was read."),
        (last == LAST_ROW_OF_EXCEL, f"{place} fills the last row a sheet has; it was probably cut off there."),
    )
    return tuple(notice for is_so, notice in found if is_so)


def _sheets(folder: Path) -> tuple[Sheet, ...]:
    listed = json.loads((folder / "sheets.json").read_text())
    return tuple(
        Sheet(
            sheet["name"],
            sheet["visible"] == "visible",
            pl.read_ipc((folder / f"{place}.arrow").read_bytes()),
        )
        for place, sheet in enumerate(listed)
    )


def _environment() -> dict[str, str]:
    # One thread keeps the reader inside its memory limit; nothing else of the parent's environment goes along.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    return {**kept, "POLARS_MAX_THREADS": "1"}


def _unreadable(file: str, shape: str, code: str) -> Fault:
    return whole_file(file, shape, "a workbook of ordinary size", "save its sheets as CSV (UTF-8)", code)
