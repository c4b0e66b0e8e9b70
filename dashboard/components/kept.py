"""What is worked out of a result once and then kept: its figure, its table as people read it.

Results are kept by `context`, one for everybody with the same release, scope and selection; what belongs to a result is
found by the result itself, so nothing here has a key that could be wrong. Figures are never changed once drawn: a
pickled copy, as `st.cache_data` makes, costs more than drawing anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

import plotly.graph_objects as go
import polars as pl

from dashboard import charts
from dashboard.results import Result, text_table

Made = TypeVar("Made")
# A figure is about 50 KB: 300 of them are 15 MiB.
MOST: Final = 300


class Kept(Generic[Made]):
    """Keeps what was made of the results that were asked for last."""

    def __init__(self, make: Callable[..., Made], most: int = MOST) -> None:
        self._make = make
        self._most = most
        # With the result itself: as long as it is kept, no other can have its identity.
        self._found: OrderedDict[tuple[int | str, ...], tuple[Result, Made]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, result: Result, *part: str) -> Made:
        """Give what belongs to a result, or to a part of it by its name.

        Two that ask at once may both make it, and get the same in value.
        """
        key: tuple[int | str, ...] = (id(result), *part)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key][1]
        made = self._make(result, *part)
        with self._lock:
            self._found[key] = (result, made)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made


_FIGURES: Final[Kept[go.Figure]] = Kept(charts.figure)
_TEXTS: Final[Kept[pl.DataFrame]] = Kept(text_table)


def figure(result: Result) -> go.Figure:
    """Give the figure of a result, to be shown and not changed."""
    return _FIGURES.of(result)


def texts(result: Result) -> pl.DataFrame:
    """Give the table of a result as people read it."""
    return _TEXTS.of(result)
