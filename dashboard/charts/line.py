"""Lines over days, one panel a measure: different units never share an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, number, short_day, short_month

KIND: Final = "line"
GAP: Final = "Hidden days"
SPOKEN: Final = "Line charts over days"
MOST_DAYS: Final = 5  # a day takes 50 of 290 px
MOST_MONTHS: Final = 4  # a month with its year takes 65
FEW: Final = 4
PANEL_PX: Final = 118
TITLE_PX: Final = 40
AXIS_PX: Final = 44
CLEAR_DAYS: Final = 62  # up to two months a day has 5 px or more, room for a dot
YEAR: Final = 365
_DAY: Final = timedelta(days=1)
_HALF: Final = timedelta(hours=12)
_WIDE_ENOUGH: Final = 0.05  # of the width, that '[c]' fits into a band: 15 of 290 px


def draw(result: Result) -> Drawing:
    """Draw each of the chart's values in a panel of its own, broken and marked [c] where days are hidden."""
    chart = result.metric.chart
    days = result.table[chart.category].to_list()
    runs = list(_hidden_runs([days[at] for at in result.hidden_rows]))
    drawing = Drawing()
    panels = len(chart.values)
    plot = panels * (PANEL_PX + TITLE_PX) - TITLE_PX
    drawing.layout["height"] = plot + TITLE_PX + AXIS_PX
    drawing.layout["margin"] = {"l": 4, "r": 14, "t": TITLE_PX, "b": AXIS_PX}
    for at, name in enumerate(chart.values):
        axis = "" if at == 0 else str(at + 1)
        top = 1 - at * (PANEL_PX + TITLE_PX) / plot
        values = result.table[name].to_list()
        most = max((value for value in values if value is not None), default=0)
        drawing.layout[f"yaxis{axis}"] = _y_axis(axis, top - PANEL_PX / plot, top, most)
        drawing.layout[f"xaxis{axis}"] = _x_axis(axis, days, is_last=at == panels - 1)
        _add_gaps(drawing, runs, axis, len(days), _top(most))
        _add_line(drawing, result, name, axis)
        title = f"<b>{result.metric.column(name).label} a day</b>, {number(most)} at most"
        place: dict[str, Any] = {"x": 0, "xref": "paper", "y": 1, "yref": f"y{axis} domain"}
        drawing.add_annotation(text=title, xanchor="left", yanchor="bottom", yshift=6, **place)
    return drawing


def _add_line(drawing: Drawing, result: Result, name: str, axis: str) -> None:
    column, category = result.metric.column(name), result.metric.column(result.metric.chart.category)
    days, values = result.table[category.name].to_list(), result.table[name].to_list()
    hidden = set(result.hidden_rows)
    shown = [cell(value, column, is_hidden=at in hidden) for at, value in enumerate(values)]
    drawing.add_scatter(
        x=days,
        y=values,
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        name=column.label,
        mode="lines+markers",
        connectgaps=False,
        line={"color": theme.DARK_BLUE, "width": 2.5 if len(days) <= CLEAR_DAYS else 1.5},
        marker={"size": 6 if len(days) <= CLEAR_DAYS else 3, "color": theme.DARK_BLUE},
        hovertext=[hover(cell(day, category), [(column.label, text)]) for day, text in zip(days, shown, strict=True)],
    )


def _y_axis(axis: str, bottom: float, top: float, most: int) -> dict[str, Any]:
    return {
        "domain": [max(bottom, 0.0), min(top, 1.0)],
        "anchor": f"x{axis}",
        "range": [0, _top(most)],
        **({"dtick": 1} if most < FEW else {"nticks": FEW}),  # whole numbers only: 0.5 would be written as 1
        "tickformat": ",d",
    }


def _top(most: int) -> float:
    return max(most, 1) * 1.12


def _x_axis(axis: str, days: Sequence[date], *, is_last: bool) -> dict[str, Any]:
    most, written = (MOST_DAYS, short_day) if len(days) <= YEAR else (MOST_MONTHS, short_month)
    marks = days[:: max(1, -(-len(days) // most))]
    return {
        "anchor": f"y{axis}",
        **({"matches": "x"} if axis else {}),
        "tickvals": marks,
        "ticktext": [written(mark) for mark in marks],
        "tickangle": 0,
        "showgrid": False,
        "showticklabels": is_last,
    }


def _add_gaps(drawing: Drawing, runs: Sequence[tuple[date, date]], axis: str, days: int, top: float) -> None:
    """Mark hidden days by bands; write [c] in each that is wide enough, or in the widest if none is."""
    # Half a day on either side, so that a single hidden day is a band and not a hairline.
    bands = [(datetime.combine(first, time()) - _HALF, datetime.combine(last, time()) + _HALF) for first, last in runs]
    if not bands:
        return
    # One trace for all: hundreds of shapes would take the browser seconds.
    drawing.add_scatter(
        x=[at for start, end in bands for at in (start, start, end, end, start, None)],
        y=[at for _ in bands for at in (0, top, top, 0, 0, None)],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        name=GAP,
        mode="lines",
        fill="toself",
        fillcolor=theme.PAGE if days <= CLEAR_DAYS else theme.GRID,
        # Outlines of hundreds of narrow bands would be all that is seen.
        line={"color": theme.SECONDARY_INK, "width": 0.7 if days <= CLEAR_DAYS else 0, "dash": "dot"},
        hoverinfo="skip",
    )
    widest = max(bands, key=lambda band: band[1] - band[0])
    for start, end in [band for band in bands if band[1] - band[0] >= days * _WIDE_ENOUGH * _DAY] or [widest]:
        drawing.add_annotation(
            text=HIDDEN,
            x=start + (end - start) / 2,
            y=0.5,
            xref=f"x{axis}",
            yref=f"y{axis} domain",
            font={"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK},
        )


def _hidden_runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Give the first and last day of each unbroken run."""
    ends = [at for at in range(len(days)) if at == len(days) - 1 or days[at + 1] - days[at] > _DAY]
    start = 0
    for end in ends:
        yield days[start], days[end]
        start = end + 1
