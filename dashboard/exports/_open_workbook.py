"""From the Excel workbook to its OpenDocument twin, sheet by sheet and cell by cell."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final

from odfdo import Cell, Document, Row, Table
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import _cover
from dashboard.exports._archives import settled
from dashboard.exports._workbook import workbook
from dashboard.results import Result
from dashboard.wording import LANGUAGE

NOW: Final = re.compile(rb"(<(?:dc:date|meta:creation-date|meta:generator)>)[^<]*(</)")


def open_workbook(results: Sequence[Result]) -> bytes:
    """Give the workbook of results as ODS."""
    book = load_workbook(io.BytesIO(workbook(results)))
    document = Document("spreadsheet")
    document.body.clear()
    for sheet in book.worksheets:
        document.body.append(_table(sheet))
    for sheet in book.worksheets:
        for marked in sheet.tables.values():
            table = document.body.get_table(name=sheet.title)
            assert table is not None  # appended above
            table.set_named_range(_plain(marked.displayName), marked.ref)
    document.meta.title = _cover.title(results)
    document.meta.language = LANGUAGE
    document.meta.creator = _cover.PRODUCT
    buffer = io.BytesIO()
    document.save(buffer)
    moment = results[0].stamp.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()
    return settled(buffer.getvalue(), lambda name, content: _dated(name, content, moment))


def _table(sheet: Worksheet) -> Table:
    table = Table(sheet.title)
    for cells in sheet.iter_rows():
        row = Row()
        row.extend_cells([_cell(cell) for cell in cells])
        table.append_row(row)
    return table


def _cell(cell: Any) -> Cell:
    """Copy a value; shares are told as per cent as Excel shows them, and stay numbers."""
    if cell.value is None:
        return Cell()
    if isinstance(cell.value, float) and "%" in str(cell.number_format):
        return Cell(cell.value, cell_type="percentage")
    return Cell(cell.value)


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    """Say when the release was published instead of when the file was made."""
    if name != "meta.xml":
        return content
    return NOW.sub(lambda found: found.group(1) + moment + found.group(2), content)
