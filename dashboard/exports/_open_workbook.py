"""From the Excel workbook to its OpenDocument twin, sheet by sheet and cell by cell."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from odfdo import Cell, Document, Element, Table
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import _cover
from dashboard.exports._archives import settled
from dashboard.exports._workbook import workbook
from dashboard.results import Result
from dashboard.wording import LANGUAGE

# Text that one paragraph holds as it stands.
PLAIN: Final = re.compile(r"(?:[^\s\x00-\x1f]|(?<! ) )*")
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
    """Give a sheet's table, read as one element: odfdo parses what it makes, and cell by cell that takes minutes."""
    rows = "".join(f"<table:table-row>{''.join(_cell(cell) for cell in cells)}</table:table-row>" for cells in sheet)
    table = Element.from_tag(f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>")
    assert isinstance(table, Table)
    return table


def _cell(cell: Any) -> str:
    """Copy a value; shares are per cent as Excel shows them, and stay numbers."""
    value = cell.value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and not PLAIN.fullmatch(value):
        return str(Cell(value).serialize())  # line breaks and rows of spaces have elements of their own
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    kind = "percentage" if "%" in str(cell.number_format) else "float"
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value!r}">'
        f"<text:p>{value!r}</text:p></table:table-cell>"
    )


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    """Say when the release was published instead of when the file was made."""
    if name != "meta.xml":
        return content
    return NOW.sub(lambda found: found.group(1) + moment + found.group(2), content)
