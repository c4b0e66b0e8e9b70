"""Dots with thin lines: a share and the range it would plausibly fall in."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, hover, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, number, per_cent, whole_per_cent
from data_access.vocabulary import NOT_CODED

KIND: Final = "interval"
SPOKEN: Final = "Dot chart with intervals"
BASE: Final = "votes"


def draw(result: Result) -> go.Figure:
    """Draw a dot a row on a scale from 0 to 100%, with a line from `low` to `high`; value and base in words."""
    chart = result.metric.chart
    rows = drawn(result)
    hidden = set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [_detail(row, result) for row in rows]
    figure = figure_of_rows(result, labels, details, has_axis=True)
    middles = place_rows(labels, details).middles
    for at, (row, label, middle) in enumerate(zip(rows, labels, middles, strict=True)):
        if row[chart.values[0]] is None:
            add_words(figure, f"{HIDDEN} hidden" if at in hidden else "No votes for or against", x=0, y=middle)
        else:
            _add_line(figure, row, result, middle, is_quiet=label == NOT_CODED)
    shown = [at for at, row in enumerate(rows) if row[chart.values[0]] is not None]
    figure.add_scatter(
        x=[rows[at][chart.values[0]] for at in shown],
        y=[middles[at] for at in shown],
        mode="markers",
        marker={"size": 14, "color": [_colour(labels[at]) for at in shown], "line": {"color": theme.WHITE, "width": 1}},
        hovertext=[_hover(rows[at], labels[at], result) for at in shown],
        hoverinfo="text",
    )
    _draw_scale(figure)
    return figure


def _draw_scale(figure: go.Figure) -> None:
    marks = [0, 0.25, 0.5, 0.75, 1]
    figure.update_xaxes(
        range=[-0.04, 1.06],
        tickvals=marks,
        ticktext=[whole_per_cent(mark) for mark in marks],
        showgrid=True,
        zeroline=False,
    )


def _add_line(figure: go.Figure, row: dict[str, object], result: Result, middle: float, *, is_quiet: bool) -> None:
    chart = result.metric.chart
    colour = theme.OUTLINE if is_quiet else theme.DARK_BLUE
    figure.add_shape(
        type="line", x0=row[chart.low], x1=row[chart.high], y0=middle, y1=middle, line={"color": colour, "width": 3}
    )
    for end in (chart.low, chart.high):
        figure.add_shape(
            type="line",
            x0=row[end],
            x1=row[end],
            y0=middle - MARK_PX / 4,
            y1=middle + MARK_PX / 4,
            line={"color": colour, "width": 2},
        )


def _colour(label: str) -> str:
    return theme.OUTLINE if label == NOT_CODED else theme.DARK_BLUE


def _share(row: dict[str, object], name: str) -> float:
    return float(str(row[name]))


def _detail(row: dict[str, object], result: Result) -> str:
    chart = result.metric.chart
    if row[chart.values[0]] is None:
        return ""
    low, high = whole_per_cent(_share(row, chart.low)), whole_per_cent(_share(row, chart.high))
    base = f", {number(_share(row, BASE))} votes" if row.get(BASE) is not None else ""
    return f"{per_cent(_share(row, chart.values[0]))}, interval {low} to {high}{base}"


def _hover(row: dict[str, object], label: str, result: Result) -> str:
    chart = result.metric.chart
    columns = [result.metric.column(name) for name in (chart.values[0], chart.low, chart.high)]
    return hover(label, [(column.label, cell(row[column.name], column)) for column in columns])
