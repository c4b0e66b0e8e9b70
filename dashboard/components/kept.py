"""What is worked out of a result once and then kept: its figure, its table as people read it.

Results are kept by `context`, one for everybody with the same release, scope and selection; what belongs to a result is
found by the result itself, so nothing here has a key that could be wrong. Figures are never changed once drawn: a
pickled copy, as `st.cache_data` makes, costs more than drawing anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

import plotly.graph_objects as go
import polars as pl

from dashboard import charts
from dashboard.recent import Recent
from dashboard.results import Result, text_table

Made = TypeVar("Made")
# A figure is about 50 KB: 300 of them are 15 MiB.
MOST: Final = 300


class Kept(Generic[Made]):
    """Keeps what was made of the results that were asked for last."""

    def __init__(self, make: Callable[..., Made], most: int = MOST) -> None:
        self._make = make
        # With the result itself: as long as it is kept, no other can have its identity.
        self._found: Recent[tuple[Result, Made]] = Recent(most)

    def of(self, result: Result, *part: str) -> Made:
        """Give what belongs to a result, or to a part of it by its name."""
        return self._found.of((id(result), *part), lambda: (result, self._make(result, *part)))[1]


class _Drawn(go.Figure):  # type: ignore[misc]  # Plotly says nothing of its types
    """A figure that is not changed any more, so that it need not be copied each time it is sent."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self._written: dict[str, Any] = super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Give the figure as it is sent, the same object every time."""
        return self._written


_FIGURES: Final[Kept[go.Figure]] = Kept(lambda result: _Drawn(charts.figure(result)))
_TEXTS: Final[Kept[pl.DataFrame]] = Kept(text_table)


def figure(result: Result) -> go.Figure:
    """Give the figure of a result, to be shown and not changed."""
    return _FIGURES.of(result)


def texts(result: Result) -> pl.DataFrame:
    """Give the table of a result as people read it."""
    return _TEXTS.of(result)
