"""What was done against what was due, as two lines that only climb; one panel a thing counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, safe
from dashboard.results import Result
from dashboard.specs import Column
from dashboard.wording import cell, day, number, short_month

KIND: Final = "burn_up"
SPOKEN: Final = "Burn-up lines"
PANEL_PX: Final = 150
TITLE_PX: Final = 54  # two lines that name the two lines
AXIS_PX: Final = 44
MOST_MARKS: Final = 5


def draw(result: Result) -> Drawing:
    """Draw the chart's values in pairs: what was due, dashed, and what was done, solid; each named in words."""
    pairs = list(_pairs(result))
    days = result.table[result.metric.chart.category].to_list()
    drawing = Drawing()
    plot = len(pairs) * (PANEL_PX + TITLE_PX) - TITLE_PX
    drawing.layout["height"] = plot + TITLE_PX + AXIS_PX
    drawing.layout["margin"] = {"l": 4, "r": 14, "t": TITLE_PX, "b": AXIS_PX}
    for at, (due, done) in enumerate(pairs):
        axis = "" if at == 0 else str(at + 1)
        top = 1 - at * (PANEL_PX + TITLE_PX) / plot
        drawing.layout[f"yaxis{axis}"] = _y_axis(result, (due, done), axis, top - PANEL_PX / plot, top)
        drawing.layout[f"xaxis{axis}"] = _x_axis(axis, days, is_last=at == len(pairs) - 1)
        _line(drawing, result, due, axis, {"color": theme.ORANGE, "dash": "dash"})
        _line(drawing, result, done, axis, {"color": theme.DARK_BLUE})
        _title(drawing, result, due, done, axis)
    return drawing


def _pairs(result: Result) -> Iterator[tuple[Column, Column]]:
    names = result.metric.chart.values
    for due, done in zip(names[::2], names[1::2], strict=True):
        yield result.metric.column(due), result.metric.column(done)


def _line(drawing: Drawing, result: Result, column: Column, axis: str, style: dict[str, Any]) -> None:
    days = result.table[result.metric.chart.category].to_list()
    values = result.table[column.name].to_list()
    drawing.add_scatter(
        x=days,
        y=values,
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        name=column.label,
        mode="lines",
        connectgaps=False,
        line={"width": 3, "shape": "hv", **style},
        hovertext=[
            hover(day(when), [(column.label, cell(value, column))]) for when, value in zip(days, values, strict=True)
        ],
    )


def _y_axis(result: Result, columns: Sequence[Column], axis: str, bottom: float, top: float) -> dict[str, Any]:
    most = max((value for column in columns for value in result.table[column.name].drop_nulls()), default=0)
    return {
        "domain": [max(bottom, 0.0), min(top, 1.0)],
        "anchor": f"x{axis}",
        "range": [0, max(most, 1) * 1.15],
        "nticks": 4,
        "tickformat": ",d",
    }


def _x_axis(axis: str, days: Sequence[date], *, is_last: bool) -> dict[str, Any]:
    marks = days[:: max(1, -(-len(days) // MOST_MARKS))]
    return {
        "anchor": f"y{axis}",
        **({"matches": "x"} if axis else {}),
        "tickvals": marks,
        "ticktext": [short_month(mark) for mark in marks],
        "tickangle": 0,
        "showgrid": False,
        "showticklabels": is_last,
    }


def _title(drawing: Drawing, result: Result, due: Column, done: Column, axis: str) -> None:
    """Say which line is which, with its value on the day shown: nobody has to match colours."""
    known = result.table.filter(result.table[done.name].is_not_null())
    words = [
        f"{safe(column.label)}: <b>{number(known[column.name].item(-1) if known.height else 0)}</b>"
        for column in (done, due)
    ]
    place: dict[str, Any] = {"x": 0, "xref": "paper", "y": 1, "yref": f"y{axis} domain", "align": "left"}
    drawing.add_annotation(text=f"━ {words[0]}<br>╌ {words[1]}", xanchor="left", yanchor="bottom", yshift=2, **place)
