"""An XmR chart: values over time with their mean and natural process limits, signals picked out by shape.

With too few points for limits it is a plain line, and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, number, short_day, short_month

KIND: Final = "xmr"
SPOKEN: Final = "XmR chart over time"
QUIET: Final = "none"
PLOT_PX: Final = 240
TOP_PX: Final = 64
BOTTOM_PX: Final = 44
MOST_MARKS: Final = 4  # a day takes 50 of the 240 px that the names of the limits leave
YEAR: Final = 365
ROOM: Final = 1.12
KEY: Final = "◆ signal: more or fewer than chance explains"
PLAIN: Final = "Fewer than ten points: a plain line, no claim"
_UP: Final = "more"


def draw(result: Result) -> Drawing:
    """Draw the first of the chart's values over its category, the second as the mean, `low` and `high` as limits."""
    chart = result.metric.chart
    rows = result.table.to_dicts()
    drawing = Drawing()
    known = [row for row in rows if row[chart.values[0]] is not None]
    limits = known[-1] if known and known[-1][chart.high] is not None else None
    most = max([1.0, *(row[chart.values[0]] for row in known), *([limits[chart.high]] if limits else [])]) * ROOM
    if limits:
        _add_limits(drawing, result, limits)
    _add_values(drawing, result, rows)
    _add_hidden(drawing, result, rows)
    _say(drawing, f"<b>{result.metric.column(chart.values[0]).label}</b>", 40)
    _say(drawing, KEY if limits else PLAIN, 18)
    drawing.update_xaxes(**_x_axis([row[chart.category] for row in rows]))
    drawing.update_yaxes(range=[0, most], nticks=4, tickformat=",d")
    # The limits are named at the right, in a margin of their own.
    margin = {"l": 4, "r": 92 if limits else 14, "t": TOP_PX, "b": BOTTOM_PX}
    drawing.update_layout(height=PLOT_PX + TOP_PX + BOTTOM_PX, margin=margin)
    return drawing


def _add_limits(drawing: Drawing, result: Result, limits: dict[str, Any]) -> None:
    chart = result.metric.chart
    lines = ((chart.high, "Upper", "dash"), (chart.values[1], "Mean", "solid"), (chart.low, "Lower", "dash"))
    for name, label, dash in lines:
        value = limits[name]
        colour = theme.SECONDARY_INK
        line = {"color": colour, "width": 1.5, "dash": dash}
        drawing.add_shape(type="line", xref="paper", x0=0, x1=1, y0=value, y1=value, line=line, layer="below")
        font = {"size": theme.SMALL_FONT_SIZE, "color": colour}
        words = f"{label} {number(round(value, 1))}"
        drawing.add_annotation(
            text=words, x=1, xref="paper", xanchor="left", xshift=6, y=value, yanchor="middle", font=font
        )


def _add_values(drawing: Drawing, result: Result, rows: Sequence[dict[str, Any]]) -> None:
    chart = result.metric.chart
    column, hidden = result.metric.column(chart.values[0]), set(result.hidden_rows)
    days, focus = result.metric.column(chart.category), result.metric.column(chart.focus)
    facts = [
        [(column.label, cell(row[column.name], column, is_hidden=at in hidden)), (focus.label, str(row[focus.name]))]
        for at, row in enumerate(rows)
    ]
    is_signal = [row[chart.focus] != QUIET for row in rows]
    drawing.add_scatter(
        x=[row[chart.category] for row in rows],
        y=[row[column.name] for row in rows],
        name=column.label,
        mode="lines+markers",
        connectgaps=False,
        line={"color": theme.DARK_BLUE, "width": 2},
        marker={
            "opacity": 1,
            "symbol": ["diamond" if told else "circle" for told in is_signal],
            "size": [13 if told else 7 for told in is_signal],
            "color": [_colour(row[chart.focus]) for row in rows],
            "line": {"color": theme.DARK_BLUE, "width": [1.5 if told else 0 for told in is_signal]},
        },
        hovertext=[hover(cell(row[days.name], days), told) for row, told in zip(rows, facts, strict=True)],
    )


def _colour(signal: str) -> str:
    if signal == QUIET:
        return theme.DARK_BLUE
    return theme.TURQUOISE if signal.startswith(_UP) else theme.ORANGE


def _add_hidden(drawing: Drawing, result: Result, rows: Sequence[dict[str, Any]]) -> None:
    """Write [c] on the axis where a point is hidden."""
    for at in result.hidden_rows:
        day = rows[at][result.metric.chart.category]
        font = {"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK}
        drawing.add_annotation(text=HIDDEN, x=day, y=0, yanchor="bottom", font=font)


def _say(drawing: Drawing, text: str, above: int) -> None:
    drawing.add_annotation(
        text=text, x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=above - 12,
        font={"size": theme.SMALL_FONT_SIZE if above < 20 else theme.FONT_SIZE, "color": theme.INK},
    )  # fmt: skip


def _x_axis(days: Sequence[date]) -> dict[str, Any]:
    is_long = len(days) > 1 and (days[-1] - days[0]).days > YEAR
    written = short_month if is_long else short_day
    marks = days[:: max(1, -(-len(days) // MOST_MARKS))]
    return {
        "tickvals": list(marks),
        "ticktext": [written(mark) for mark in marks],
        "tickangle": 0,
        "showgrid": False,
    }
