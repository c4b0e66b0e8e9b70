"""What an OpenDocument spreadsheet says of its sheets that its cells do not: hidden rows, formulas without a value.

Standard library only, as `workbook_marks`, whose other half this is. Rows and cells that repeat are written once
with a count (OpenDocument 1.2, part 1, 19.675 and 19.677).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
# A formula filled down a million rows and never worked out is one mistake; so many places say it.
MOST_PLACES: Final = 10_000


@dataclass
class SheetMarks:
    """One sheet while it is read: `row` and `column` are where the next row and cell stand, from 1."""

    name: str
    row: int = 1
    column: int = 1
    first: int = 0
    hidden_rows: int = 0
    found: list[tuple[int, int]] = field(default_factory=list)
    in_row: list[int] = field(default_factory=list)

    @property
    def unworked(self) -> tuple[tuple[int, int], ...]:
        """Places of formulas without a value: row from 1, column from 0, counted from the first column in use."""
        return tuple((row, column - (self.first or column)) for row, column in self.found)


def open_document_marks(content: bytes) -> dict[str, SheetMarks]:
    """Give the marks of every sheet of a spreadsheet's `content.xml` by the sheet's name."""
    sheets: dict[str, SheetMarks] = {}
    now: SheetMarks | None = None
    # Document types, which entities need, were refused before (workbook_limits).
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314
        if element.tag == f"{_TABLE}table" and event == "start":
            name = element.get(f"{_TABLE}name", "")
            now = sheets[name] = SheetMarks(name)
        elif now is not None and event == "end":
            if element.tag in _CELLS:
                _cell(now, element)
                element.clear()
            elif element.tag == f"{_TABLE}table-row":
                _row(now, element)
                element.clear()
    return sheets


def _cell(sheet: SheetMarks, cell: ElementTree.Element) -> None:
    times = _times(cell, "number-columns-repeated")
    has_value = f"{_OFFICE}value-type" in cell.attrib or cell.find(f"{_TEXT}p") is not None
    if has_value:
        sheet.first = min(sheet.first or sheet.column, sheet.column)
    elif f"{_TABLE}formula" in cell.attrib:
        sheet.in_row += range(sheet.column, sheet.column + min(times, MOST_PLACES))
    sheet.column += times


def _row(sheet: SheetMarks, row: ElementTree.Element) -> None:
    times = _times(row, "number-rows-repeated")
    room = MOST_PLACES - len(sheet.found)
    if sheet.in_row and room > 0:
        sheet.found += [(sheet.row + again, column) for again in range(min(times, room)) for column in sheet.in_row][
            :room
        ]
    if row.get(f"{_TABLE}visibility", "visible") != "visible" and (sheet.in_row or sheet.column > 1):
        sheet.hidden_rows += times
    sheet.row, sheet.column, sheet.in_row = sheet.row + times, 1, []


def _times(element: ElementTree.Element, name: str) -> int:
    given = element.get(f"{_TABLE}{name}", "1")
    return max(int(given), 1) if given.isdecimal() and len(given) < 9 else 1
