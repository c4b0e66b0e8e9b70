"""A result as a real table, which a screen reader can walk and a keyboard can copy.

`st.dataframe` paints a canvas, so it is never the only table here.
"""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from dashboard.components import states
from dashboard.results import Result, text_table
from dashboard.wording import escape, number

NUMBERS: Final = ("count", "share", "number")
LONG: Final = 40  # characters from which a column needs room
HEIGHT: Final = 480  # pixels; any height makes the table a region that can be scrolled by keyboard


def show_table(result: Result, rows: int, *, name: str = "") -> None:
    """Show the first `rows` rows as people read them, say how many there are, and explain [c].

    `name` tells two tables of one result on a page apart.
    """
    table = text_table(result)
    if table.height > rows:
        st.markdown(f"The first {rows} of {number(table.height)} {result.metric.row[1]}. The files have them all.")
    shown = table.head(rows)
    with st.container(key=f"table-{name or result.metric.key}-{_columns(result, shown)}"):
        alt = f"Table: {result.metric.title}"
        st.table(_inert(shown), hide_index=True, border="horizontal", alt=alt, height=HEIGHT)
    if result.hidden_rows:
        states.hidden_note(len(result.hidden_rows), result.stamp.threshold)


def _inert(table: pl.DataFrame) -> dict[str, list[str]]:
    return {escape(name): [escape(value) for value in table[name]] for name in table.columns}


def _columns(result: Result, shown: pl.DataFrame) -> str:
    """Name the columns of numbers and of long text for the style: 'w1_n2_n3_'."""
    marks = []
    for at, (column, name) in enumerate(zip(result.metric.columns, shown.columns, strict=True), start=1):
        if column.kind in NUMBERS:
            marks.append(f"n{at}_")
        elif any(len(value) > LONG for value in shown[name]):
            marks.append(f"w{at}_")
    return "".join(marks)
