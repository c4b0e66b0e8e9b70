"""Horizontal bars from nought, the value written at each end."""

from __future__ import annotations

from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, is_in_focus, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell
from data_access.vocabulary import NOT_CODED

KIND: Final = "bar"
SPOKEN: Final = "Horizontal bar chart"

# The longest bar leaves a fifth of the width for the value written behind it: 70 of 340 px.
_ROOM: Final = 1.28


def draw(result: Result) -> Drawing:
    """Draw the first of the chart's values, one bar a row, in the table's order."""
    chart = result.metric.chart
    column = result.metric.column(chart.values[0])
    rows, hidden = drawn(result), set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [""] * len(rows)
    places = place_rows(labels, details).middles
    values = [row[column.name] for row in rows]
    texts = [cell(value, column, is_hidden=at in hidden) for at, value in enumerate(values)]
    colours = [_colours(row, label, chart.focus) for row, label in zip(rows, labels, strict=True)]
    drawing = figure_of_rows(result, labels, details)
    drawing.add_bar(
        x=values,
        y=places,
        width=MARK_PX,
        marker={"color": [fill for fill, _ in colours], "line": {"color": [line for _, line in colours], "width": 1.5}},
        hovertext=[hover(label, [(column.label, text)]) for label, text in zip(labels, texts, strict=True)],
    )
    for value, text, place in zip(values, texts, places, strict=True):
        add_words(drawing, f"{text} hidden" if text == HIDDEN else text, x=value or 0, y=place)
    most = max((value for value in values if value is not None), default=0) or 1
    drawing.update_xaxes(range=[0, most * _ROOM], visible=False)
    return drawing


def _colours(row: dict[str, Any], label: str, focus: str) -> tuple[str, str]:
    is_quiet = label == NOT_CODED or (bool(focus) and not is_in_focus(row[focus]))
    return (theme.QUIET, theme.OUTLINE) if is_quiet else (theme.DARK_BLUE, theme.DARK_BLUE)
