"""The tables of an import's files, known by their columns whatever the files are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.bundle import FileFact
from data_access.importing.checking.rows import Form
from data_access.importing.reading import child
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.importing.reading.workbook import WORKBOOKS, Sheet, sheet_table
from data_access.problems import Fault, ImportRefused

TEXTS: Final = (".csv", ".tsv", ".txt")
EMPTY: Final = "F17"
UNKNOWN: Final = ("F14", "F27")


@dataclass(frozen=True)
class FoundTable:
    """One table of one file, and which of the source's tables its columns say it is."""

    file: SourceFile
    part: str
    table: TextTable


def find_tables(
    paths: Sequence[Path],
    forms: Mapping[str, Form],
    *,
    rename: Callable[[TextTable], TextTable] = lambda table: table,
    also_known: frozenset[str] = frozenset(),
) -> tuple[list[FoundTable], tuple[FileFact, ...]]:
    """Read every file and give the tables whose columns fit one of the forms, with a line a file for the proof.

    `rename` brings a table's columns into the form's before they are looked at; `also_known` are spellings
    by which a header is known besides. Sheets and files that fit none are left out; the proof says so. Raises
    `ImportRefused` with all faults of whole files, where one table is there twice, or where there is none.
    """
    files = source_files(paths)
    known = also_known.union(*(form.known for form in forms.values()))
    answers = read_apart([Wanted(file, kind, known) for file in files if (kind := kind_of(file))])
    faults = [fault for answer in answers for fault in answer.faults if fault.code not in UNKNOWN]
    tables = [(answer.file, one) for answer in answers for one in tables_of(answer, known)]
    faults += [fault for _, one in tables if isinstance(one, list) for fault in one if fault.code not in UNKNOWN]
    found = [
        FoundTable(file, part, renamed)
        for file, one in tables
        if isinstance(one, TextTable) and (part := _part(renamed := rename(one), forms))
    ]
    _check(found, faults, forms)
    return found, tuple(_fact(file, found) for file in files)


def with_places(table: TextTable) -> TextTable:
    """Number the rows of a table that has no ids: rows of the same words are as many rows, not one repeated."""
    return replace(table, frame=table.frame.with_columns(pl.col(ROW).cast(pl.String).alias("place")))


def kind_of(file: SourceFile) -> str:
    """Give how a file is to be read, by the end of its name: '' for one that is none of ours."""
    if file.suffix in WORKBOOKS:
        return child.WORKBOOK
    return child.TABLE if file.suffix in TEXTS else ""


def tables_of(answer: Answer, known: frozenset[str]) -> list[TextTable | list[Fault]]:
    """Give every table of one file, or what is wrong with it; an empty sheet is none."""
    if answer.table is not None:
        return [replace(answer.table, notices=(*answer.notices, *answer.table.notices))]
    return [sheet_table(answer.file.name, sheet, known) for sheet in filled(answer.sheets)]


def filled(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give the sheets that have a cell."""
    return [sheet for sheet in sheets if sheet.frame.width]


def _part(table: TextTable, forms: Mapping[str, Form]) -> str:
    header = [name for name in table.frame.columns if name != ROW]
    fitting = {part: form.fits(header) for part, form in forms.items()}
    best = max(fitting, key=lambda part: fitting[part])
    return best if fitting[best] else ""


def _check(found: Sequence[FoundTable], faults: Sequence[Fault], forms: Mapping[str, Form]) -> None:
    parts = [one.part for one in found]
    twice = [
        Fault(one.table.file, 0, "", f"{one.part} again", "each table once", "put its rows together", "F29")
        for one in found
        if parts.count(one.part) > 1
    ]
    if faults or twice:
        raise ImportRefused("The files cannot be read; nothing was imported.", [*faults, *twice])
    if not found:
        needs = "; ".join(f"{part}: {', '.join(form.needed)}" for part, form in forms.items())
        raise ImportRefused("None of these files has the columns this source has.", remedy=f"Needed are {needs}.")


def _fact(file: SourceFile, found: Sequence[FoundTable]) -> FileFact:
    parts = [one.part for one in found if one.file is file]
    role = f"imported: {', '.join(parts)}" if parts else "not used"
    return FileFact(file.name, file.sha256, len(file.data), role)
