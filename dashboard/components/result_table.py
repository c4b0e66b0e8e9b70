"""A result as a real table, which a screen reader can walk and a keyboard can copy.

`st.dataframe` paints a canvas, so it is never the only table here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.components import kept, states
from dashboard.components.kept import Kept
from dashboard.results import Result
from dashboard.specs import Column, Metric
from dashboard.wording import escape, number

NUMBERS: Final = ("count", "share", "number", "ratio")
MOST_COLUMNS: Final = 7  # what fits a card of 720 pixels, a tablet held upright, without scrolling
LONG, SHORT = 40, 12  # characters from which a column of text needs much room, and up to which it needs none
HEIGHT: Final = 480  # pixels; any height makes the table a region that can be scrolled by keyboard


def show_table(result: Result, rows: int, *, name: str = "") -> None:
    """Show the first rows and the leading columns as people read them, say what is left out, and explain [c].

    `name` tells two tables of one result on a page apart.
    """
    key = name or result.metric.key
    count = len(result.metric.columns)
    is_whole = count <= MOST_COLUMNS or st.toggle(f"Show all {count} columns", key=f"all-columns-{key}")
    if result.table.height > rows:
        st.markdown(
            f"The first {rows} of {number(result.table.height)} {result.metric.row[1]}. The files have them all."
        )
    shown = _SHOWN.of(result, str(rows), "whole" if is_whole else "leading")
    _scroll(shown.cells, f"{key}-{shown.widths}", f"Table: {result.metric.title}")
    if result.hidden_rows:
        states.hidden_note(len(result.hidden_rows), result.stamp.threshold)


def scrollable(cells: dict[str, list[str]], key: str, alt: str) -> None:
    """Show a table that scrolls inside its card; `key` ends in the marks of its columns, cells are Markdown."""
    _scroll(_as_arrow(cells), key, alt)


def _scroll(cells: Any, key: str, alt: str) -> None:
    with st.container(key=f"table-{key}"):
        st.table(cells, hide_index=True, border="horizontal", alt=alt, height=HEIGHT)


def _as_arrow(cells: dict[str, list[str]]) -> Any:
    """Give cells in the form they are sent in: Streamlit takes most others through pandas, five times as dear."""
    return pl.DataFrame(cells).to_arrow()


@dataclass(frozen=True)
class _Shown:
    """The part of a result's table that stands on the page, and the marks of its columns."""

    cells: Any
    widths: str


def _shown(result: Result, rows: str, part: str) -> _Shown:
    columns = result.metric.columns if part == "whole" else leading_columns(result.metric)
    texts = kept.texts(result).head(int(rows)).select(column.label for column in columns)
    return _Shown(_as_arrow(_inert(texts)), _widths(columns, texts))


_SHOWN: Final[Kept[_Shown]] = Kept(_shown)


def leading_columns(metric: Metric) -> tuple[Column, ...]:
    """Give the columns that say most: what the chart draws, shares and statuses, then others; in their own order."""
    chart = metric.chart
    drawn = {chart.category, *chart.values, chart.low, chart.high}

    def weight(column: Column) -> int:
        return 0 if column.name in drawn else 1 if column.kind in ("share", "status") else 2

    chosen = sorted(metric.columns, key=weight)[:MOST_COLUMNS]
    return tuple(column for column in metric.columns if column in chosen)


def _inert(table: pl.DataFrame) -> dict[str, list[str]]:
    return {escape(name): [escape(value) for value in table[name]] for name in table.columns}


def _widths(columns: tuple[Column, ...], shown: pl.DataFrame) -> str:
    """Name the columns of numbers (n), of long text (w) and of other text (m) for the style: 'w1_n2_n3_'."""
    marks = []
    for at, column in enumerate(columns, start=1):
        longest = max((len(value) for value in shown[column.label]), default=0)
        kind = "n" if column.kind in NUMBERS else "w" if longest > LONG else "m" if longest > SHORT else ""
        marks.append(f"{kind}{at}_" if kind else "")
    return "".join(marks)
