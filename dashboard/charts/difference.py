"""Dots with intervals around a line at nought: how far something lies above or below what it is held against."""

from __future__ import annotations

from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, number

KIND: Final = "difference"
SPOKEN: Final = "Dot chart of differences with intervals"
QUIET_WORDS: Final = ("no clear", "cannot")  # verdicts that name no side begin so
_ROOM: Final = 1.15
_SMALLEST: Final = 0.05  # half a scale of five points, so that a difference of one point does not look large


def draw(result: Result) -> Drawing:
    """Draw a dot a row at the first of the chart's values, with a line from `low` to `high` and one at nought.

    Further values are words that follow the label; the words of the focus column stand in the line of detail, and
    rows whose words say that nothing is clear are drawn hollow.
    """
    chart = result.metric.chart
    rows, hidden = drawn(result), set(result.hidden_rows)
    labels = [_label(row, result) for row in rows]
    details = [_detail(row, result) for row in rows]
    places = place_rows(labels, details).middles
    drawing = figure_of_rows(result, labels, details, has_axis=True)
    _add_nought(drawing, places)
    marked = []
    for at, (row, label, place) in enumerate(zip(rows, labels, places, strict=True)):
        if row[chart.values[0]] is None:
            add_words(drawing, f"{HIDDEN} hidden" if at in hidden else "Cannot be compared", x=0, y=place)
        else:
            marked.append((row, label, place))
            _add_line(drawing, row[chart.low], row[chart.high], place)
    _add_dots(drawing, marked, result)
    ends = [abs(row[name]) for row, _, _ in marked for name in (chart.low, chart.high)]
    reach = max([_SMALLEST, *ends]) * _ROOM
    marks = (-reach / _ROOM, 0.0, reach / _ROOM)
    drawing.layout["xaxis"] = {
        "range": [-reach, reach],
        "tickvals": marks,
        "ticktext": [_points(mark) for mark in marks],
        "zeroline": False,
    }
    return drawing


def _add_nought(drawing: Drawing, places: tuple[float, ...]) -> None:
    line = {"color": theme.SECONDARY_INK, "width": 1.5}
    for place in places:
        ends = {"x0": 0, "x1": 0, "y0": place - MARK_PX * 0.6, "y1": place + MARK_PX * 0.6}
        drawing.add_shape(type="line", layer="below", line=line, **ends)


def _add_line(drawing: Drawing, low: float, high: float, place: float) -> None:
    line = {"color": theme.DARK_BLUE, "width": 3}
    drawing.add_shape(type="line", x0=low, x1=high, y0=place, y1=place, line=line)
    for end in (low, high):
        ends = {"x0": end, "x1": end, "y0": place - MARK_PX / 4, "y1": place + MARK_PX / 4}
        drawing.add_shape(type="line", line={**line, "width": 2}, **ends)


def _add_dots(drawing: Drawing, marked: list[tuple[dict[str, Any], str, float]], result: Result) -> None:
    chart = result.metric.chart
    fills = [theme.WHITE if _is_quiet(row, chart.focus) else theme.DARK_BLUE for row, _, _ in marked]
    drawing.add_scatter(
        x=[row[chart.values[0]] for row, _, _ in marked],
        y=[place for _, _, place in marked],
        mode="markers",
        marker={"size": 14, "color": fills, "line": {"color": theme.DARK_BLUE, "width": 2}},
        hovertext=[_hover(row, label, result) for row, label, _ in marked],
    )


def _is_quiet(row: dict[str, Any], focus: str) -> bool:
    return bool(focus) and str(row[focus]).startswith(QUIET_WORDS)


def _label(row: dict[str, Any], result: Result) -> str:
    chart = result.metric.chart
    names = (chart.category, *chart.values[1:])
    return ": ".join(cell(row[name], result.metric.column(name)) for name in names)


def _detail(row: dict[str, Any], result: Result) -> str:
    chart = result.metric.chart
    if row[chart.values[0]] is None:
        return ""
    words = f", {row[chart.focus]}" if chart.focus else ""
    reach = f"{_points(row[chart.low])} to {_points(row[chart.high])}"
    return f"{_points(row[chart.values[0]])} points, interval {reach}{words}"


def _points(share: float) -> str:
    """Write a difference of shares in percentage points, with its sign: '+6.2'; the minus is a minus sign."""
    value = round(share * 100, 1)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def _hover(row: dict[str, Any], label: str, result: Result) -> str:
    chart = result.metric.chart
    columns = [result.metric.column(name) for name in (chart.values[0], chart.low, chart.high)]
    return hover(label, [(column.label, cell(row[column.name], column)) for column in columns])
