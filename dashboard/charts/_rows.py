"""Rows of marks with their labels above: the layout that all horizontal charts share.

One unit of the y axis is one pixel, counted from the top, so that labels of one, two or three lines get
just the room they need at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from textwrap import wrap
from typing import Final

import plotly.graph_objects as go

from dashboard import theme
from dashboard.results import Result
from dashboard.wording import counted, number, shortened

# 340 px of card at about 7.4 px a character of 15 px Arial.
LINE_CHARACTERS: Final = 44
MOST_LINES: Final = 3
LINE_PX: Final = 19
MARK_PX: Final = 24
GAP_PX: Final = 18
AXIS_PX: Final = 34
NOTE_PX: Final = 30


@dataclass(frozen=True)
class Rows:
    """Where rows stand: the middle of each mark in pixels from the top, and the height of all."""

    middles: tuple[float, ...]
    height: float


def drawn(result: Result) -> list[dict[str, object]]:
    """Give the rows that are drawn: all, or as many as the chart's limit allows."""
    limit = result.metric.chart.limit or result.table.height
    return result.table.head(limit).to_dicts()


def lines(label: str) -> list[str]:
    """Break a label into at most three lines that fit a phone; what is cut ends in an ellipsis."""
    fitting = shortened(label, LINE_CHARACTERS * MOST_LINES - MOST_LINES)
    found = wrap(fitting, LINE_CHARACTERS) or [""]
    found = next(
        even for width in range(1, LINE_CHARACTERS + 1) if len(even := wrap(fitting, width) or [""]) <= len(found)
    )
    return found if len(found) <= MOST_LINES else [*found[: MOST_LINES - 1], found[MOST_LINES - 1] + "…"]


def safe(text: str) -> str:
    """Make text harmless in Plotly, which reads some HTML and, between dollars, LaTeX."""
    return escape(text, quote=False).replace("$", "&#36;")


def place_rows(labels: Sequence[str], details: Sequence[str]) -> Rows:
    """Work out where the mark of each row stands under its label and its line of detail."""
    heads = [
        len(lines(label)) * LINE_PX + (LINE_PX if detail else 0) for label, detail in zip(labels, details, strict=True)
    ]
    bottoms = list(accumulate(head + MARK_PX + GAP_PX for head in heads))
    return Rows(tuple(bottom - GAP_PX - MARK_PX / 2 for bottom in bottoms), bottoms[-1] if bottoms else 0.0)


def figure_of_rows(
    result: Result, labels: Sequence[str], details: Sequence[str], *, has_axis: bool = False
) -> go.Figure:
    """Give a figure with labels and details in place, and no marks yet.

    `details` are short lines in small print between label and mark; '' for none.
    """
    rows = place_rows(labels, details)
    note = _limit_note(result)
    below = (AXIS_PX if has_axis else 8) + (NOTE_PX if note else 0)
    figure = go.Figure(layout={"template": theme.template()})
    for label, detail, middle in zip(labels, details, rows.middles, strict=True):
        figure.add_annotation(
            text=_label(label, detail),
            x=0,
            xref="paper",
            xanchor="left",
            y=middle - MARK_PX / 2 - 1,
            yanchor="bottom",
            align="left",
        )
    if note:
        figure.add_annotation(
            text=note,
            x=0,
            xref="paper",
            xanchor="left",
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-(AXIS_PX if has_axis else 6),
            font={"size": theme.SMALL_FONT_SIZE, "color": theme.SECONDARY_INK},
        )
    figure.update_yaxes(range=[rows.height, 0], visible=False, automargin=False)
    figure.update_layout(height=rows.height + 8 + below, margin={"l": 6, "r": 6, "t": 8, "b": below})
    return figure


def is_in_focus(value: object) -> bool:
    """Whether a value of the focus column picks its row out: true, or the word yes."""
    return value is True or value == "yes"


def add_words(figure: go.Figure, text: str, *, x: float, y: float, anchor: str = "left", shift: int = 6) -> None:
    """Write words beside a mark: a value, or why there is none."""
    figure.add_annotation(
        text=safe(text), x=x, y=y, xanchor=anchor, yanchor="middle", xshift=shift if anchor == "left" else -shift
    )


def hover(label: str, facts: Sequence[tuple[str, str]]) -> str:
    """Give the tooltip of a mark: the label and facts the table holds too."""
    told = "<br>".join(f"{safe(name)}: {safe(value)}" for name, value in facts)
    return f"<b>{'<br>'.join(safe(line) for line in lines(label))}</b><br>{told}"


def _label(label: str, detail: str) -> str:
    head = "<br>".join(safe(line) for line in lines(label))
    small = f'<span style="font-size:{theme.SMALL_FONT_SIZE}px;color:{theme.SECONDARY_INK}">{safe(detail)}</span>'
    return f"{head}<br>{small}" if detail else head


def _limit_note(result: Result) -> str:
    limit, height = result.metric.chart.limit, result.table.height
    if not limit or height <= limit:
        return ""
    return f"First {number(limit)} of {counted(height, *result.metric.row)}; the table has all."
