"""PDF: a board pack, tagged for screen readers (PDF/UA-1).

The typesetter is loaded when the first pack is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format("pdf", "PDF board pack", "application/pdf", "pdf")


def export(results: Sequence[Result]) -> bytes:
    """Give a pack of one section a result: picture, table and notes."""
    from dashboard.exports._board_pack import board_pack  # noqa: PLC0415 - see above

    return board_pack(results)
