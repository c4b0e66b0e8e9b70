"""Two values a row: what was and what is, joined by a line; an open ring before, a full dot after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import drawn, figure_of_rows, place_rows
from dashboard.results import Result
from dashboard.specs import Column
from dashboard.status_words import told
from dashboard.wording import cell

KIND: Final = "pair"
SPOKEN: Final = "Pairs of dots"
RING, DOT = "circle-open", "circle"


def draw(result: Result) -> Drawing:
    """Draw the two values of each row; the line of detail says both in words, so neither needs the scale."""
    chart = result.metric.chart
    before, after = (result.metric.column(name) for name in chart.values)
    category = result.metric.column(chart.category)
    rows = drawn(result)
    labels = [_label(cell(row[category.name], category), category.kind == "status", result) for row in rows]
    details = [
        f"○ {before.label}: {cell(row[before.name], before)}; ● {after.label.lower()}: {cell(row[after.name], after)}"
        for row in rows
    ]
    drawing = figure_of_rows(result, labels, details)
    middles = place_rows(labels, details).middles
    for row, middle in zip(rows, middles, strict=True):
        if row[before.name] is not None and row[after.name] is not None:
            _join(drawing, row[before.name], row[after.name], middle)
    for column, symbol in ((before, RING), (after, DOT)):
        _marks(drawing, column, symbol, rows, labels, middles)
    most = max((_value(row[name]) for row in rows for name in chart.values), default=0) or 1
    drawing.update_xaxes(range=[-most * 0.03, most * 1.15], visible=False)
    return drawing


def _join(drawing: Drawing, before: float, after: float, middle: float) -> None:
    line = {"color": theme.OUTLINE, "width": 3}
    drawing.add_shape(type="line", x0=before, x1=after, y0=middle, y1=middle, layer="below", line=line)


def _marks(  # noqa: PLR0917 - one mark a row needs what the row is drawn with
    drawing: Drawing,
    column: Column,
    symbol: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Sequence[str],
    middles: Sequence[float],
) -> None:
    edge = {"width": 2.5, "color": theme.DARK_BLUE}
    told_rows = zip(labels, rows, strict=True)
    drawing.add_scatter(
        x=[row[column.name] for row in rows],
        y=list(middles),
        mode="markers",
        marker={"symbol": symbol, "size": 13, "color": theme.DARK_BLUE, "line": edge},
        hovertext=[hover(label, [(column.label, cell(row[column.name], column))]) for label, row in told_rows],
    )


def _label(word: str, is_status: bool, result: Result) -> str:
    return told(word, result.labels) if is_status else word


def _value(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
