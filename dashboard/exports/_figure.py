"""The chart of a result, built once for all the formats of a file."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard import charts
from dashboard.exports._once import once
from dashboard.results import Result


@once
def figure(result: Result) -> go.Figure:
    """Give the very figure of the card."""
    return charts.figure(result)


@once
def spec(result: Result) -> dict[str, Any]:
    """Give the figure as plain values."""
    found: dict[str, Any] = figure(result).to_plotly_json()
    return found


def is_drawn(result: Result) -> bool:
    """Say whether there is a chart of the result."""
    return result.metric.chart.kind != "none" and not result.is_empty
