"""A plain OpenDocument spreadsheet of text cells, written with the standard library.

The format is small where every cell is text: a manifest, a MIME type that must come first and
uncompressed, and one XML file (OASIS OpenDocument 1.2, parts 1 and 3).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
# ZIP cannot hold a date before 1980; a fixed one makes the same tables the same bytes.
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
)


def open_document(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Give an ODS file with one sheet an entry: rows of text, each cell kept as it is."""
    content = _CONTENT.replace("{sheets}", "".join(_sheet(name, rows) for name, rows in sheets.items()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _STAMP), MIME, zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml", _STAMP), _MANIFEST, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("content.xml", _STAMP), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)}>{lines}</table:table>"


def _cell(text: str) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
