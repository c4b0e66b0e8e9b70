"""Horizontal bars from nought, the value written at each end."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, hover, is_in_focus, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell
from data_access.vocabulary import NOT_CODED

KIND: Final = "bar"
SPOKEN: Final = "Horizontal bar chart"

# The longest bar leaves a fifth of the width for the value written behind it: 70 of 340 px.
_ROOM: Final = 1.28


def draw(result: Result) -> go.Figure:
    """Draw the first of the chart's values, one bar a row, in the table's order."""
    chart = result.metric.chart
    column = result.metric.column(chart.values[0])
    rows = drawn(result)
    hidden = set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [""] * len(rows)
    figure = figure_of_rows(result, labels, details)
    middles = place_rows(labels, details).middles
    values = [row[column.name] for row in rows]
    texts = [cell(value, column, is_hidden=at in hidden) for at, value in enumerate(values)]
    colours = [_colours(row, label, chart.focus) for row, label in zip(rows, labels, strict=True)]
    figure.add_bar(
        x=values,
        y=middles,
        orientation="h",
        width=MARK_PX,
        marker={"color": [fill for fill, _ in colours], "line": {"color": [line for _, line in colours], "width": 1.5}},
        hovertext=[hover(label, [(column.label, text)]) for label, text in zip(labels, texts, strict=True)],
        hoverinfo="text",
    )
    for value, text, middle in zip(values, texts, middles, strict=True):
        add_words(figure, f"{text} hidden" if text == HIDDEN else text, x=float(str(value or 0)), y=middle)
    figure.update_xaxes(range=[0, _most(values) * _ROOM], visible=False)
    return figure


def _most(values: list[object]) -> float:
    return max([float(str(value)) for value in values if value is not None] or [0.0]) or 1.0


def _colours(row: dict[str, object], label: str, focus: str) -> tuple[str, str]:
    is_quiet = label == NOT_CODED or (bool(focus) and not is_in_focus(row[focus]))
    return (theme.QUIET, theme.OUTLINE) if is_quiet else (theme.DARK_BLUE, theme.DARK_BLUE)
