"""Dates as they are stated: a bar over the days a date can mean, an arrow where it has no end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, drawn, figure_of_rows, is_in_focus, place_rows
from dashboard.results import Result
from dashboard.wording import cell, shortened

KIND: Final = "timeline"
SPOKEN: Final = "Timeline of ranges"
MARGIN: Final = timedelta(days=60)
NARROW: Final = timedelta(days=12)  # what a day is drawn as, so that it is seen at all
DETAIL_CHARACTERS: Final = 46  # of 14 px Arial in a card of 340 px; the table has the whole statement
_OPEN_SHARE: Final = 0.9  # an open end reaches nearly to the edge; the arrow fills the rest


def draw(result: Result) -> Drawing:
    """Draw a bar a row from `low` to `high`, both days included; the category's detail says the date as stated.

    A row without `high` ends in an arrow: it has no latest day. One without `low` begins in a short bar at its
    latest day. Rows in focus are drawn in orange with a thick edge.
    """
    chart = result.metric.chart
    rows = drawn(result)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    column = result.metric.column(chart.values[0])
    details = [shortened(cell(row[column.name], column), DETAIL_CHARACTERS) for row in rows]
    drawing = figure_of_rows(result, labels, details, has_axis=True)
    first, last = _span([row[name] for row in rows for name in (chart.low, chart.high)])
    for row, middle in zip(rows, place_rows(labels, details).middles, strict=True):
        low, high = _day(row[chart.low]), _day(row[chart.high])
        is_late = bool(chart.focus) and is_in_focus(row[chart.focus])
        _bar(drawing, low, high, middle, edge=first + (last - first) * _OPEN_SHARE, is_late=is_late)
    _tips(drawing, result, rows, labels, place_rows(labels, details).middles)
    years = [date(year, 1, 1) for year in range(first.year, last.year + 2) if first <= date(year, 1, 1) <= last]
    step = max(1, -(-len(years) // 5))
    drawing.update_xaxes(
        type="date",
        range=[first, last],
        tickvals=years[::step],
        ticktext=[str(year.year) for year in years[::step]],
        showgrid=True,
        zeroline=False,
    )
    return drawing


def _bar(drawing: Drawing, low: date | None, high: date | None, middle: float, *, edge: date, is_late: bool) -> None:
    start = low or (high - NARROW if high else edge)
    end = high + timedelta(days=1) if high else edge
    end = max(end, start + NARROW)
    colour = theme.ORANGE if is_late else theme.DARK_BLUE
    drawing.add_shape(
        type="rect",
        x0=start,
        x1=end,
        y0=middle - MARK_PX / 3,
        y1=middle + MARK_PX / 3,
        fillcolor=colour,
        line={"color": theme.INK if is_late else colour, "width": 2 if is_late else 1},
    )
    if high is None:
        drawing.add_annotation(
            text="▶",
            x=end,
            y=middle,
            xanchor="left",
            yanchor="middle",
            xshift=-2,
        )


def _tips(
    drawing: Drawing, result: Result, rows: list[dict[str, object]], labels: list[str], middles: tuple[float, ...]
) -> None:
    chart = result.metric.chart
    columns = [result.metric.column(name) for name in (*chart.values, chart.low, chart.high)]
    drawing.add_scatter(
        x=[_day(row[chart.low]) or _day(row[chart.high]) for row in rows],
        y=list(middles),
        mode="markers",
        marker={"size": 12, "color": "rgba(0,0,0,0)"},
        hovertext=[
            hover(label, [(column.label, cell(row[column.name], column)) for column in columns])
            for label, row in zip(labels, rows, strict=True)
        ],
    )


def _span(values: list[object]) -> tuple[date, date]:
    days = [day for value in values if (day := _day(value))]
    first, last = min(days), max(days)
    room = max(MARGIN, (last - first) / 10)
    return first - room, last + room


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
