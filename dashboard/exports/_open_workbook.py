"""From the Excel workbook to its OpenDocument twin, sheet by sheet and cell by cell.

odfdo makes the document and its properties. The sheets are written into it as text: it would parse and count every
cell anew whenever a table is touched, which takes three times as long as all the rest.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from odfdo import Cell, Document
from openpyxl import load_workbook
from openpyxl.utils.cell import absolute_coordinate, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import _cover
from dashboard.exports._archives import settled
from dashboard.exports._open_styles import column_style, look_of
from dashboard.exports._workbook import workbook
from dashboard.results import Result
from dashboard.wording import LANGUAGE

# Text that one paragraph holds as it stands.
PLAIN: Final = re.compile(r"(?:[^\s\x00-\x1f]|(?<! ) )*")
NOW: Final = re.compile(rb"(<(?:dc:date|meta:creation-date|meta:generator)>)[^<]*(</)")
EMPTY_BODY: Final = "<office:spreadsheet/>"
LAST_STYLE: Final = "</office:automatic-styles>"


def open_workbook(results: Sequence[Result]) -> bytes:
    """Give the workbook of results as ODS."""
    book = load_workbook(io.BytesIO(workbook(results)))
    document = Document("spreadsheet")
    document.body.clear()
    document.meta.title = _cover.title(results)
    document.meta.language = LANGUAGE
    document.meta.creator = _cover.PRODUCT
    buffer = io.BytesIO()
    document.save(buffer)
    moment = results[0].stamp.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()
    styles: dict[str, str] = {}
    body = "".join(_table(sheet, styles) for sheet in book.worksheets) + _names(book.worksheets)

    def written(name: str, content: bytes) -> bytes:
        return _filled(content, body, styles) if name == "content.xml" else _dated(name, content, moment)

    return settled(buffer.getvalue(), written)


def _filled(content: bytes, body: str, styles: dict[str, str]) -> bytes:
    """Put the sheets and the styles they use into the empty document."""
    empty = content.decode()
    assert EMPTY_BODY in empty, "odfdo writes an empty document in another way"
    used = "".join(styles[name] for name in sorted(styles))
    filled = empty.replace(EMPTY_BODY, f"<office:spreadsheet>{body}</office:spreadsheet>", 1)
    return filled.replace(LAST_STYLE, used + LAST_STYLE, 1).encode()


def _table(sheet: Worksheet, styles: dict[str, str]) -> str:
    """Give a sheet; the row of headings of its marked-up table is marked as such."""
    heads = {range_boundaries(marked.ref)[1] for marked in sheet.tables.values()}
    looks: dict[int, str] = {}
    parts = [f'<table:table table:name={quoteattr(sheet.title)} table:style-name="ta1">', *_columns(sheet, styles)]
    for at, cells in enumerate(sheet, start=1):
        row = f"<table:table-row>{''.join(_cell(cell, looks, styles) for cell in cells)}</table:table-row>"
        parts.append(f"<table:table-header-rows>{row}</table:table-header-rows>" if at in heads else row)
    return "".join([*parts, "</table:table>"])


def _columns(sheet: Worksheet, styles: dict[str, str]) -> Iterator[str]:
    for at in range(1, sheet.max_column + 1):
        name, style = column_style(float(sheet.column_dimensions[get_column_letter(at)].width))
        styles[name] = style
        yield f'<table:table-column table:style-name="{name}"/>'


def _cell(cell: Any, looks: dict[int, str], styles: dict[str, str]) -> str:
    """Copy a value with its look; shares are per cent as Excel shows them, and stay numbers."""
    value = cell.value
    if value is None:
        return "<table:table-cell/>"
    look = _look(cell, looks, styles)
    if isinstance(value, str) and not PLAIN.fullmatch(value):
        # Line breaks and rows of spaces have elements of their own.
        return str(Cell(value, style=look).serialize())
    if isinstance(value, str):
        words = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell table:style-name="{look}" office:value-type="string">{words}</table:table-cell>'
    kind = "percentage" if "%" in str(cell.number_format) else "float"
    return (
        f'<table:table-cell table:style-name="{look}" office:value-type="{kind}" office:value="{value!r}">'
        f"<text:p>{value!r}</text:p></table:table-cell>"
    )


def _look(cell: Any, looks: dict[int, str], styles: dict[str, str]) -> str:
    """Give the name of a cell's style; Excel numbers its own, so each is worked out once for words and for numbers."""
    key = cell.style_id * 2 + isinstance(cell.value, str)
    if key not in looks:
        look = look_of(cell)
        styles[look.name] = look.style
        looks[key] = look.name
    return looks[key]


def _names(sheets: Sequence[Worksheet]) -> str:
    """Name the range of each marked-up table as in Excel."""
    named = [
        f"<table:named-range table:name={quoteattr(re.sub(r'[^A-Za-z0-9_]', '_', marked.displayName))} "
        f"table:base-cell-address={quoteattr(_address(sheet, marked.ref.partition(':')[0]))} "
        f"table:cell-range-address={quoteattr(_address(sheet, marked.ref))}/>"
        for sheet in sheets
        for marked in sheet.tables.values()
    ]
    return f"<table:named-expressions>{''.join(named)}</table:named-expressions>" if named else ""


def _address(sheet: Worksheet, cells: str) -> str:
    """Write 'A1:B2' of a sheet as OpenDocument does: $'Table 1'.$A$1:.$B$2."""
    first, _, last = cells.partition(":")
    start = f"$'{sheet.title}'.{absolute_coordinate(first)}"
    return f"{start}:.{absolute_coordinate(last)}" if last else start


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    """Say when the release was published instead of when the file was made."""
    if name != "meta.xml":
        return content
    return NOW.sub(lambda found: found.group(1) + moment + found.group(2), content)
