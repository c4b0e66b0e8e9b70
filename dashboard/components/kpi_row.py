"""A row of figures with their labels, one a row of a result, and where their definition stands."""

from __future__ import annotations

import streamlit as st

from dashboard.components import page_links, states
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.results import Result, text_table
from dashboard.wording import HIDDEN, NOT_AVAILABLE, escape


def show(context: Context, result: Result) -> None:
    """Show a figure a row: the chart's category is its label, the chart's first value the figure.

    What the source does not give is left out of the row; what is hidden stands there as [c].
    """
    chart, metric = result.metric.chart, result.metric
    table = text_table(result)
    beside = table["England"] if "England" in table.columns else [""] * table.height
    labels, values = table[metric.column(chart.category).label], table[metric.column(chart.values[0]).label]
    rows = zip(labels, values, beside, strict=True)
    told = [(label, value, whole) for label, value, whole in rows if value != NOT_AVAILABLE]
    with st.grid(min_column_width=150, gap="small", border=True, key=f"figures-{metric.key}"):
        for label, value, whole in told:
            with st.container(gap=None):
                st.metric(escape(label), escape(value))
                if whole:
                    st.markdown(small(escape(f"England {whole}")))
    states.not_applied(result)
    if any(value == HIDDEN for _, value, _ in told):
        states.hidden_note(len(result.hidden_rows), result.stamp.threshold)
    page_links.to(context, "method", "What these figures mean")
