"""Which charts PowerPoint draws itself, and from which numbers; the rest are shown as native tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dashboard.results import Result
from dashboard.specs import Column
from dashboard.wording import HIDDEN, cell, short_day

MOST_BARS: Final = 12  # that can be read across a room
Shape = Literal["bars", "stacked", "line"]
SHAPES: Final[dict[str, Shape]] = {
    "bar": "bars",
    "cloud": "bars",
    "interval": "bars",
    "compared": "bars",
    "difference": "bars",
    "pair": "bars",
    "diverging_bar": "stacked",
    "line": "line",
    "burn_up": "line",
}


@dataclass(frozen=True)
class Native:
    """A chart in PowerPoint's terms. Values are None where hidden or missing; `is_share` writes them as per cent."""

    shape: Shape
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    is_share: bool
    left_out: int


def native(result: Result) -> Native | None:
    """Give the chart PowerPoint can draw of a result; nothing where a table says it better."""
    chart = result.metric.chart
    shape = SHAPES.get(chart.kind)
    if shape is None or result.is_empty:
        return None
    columns = [result.metric.column(name) for name in chart.values]
    if any(column.kind not in ("count", "share", "number", "ratio") for column in columns):
        return None
    most = result.table.height if shape == "line" else min(chart.limit or MOST_BARS, MOST_BARS)
    table, hidden = result.table.head(most), set(result.hidden_rows)
    category = result.metric.column(chart.category)
    names = [_name(value, category, at in hidden) for at, value in enumerate(table[chart.category])]
    return Native(
        shape=shape,
        categories=tuple(names),
        series=tuple((column.label, tuple(_number(value) for value in table[column.name])) for column in columns),
        is_share=all(column.kind == "share" for column in columns),
        left_out=result.table.height - table.height,
    )


def _name(value: object, column: Column, is_hidden: bool) -> str:
    """Name a place of the axis; a day is short, the year stands in the slide's subtitle."""
    name = short_day(value) if isinstance(value, date) else cell(value, column)
    return f"{name} {HIDDEN}" if is_hidden else name


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]  # columns of numbers only
