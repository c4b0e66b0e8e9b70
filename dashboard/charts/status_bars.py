"""One bar a row, cut by status; every part is told in words and shapes under the label."""

from __future__ import annotations

from typing import Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, safe
from dashboard.charts._rows import LINE_PX, MARK_PX, drawn, figure_of_rows, place_rows
from dashboard.results import Result
from dashboard.status_words import sign, told
from dashboard.wording import cell

KIND: Final = "status_bars"
SPOKEN: Final = "Bars cut by status"
KEY_WORDS: Final = 3  # words with their shapes that fit a line of 340 px
SMALLEST: Final = 0.07  # share of the widest bar that holds a sign and a count on a phone


def draw(result: Result) -> Drawing:
    """Draw the counts of the chart's values side by side; each value's column label is a status."""
    chart = result.metric.chart
    rows = drawn(result)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [_detail(result, row) for row in rows]
    drawing = figure_of_rows(result, labels, details)
    most = max((sum(_count(row[name]) for name in chart.values) for row in rows), default=0) or 1
    for row, label, middle in zip(rows, labels, place_rows(labels, details).middles, strict=True):
        at = 0
        for name in chart.values:
            if count := _count(row[name]):
                words = f"{sign(_status(result, name))} {count}" if count / most >= SMALLEST else ""
                _part(drawing, theme.STATUS_STYLES.get(_status(result, name), theme.NO_STATUS), at, count, middle)
                _words(drawing, result, name, words, label, x=at + count / 2, y=middle)
                at += count
    drawing.update_xaxes(range=[0, most], visible=False)
    _add_key(drawing, result)
    return drawing


def _part(drawing: Drawing, style: theme.StatusStyle, start: int, count: int, middle: float) -> None:
    drawing.add_shape(
        type="rect",
        x0=start,
        x1=start + count,
        y0=middle - MARK_PX / 2,
        y1=middle + MARK_PX / 2,
        layer="below",
        fillcolor=style.fill,
        line={"color": theme.OUTLINE, "width": 1},
    )


def _words(drawing: Drawing, result: Result, name: str, words: str, label: str, *, x: float, y: float) -> None:
    status = _status(result, name)
    drawing.add_scatter(
        x=[x],
        y=[y],
        mode="text",
        text=[words],
        textfont={"color": theme.STATUS_STYLES.get(status, theme.NO_STATUS).ink, "size": theme.SMALL_FONT_SIZE},
        hovertext=[hover(label, [(status, words)])],
    )


def _detail(result: Result, row: dict[str, object]) -> str:
    """Tell the parts by shape and count: a part too narrow for words is told here all the same."""
    parts = [(_status(result, name), _count(row[name])) for name in result.metric.chart.values]
    return "   ".join(f"{sign(status)} {count}" for status, count in parts if count)


def _add_key(drawing: Drawing, result: Result) -> None:
    """Say under the bars which shape is which word."""
    words = [told(_status(result, name), result.labels) for name in result.metric.chart.values]
    lines = ["   ".join(words[at : at + KEY_WORDS]) for at in range(0, len(words), KEY_WORDS)]
    room = len(lines) * LINE_PX + 12
    layout = drawing.layout
    layout["height"] += room
    layout["margin"] = {**layout["margin"], "b": layout["margin"]["b"] + room}
    drawing.add_annotation(
        text="<br>".join(map(safe, lines)),
        x=0,
        xref="paper",
        xanchor="left",
        align="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-10,
        font={"size": theme.SMALL_FONT_SIZE, "color": theme.INK},
    )


def _status(result: Result, name: str) -> str:
    return result.metric.column(name).label.lower()


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
