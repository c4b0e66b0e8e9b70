"""Lines over days, one panel a measure: different units never share an axis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import theme
from dashboard.charts._rows import hover
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, number, short_day

KIND: Final = "line"
SPOKEN: Final = "Line charts over days"
MOST_MARKS: Final = 5  # a date takes 50 of 290 px
PANEL_PX: Final = 118
TITLE_PX: Final = 40
_DAY: Final = timedelta(days=1)
_HALF: Final = timedelta(hours=12)


def draw(result: Result) -> go.Figure:
    """Draw each of the chart's values in a panel of its own, broken and marked [c] where days are hidden."""
    names = result.metric.chart.values
    height = len(names) * (PANEL_PX + TITLE_PX) + TITLE_PX
    plot = height - TITLE_PX - 44
    figure = make_subplots(rows=len(names), cols=1, shared_xaxes=True, vertical_spacing=TITLE_PX / plot)
    figure.update_layout(
        template=theme.template(), height=height, margin={"l": 4, "r": 14, "t": TITLE_PX, "b": 44}, showlegend=False
    )
    days = result.table[result.metric.chart.category].to_list()
    runs = list(_hidden_runs(result, days))
    marks = days[:: max(1, -(-len(days) // MOST_MARKS))]
    for at, name in enumerate(names, start=1):
        _add_panel(figure, result, name, at, days)
        for first, last in runs:
            _add_gap(figure, first, last, at)
    figure.update_xaxes(tickvals=marks, ticktext=[short_day(mark) for mark in marks], tickangle=0, showgrid=False)
    return figure


def _add_panel(figure: go.Figure, result: Result, name: str, at: int, days: list[date]) -> None:
    column, category = result.metric.column(name), result.metric.column(result.metric.chart.category)
    values = result.table[name].to_list()
    figure.add_scatter(
        x=days,
        y=values,
        name=column.label,
        mode="lines+markers",
        connectgaps=False,
        line={"color": theme.DARK_BLUE, "width": 2.5},
        marker={"size": 6, "color": theme.DARK_BLUE},
        hovertext=[
            hover(cell(day, category), [(column.label, cell(value, column))])
            for day, value in zip(days, values, strict=True)
        ],
        hoverinfo="text",
        row=at,
        col=1,
    )
    most = max([value for value in values if value is not None] or [0])
    figure.update_yaxes(range=[0, max(most, 1) * 1.12], nticks=4, tickformat=",d", row=at, col=1)
    figure.add_annotation(
        text=f"<b>{column.label} a day</b>, {number(most)} at most",
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref=f"y{'' if at == 1 else at} domain",
        yanchor="bottom",
        yshift=6,
    )


def _add_gap(figure: go.Figure, first: date, last: date, at: int) -> None:
    # Half a day on either side, so that a single hidden day is a band and not a hairline.
    start, end = datetime.combine(first, time()) - _HALF, datetime.combine(last, time()) + _HALF
    figure.add_shape(
        type="rect",
        x0=start,
        x1=end,
        y0=0,
        y1=1,
        xref=f"x{'' if at == 1 else at}",
        yref=f"y{'' if at == 1 else at} domain",
        fillcolor=theme.PAGE,
        layer="below",
        line={"color": theme.SECONDARY_INK, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(
        text=HIDDEN,
        x=start + (end - start) / 2,
        y=0.5,
        xref=f"x{'' if at == 1 else at}",
        yref=f"y{'' if at == 1 else at} domain",
        font={"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK},
    )


def _hidden_runs(result: Result, days: list[date]) -> Iterator[tuple[date, date]]:
    start: date | None = None
    previous: date | None = None
    for day in (days[at] for at in result.hidden_rows):
        if previous is None or day - previous > _DAY:
            if start is not None and previous is not None:
                yield start, previous
            start = day
        previous = day
    if start is not None and previous is not None:
        yield start, previous
