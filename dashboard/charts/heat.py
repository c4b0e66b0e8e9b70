"""A grid of counts: one row a category, one column a value of the column laid across, every count written out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, lines, safe, stacked
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, counted, number, short_day
from data_access.vocabulary import ELEMENTS, NOT_CODED, NOT_STATED

KIND: Final = "heat"
SPOKEN: Final = "Grid of counts"
NO_VALUE: Final = "–"
CELL_PX: Final = 28
LINE_PX: Final = 19
GAP_PX: Final = 8
LETTER_PX: Final = 7.6  # of 14 px Arial, turned upright
NOTE_PX: Final = 30
# Shades by share of the largest count; the ink stands out from each by 4.5:1 or more.
_SHADES: Final = (
    (0.75, theme.DARK_BLUE, theme.WHITE),
    (0.5, "#3D6A93", theme.WHITE),
    (0.25, "#A9C1D6", theme.INK),
    (0.0, "#E3ECF3", theme.INK),
)


def draw(result: Result) -> Drawing:
    """Draw the first of the chart's values in a grid; counts that are hidden are marked [c]."""
    chart = result.metric.chart
    rows = result.table.with_row_index("at").to_dicts()
    every = list(dict.fromkeys(row[chart.category] for row in rows))
    names = every[: chart.limit or len(every)]
    across = _in_order({row[chart.across] for row in rows})
    found = {(row[chart.category], row[chart.across]): row for row in rows}
    heading = LETTER_PX * max((len(_heading(value)) for value in across), default=0) + 12
    drawing, bottoms = Drawing(), _bottoms(names, heading)
    most = max((row[chart.values[0]] or 0 for row in rows), default=0)
    for at, value in enumerate(across):
        _say(drawing, _heading(value), at + 0.5, heading - 6, textangle=-90, yanchor="bottom")
    for name, bottom in zip(names, bottoms, strict=True):
        _label(drawing, str(name), bottom - CELL_PX)
        for at, value in enumerate(across):
            _cell(drawing, _told(result, found.get((name, value)), most), at, bottom)
    _lay_out(drawing, result, len(across), bottoms[-1] if bottoms else heading, len(every))
    places = [
        (at + 0.5, bottom - CELL_PX / 2, found[name, value])
        for name, bottom in zip(names, bottoms, strict=True)
        for at, value in enumerate(across)
        if (name, value) in found
    ]
    _tooltips(drawing, result, places)
    return drawing


def _in_order(values: set[Any]) -> list[Any]:
    official = [*ELEMENTS, NOT_CODED]
    if values <= set(official):
        return [name for name in official if name in values]
    return sorted(values, key=lambda value: (value in (NOT_STATED, NOT_CODED), value))


def _heading(value: Any) -> str:
    if isinstance(value, date):
        return short_day(value)
    plain = str(value)
    for start in ("We are ", "We each have a ", "We "):
        plain = plain.removeprefix(start)
    return plain[:1].upper() + plain[1:]


def _bottoms(names: Sequence[Any], heading: float) -> list[float]:
    """Give where each row of cells ends, in pixels from the top; its label stands above it."""
    bottoms, at = [], heading
    for name in names:
        at += LINE_PX * len(lines(str(name))) + CELL_PX + GAP_PX
        bottoms.append(at - GAP_PX)
    return bottoms


def _told(result: Result, row: dict[str, Any] | None, most: float) -> tuple[str, str, str]:
    """Give what a cell says, its fill and its ink."""
    column = result.metric.column(result.metric.chart.values[0])
    value = None if row is None else row[column.name]
    if value:
        return (cell(value, column), *_shade(value, most))
    is_hidden = row is not None and value is None and row["at"] in result.hidden_rows
    return (HIDDEN if is_hidden else NO_VALUE if value is None else cell(value, column), theme.WHITE, theme.INK)


def _cell(drawing: Drawing, told: tuple[str, str, str], at: int, bottom: float) -> None:
    text, fill, ink = told
    drawing.add_shape(
        type="rect",
        x0=at + 0.03,
        x1=at + 0.97,
        y0=bottom - CELL_PX,
        y1=bottom,
        fillcolor=fill,
        line={"color": theme.GRID, "width": 1},
        layer="below",
    )
    _say(drawing, text, at + 0.5, bottom - CELL_PX / 2, yanchor="middle", ink=ink)


def _shade(value: float, most: float) -> tuple[str, str]:
    return next((fill, ink) for least, fill, ink in _SHADES if value / most >= least)


def _say(drawing: Drawing, text: str, x: float, y: float, *, ink: str = theme.INK, **more: Any) -> None:
    font = {"size": theme.SMALL_FONT_SIZE, "color": ink}
    drawing.add_annotation(text=safe(text), x=x, y=y, xanchor="center", font=font, **more)


def _label(drawing: Drawing, name: str, y: float) -> None:
    drawing.add_annotation(text=stacked(name), x=0, xref="paper", y=y, xanchor="left", yanchor="bottom", align="left")


def _lay_out(drawing: Drawing, result: Result, columns: int, bottom: float, rows: int) -> None:
    limit = result.metric.chart.limit
    has_note = bool(limit) and rows > limit
    if has_note:
        what = result.metric.column(result.metric.chart.category).label.lower()
        note = f"First {number(limit)} of {counted(rows, what)}; the table has all."
        font = {"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK}
        drawing.add_annotation(
            text=safe(note), x=0, xref="paper", y=bottom + 6, xanchor="left", yanchor="top", font=font
        )
    height = bottom + (NOTE_PX if has_note else 6)
    drawing.update_yaxes(range=[height, 0], visible=False, automargin=False)
    drawing.update_xaxes(range=[0, max(columns, 1)], visible=False)
    drawing.update_layout(height=height + 8, margin={"l": 2, "r": 2, "t": 4, "b": 4})


def _tooltips(drawing: Drawing, result: Result, places: Sequence[tuple[float, float, dict[str, Any]]]) -> None:
    """Lay unseen marks over the cells, so that a pointer finds all their numbers."""
    chart, hidden = result.metric.chart, set(result.hidden_rows)
    counts = [column for column in result.metric.columns if column.kind == "count"]
    drawing.add_scatter(
        x=[x for x, _, _ in places],
        y=[y for _, y, _ in places],
        mode="markers",
        marker={"size": CELL_PX - 4, "opacity": 0},
        hovertext=[
            hover(
                f"{row[chart.category]} · {_heading(row[chart.across])}",
                [(one.label, cell(row[one.name], one, is_hidden=row["at"] in hidden)) for one in counts],
            )
            for _, _, row in places
        ],
    )
