"""Dots with thin lines: a share and the range it would plausibly fall in."""

from __future__ import annotations

from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, counted, per_cent, whole_per_cent
from data_access.vocabulary import NOT_CODED

KIND: Final = "interval"
SPOKEN: Final = "Dot chart with intervals"
BASE: Final = "votes"
# What a share rests on, by the column that counts it.
BASES: Final = {BASE: "vote", "expected": "booking", "answered": "answer"}
_SCALE: Final = (0, 0.25, 0.5, 0.75, 1)


def draw(result: Result) -> Drawing:
    """Draw a dot a row on a scale from 0 to 100%, with a line from `low` to `high`; value and base in words."""
    chart = result.metric.chart
    rows, hidden = drawn(result), set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [_detail(row, result) for row in rows]
    drawing = figure_of_rows(result, labels, details, has_axis=True)
    marked = []
    for at, (row, label, place) in enumerate(zip(rows, labels, place_rows(labels, details).middles, strict=True)):
        if row[chart.values[0]] is None:
            nothing = "No votes for or against" if BASE in row else "Not given as a share; see the table"
            add_words(drawing, f"{HIDDEN} hidden" if at in hidden else nothing, x=0, y=place)
        else:
            marked.append((row, label, place))
            _add_line(drawing, row[chart.low], row[chart.high], place, _colour(label))
    drawing.add_scatter(
        x=[row[chart.values[0]] for row, _, _ in marked],
        y=[place for _, _, place in marked],
        mode="markers",
        marker={
            "size": 14,
            "color": [_colour(label) for _, label, _ in marked],
            "line": {"color": theme.WHITE, "width": 1},
        },
        hovertext=[_hover(row, label, result) for row, label, _ in marked],
    )
    drawing.layout["xaxis"] = {
        "range": [-0.04, 1.06],
        "tickvals": _SCALE,
        "ticktext": [whole_per_cent(mark) for mark in _SCALE],
        "zeroline": False,
    }
    return drawing


def _add_line(drawing: Drawing, low: float, high: float, place: float, colour: str) -> None:
    drawing.add_shape(type="line", x0=low, x1=high, y0=place, y1=place, line={"color": colour, "width": 3})
    for end in (low, high):
        top, bottom = place - MARK_PX / 4, place + MARK_PX / 4
        drawing.add_shape(type="line", x0=end, x1=end, y0=top, y1=bottom, line={"color": colour, "width": 2})


def _colour(label: str) -> str:
    return theme.OUTLINE if label == NOT_CODED else theme.DARK_BLUE


def _detail(row: dict[str, Any], result: Result) -> str:
    chart = result.metric.chart
    if row[chart.values[0]] is None:
        return ""
    low, high = whole_per_cent(row[chart.low]), whole_per_cent(row[chart.high])
    bases = (f", {counted(row[column], noun)}" for column, noun in BASES.items() if row.get(column) is not None)
    base = next(bases, "")
    return f"{per_cent(row[chart.values[0]])}, interval {low} to {high}{base}"


def _hover(row: dict[str, Any], label: str, result: Result) -> str:
    chart = result.metric.chart
    columns = [result.metric.column(name) for name in (chart.values[0], chart.low, chart.high)]
    return hover(label, [(column.label, cell(row[column.name], column)) for column in columns])
