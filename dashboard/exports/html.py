"""HTML: one file with everything in it, charts included; it asks no other computer for anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format("html", "Web page", "text/html", "html")


def export(results: Sequence[Result]) -> bytes:
    """Give a page of one section a result: chart, table and notes."""
    from dashboard.exports._web_page import web_page  # noqa: PLC0415 - the chart library's 4.7 MB are read on demand

    return web_page(results)
