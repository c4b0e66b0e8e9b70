"""How agreement with one idea stood at the close of each week, drawn and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl
import streamlit as st

from dashboard import charts
from dashboard.components.result_table import show_table
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.metrics.idea_by_week import headline_of_one
from dashboard.results import Result
from dashboard.wording import escape

MOST_WEEKS: Final = 10  # rows of a chart that one screen holds


def of_idea(weeks: Result, idea: str) -> Result:
    """Keep the weeks in which the votes of one idea changed, the first and the newest, with a headline of their own."""
    own = weeks.table.filter(pl.col("idea") == idea)
    kept = own if own.height <= MOST_WEEKS else pl.concat([own.head(1), own.tail(MOST_WEEKS - 1)])
    return replace(weeks, table=kept, headline=headline_of_one(own))


def show(context: Context, idea: str) -> None:
    """Show the weeks of an idea that are over; nothing where none is."""
    weeks = of_idea(context.result("idea_by_week"), idea)
    if weeks.is_empty:
        return
    with st.container(border=True, key="idea-weeks"):
        st.header(escape(weeks.headline), anchor=False)
        st.markdown(small(escape(f"{weeks.metric.measure}. England.")))
        chart, table = st.tabs(["Chart", "Table"], key="faces-idea-weeks")
        with chart:
            drawn, config = charts.figure(weeks), dict(charts.CONFIG)
            st.plotly_chart(drawn, theme=None, config=config, alt=charts.alt_text(weeks), key="chart-idea-weeks")
        with table:
            show_table(weeks, weeks.table.height, name="idea-weeks")
