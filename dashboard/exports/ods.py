"""ODS: the same sheets and cells as the Excel file, in the open format.

It is written from the very workbook, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format("ods", "OpenDocument", "application/vnd.oasis.opendocument.spreadsheet", "ods")


def export(results: Sequence[Result]) -> bytes:
    """Give a workbook of one sheet a result, with cover, contents and notes."""
    from dashboard.exports._open_workbook import open_workbook  # noqa: PLC0415 - its libraries take a second to load

    return open_workbook(results)
