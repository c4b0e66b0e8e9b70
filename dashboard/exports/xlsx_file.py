"""XLSX for reading and for papers; how a workbook is laid out is in `_workbook`.

The layout's library brings pandas, 1.4 seconds at the start of every command and of the dashboard's first page, so
it is loaded when the first workbook is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def export(results: Sequence[Result]) -> bytes:
    """Give a workbook of one sheet a result, with cover, contents and notes."""
    from dashboard.exports._workbook import workbook  # noqa: PLC0415 - see above

    return workbook(results)
