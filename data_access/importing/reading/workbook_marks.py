"""What a workbook says of its sheets that its cells do not: hidden rows, formulas nobody worked out, its calendar.

Standard library only: the child process loads this, once `workbook_limits` has let the workbook through.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from data_access.importing.reading.open_document_marks import open_document_marks

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HIDDEN_ROW: Final = re.compile(rb'<row\b[^>]*\shidden="(?:1|true)"')
_FORMULA: Final = re.compile(rb"<f[\s>/]")
_PLACE: Final = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Marks:
    """What one sheet says besides its cells.

    `unworked` are the places (row from 1, column from 0, counted from the first column in use) of formulas
    whose value the program that saved the file did not store.
    """

    hidden_rows: int = 0
    unworked: tuple[tuple[int, int], ...] = ()


def sheet_marks(workbook: bytes) -> dict[str, Marks]:
    """Give the marks of every sheet of a workbook (XLSX, ODS) by the sheet's name; none for other kinds of file."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        if "content.xml" in archive.namelist():
            found = open_document_marks(archive.read("content.xml"))
            return {name: Marks(sheet.hidden_rows, sheet.unworked) for name, sheet in found.items()}
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        parts = _parts(archive)
        return {name: _marks(archive.read(part)) for name, part in parts.items() if part in archive.namelist()}


def counts_from_1904(workbook: bytes) -> bool:
    """Whether an XLSX workbook counts days from 1 January 1904, as Excel for the Macintosh once did."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        properties = _tree(archive, "xl/workbook.xml").find(f"{_MAIN}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def column_number(letters: str) -> int:
    """Give a column's number, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    # Document types, which entities need, were refused before (workbook_limits).
    return ElementTree.fromstring(archive.read(part))  # noqa: S314


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in archive.namelist():
        return {}
    targets = {one.get("Id", ""): one.get("Target", "") for one in _tree(archive, relations).iter(_PACKAGE)}
    sheets = _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    named = {sheet.get("name", ""): targets.get(sheet.get(_RELATION, ""), "") for sheet in sheets}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in named.items()}


def _marks(sheet: bytes) -> Marks:
    hidden = len(_HIDDEN_ROW.findall(sheet))
    return Marks(hidden, _unworked(sheet) if _FORMULA.search(sheet) else ())


def _unworked(sheet: bytes) -> tuple[tuple[int, int], ...]:
    first, found = 0, []
    for _, cell in ElementTree.iterparse(io.BytesIO(sheet)):  # noqa: S314 - as _tree
        place = _PLACE.fullmatch(cell.get("r", "")) if cell.tag == f"{_MAIN}c" else None
        if place is None:
            continue
        column, row = column_number(place.group(1)), int(place.group(2))
        value = cell.find(f"{_MAIN}v")
        # A formula may have worked out as an empty text: then its type is text and the value is there.
        is_worked = value is not None and (bool(value.text) or cell.get("t") == "str")
        if cell.find(f"{_MAIN}f") is not None and not is_worked:
            found.append((row, column))
        else:
            first = min(first or column, column)
        cell.clear()
    return tuple((row, column - (first or column)) for row, column in found)
