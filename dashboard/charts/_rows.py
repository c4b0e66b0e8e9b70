"""Rows of marks with their labels above: the layout that all horizontal charts share.

One unit of the y axis is one pixel, counted from the top, so that labels of one, two or three lines get
just the room they need at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, lines, safe, stacked
from dashboard.results import Result
from dashboard.wording import counted, number

__all__ = ["MARK_PX", "Rows", "add_words", "drawn", "figure_of_rows", "hover", "is_in_focus", "place_rows"]

LINE_PX: Final = 19
MARK_PX: Final = 24
GAP_PX: Final = 18
AXIS_PX: Final = 34
NOTE_PX: Final = 30
_SMALL: Final = {"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK}
_LEFT: Final = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left"}


@dataclass(frozen=True)
class Rows:
    """Where rows stand: the middle of each mark in pixels from the top, and the height of all."""

    middles: tuple[float, ...]
    height: float


def drawn(result: Result) -> list[dict[str, Any]]:
    """Give the rows that are drawn: all, or as many as the chart's limit allows."""
    limit = result.metric.chart.limit or result.table.height
    return result.table.head(limit).to_dicts()


def place_rows(labels: Sequence[str], details: Sequence[str]) -> Rows:
    """Work out where the mark of each row stands under its label and its line of detail."""
    heads = [LINE_PX * (len(lines(label)) + bool(detail)) for label, detail in zip(labels, details, strict=True)]
    bottoms = list(accumulate(float(head + MARK_PX + GAP_PX) for head in heads))
    return Rows(tuple(bottom - GAP_PX - MARK_PX / 2 for bottom in bottoms), bottoms[-1] if bottoms else 0.0)


def figure_of_rows(result: Result, labels: Sequence[str], details: Sequence[str], *, has_axis: bool = False) -> Drawing:
    """Give a figure with labels and details in place, and no marks yet.

    `details` are short lines in small print between label and mark; '' for none.
    """
    rows = place_rows(labels, details)
    note = _limit_note(result)
    below = (AXIS_PX if has_axis else 8) + (NOTE_PX if note else 0)
    drawing = Drawing()
    for label, detail, middle in zip(labels, details, rows.middles, strict=True):
        # On white, so that the lines of a scale do not run through the words.
        place = {"y": middle - MARK_PX / 2 - 1, "yanchor": "bottom", "bgcolor": theme.WHITE, "borderpad": 0}
        drawing.add_annotation(text=_label(label, detail), **place, **_LEFT)
    if note:
        drop = -(AXIS_PX if has_axis else 6)
        drawing.add_annotation(text=safe(note), y=0, yref="paper", yanchor="top", yshift=drop, font=_SMALL, **_LEFT)
    drawing.update_yaxes(range=[rows.height, 0], visible=False, automargin=False)
    drawing.update_layout(height=rows.height + 8 + below, margin={"l": 6, "r": 6, "t": 8, "b": below})
    return drawing


def is_in_focus(value: object) -> bool:
    """Whether a value of the focus column picks its row out: true, or the word yes."""
    return value is True or value == "yes"


def add_words(drawing: Drawing, text: str, *, x: float, y: float, anchor: str = "left", shift: int = 6) -> None:
    """Write words beside a mark that ends at x: a value, or why there is none."""
    side = shift if anchor == "left" else -shift
    drawing.add_annotation(text=safe(text), x=x, y=y, xanchor=anchor, yanchor="middle", xshift=side)


def _label(label: str, detail: str) -> str:
    small = f'<span style="font-size:{theme.SMALL_FONT_SIZE}px;color:{theme.SECONDARY_INK}">{safe(detail)}</span>'
    return f"{stacked(label)}<br>{small}" if detail else stacked(label)


def _limit_note(result: Result) -> str:
    limit, height = result.metric.chart.limit, result.table.height
    if not limit or height <= limit:
        return ""
    return f"First {number(limit)} of {counted(height, *result.metric.row)}; the table has all."
