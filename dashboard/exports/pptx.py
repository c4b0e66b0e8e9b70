"""PPTX: slides with native charts that can be edited, in 16:9.

The library is loaded when the first deck is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format(
    "pptx", "PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"
)


def export(results: Sequence[Result]) -> bytes:
    """Give a deck of a cover and one slide or more a result."""
    from dashboard.exports._slides import deck  # noqa: PLC0415 - see above

    return deck(results)
