"""From a result to a Plotly figure; pure.

A chart kind is one file with `KIND`, `SPOKEN` (its name in a text alternative) and `draw(result)`, found by
walking this folder. Figures are drawn for cards from 340 pixels wide: labels stand above their marks, values
beside them, and nothing has to be hovered, tapped or dragged.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final, Protocol, cast

import plotly.graph_objects as go

from dashboard.charts._drawing import Drawing
from dashboard.results import Result
from dashboard.wording import shortened

CONFIG: Final[Mapping[str, object]] = MappingProxyType(
    {
        "displayModeBar": False,  # seven Tab stops a chart otherwise; downloads are on the card
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "locale": "en",
    }
)
LONGEST_ALT: Final = 250
SHORTEST_WHAT: Final = 60


class ChartModule(Protocol):
    """What a file of this folder offers."""

    KIND: str
    SPOKEN: str

    def draw(self, result: Result) -> go.Figure | Drawing:
        """Draw the result."""


def _found() -> dict[str, ChartModule]:
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    modules = [cast("ChartModule", import_module(f"{__name__}.{name}")) for name in names]
    return {module.KIND: module for module in modules}


CHARTS: Final[Mapping[str, ChartModule]] = MappingProxyType(_found())


def figure(result: Result) -> go.Figure:
    """Draw a result as its metric's chart says; `KeyError` where the metric has none."""
    drawn = CHARTS[result.metric.chart.kind].draw(result)
    return drawn.figure() if isinstance(drawn, Drawing) else drawn


def alt_text(result: Result) -> str:
    """Give the text alternative: kind of chart, measure and main point, in 20 to 250 characters."""
    kind = CHARTS[result.metric.chart.kind].SPOKEN if result.metric.chart.kind in CHARTS else "Table"
    measure = result.metric.measure[:1].lower() + result.metric.measure[1:]
    what = shortened(f"{kind}: {measure}", max(LONGEST_ALT - len(result.headline) - len(". "), SHORTEST_WHAT))
    return shortened(f"{what}{' ' if what.endswith('…') else '. '}{result.headline}", LONGEST_ALT)
