"""PNG: a chart as a picture for a slide or a paper.

The drawing library takes a second to load, so it is loaded when the first picture is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.exports._record import Format
from dashboard.results import Result

FORMAT: Final = Format("png", "PNG picture", "image/png", "png", is_picture=True)


def export(results: Sequence[Result]) -> bytes:
    """Give the picture of one result; raises `BadSelection` for several, or for one that is not drawn."""
    from dashboard.exports import _framed  # noqa: PLC0415 - see above

    return _framed.png(_framed.one(results))
