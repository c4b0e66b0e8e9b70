"""What a workbook may be before anybody opens it: looked at as a zip file, never unpacked to disk.

A sheet of 4.7 KB that says it has a cell at XFD1048576 ends the process that reads it, and 0.9 MB can
unpack to 320 MB, so extents and sizes are read from the compressed streams first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from data_access.importing.reading.text_table import whole_file
from data_access.importing.reading.workbook_marks import column_number
from data_access.problems import Fault

MOST_ENTRIES: Final = 1_000
MOST_BYTES: Final = 300_000_000
MOST_RATIO: Final = 100
MOST_CELLS: Final = 20_000_000
# Below this the ratio says nothing: an empty workbook of spaces packs well.
_RATIO_FROM: Final = 10_000_000
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_DOCTYPE: Final = b"<!DOCTYPE"
_CELL: Final = re.compile(rb'[" :]\$?([A-Z]{1,3})\$?(\d{1,7})"')
_REMEDY: Final = "save the sheet as CSV (UTF-8) and import that"


def workbook_fault(file: str, data: bytes) -> Fault | None:
    """Say why a workbook must not be opened; None if it may be."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return whole_file(
            file, "an old or encrypted workbook", "XLSX or ODS without a password", "save it as XLSX", "F35"
        )
    if not data.startswith(b"PK"):
        return whole_file(file, "no workbook inside", "XLSX or ODS", "open it and save it as XLSX", "F35")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive_fault(file, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return whole_file(file, "a damaged workbook", "a workbook that opens", "export or save it again", "F08")


def _archive_fault(file: str, archive: zipfile.ZipFile) -> Fault | None:
    entries = archive.infolist()
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        return whole_file(file, "a workbook with macros", "XLSX without macros", "save it as XLSX", "F35")
    if len(entries) > MOST_ENTRIES:
        return whole_file(file, f"{len(entries):,} parts", f"at most {MOST_ENTRIES:,}", _REMEDY, "F33")
    unpacked = 0
    for entry in entries:
        is_sheet = _SHEET.fullmatch(entry.filename) is not None
        size, cells, has_doctype = _measure(archive, entry, MOST_BYTES - unpacked, is_sheet=is_sheet)
        unpacked += size
        if has_doctype:
            return whole_file(file, "XML that declares entities", "a workbook without any", _REMEDY, "F34")
        if unpacked >= MOST_BYTES or (unpacked > _RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1)):
            return whole_file(file, "parts that unpack to far more", f"at most {MOST_BYTES:,} bytes", _REMEDY, "F33")
        if cells > MOST_CELLS:
            return whole_file(file, f"a sheet of {cells:,} cells", f"at most {MOST_CELLS:,}", _REMEDY, "F32")
    return None


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, *, is_sheet: bool) -> tuple[int, int, bool]:
    """Give the bytes an entry unpacks to, as far as the limit, the cells its extents span, and whether it has a
    document type: that is where entities that grow, or that read other files, are declared. Workbooks have none.
    """
    size, rows, columns, has_doctype = 0, 0, 0, False
    is_xml = entry.filename.endswith((".xml", ".rels"))
    tail = b""
    with archive.open(entry) as stream:
        while size < limit and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
            window = tail + chunk
            has_doctype = has_doctype or (is_xml and _DOCTYPE in window.upper())
            tail = window[-_OVERLAP:]
            if not is_sheet:
                continue
            for letters, digits in set(_CELL.findall(window)):
                rows = max(rows, int(digits))
                columns = max(columns, column_number(letters.decode()))
    return size, rows * columns, has_doctype
