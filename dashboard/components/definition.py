"""What a metric means, written from the registry: the About of a card and an entry of the Method page."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.specs import Metric
from dashboard.wording import escape


def define(metric: Metric) -> None:
    """Write question, measure, numerator, denominator, interval, source and caveat as a table of terms."""
    terms = {
        "Question": metric.question,
        "What is measured": metric.measure,
        "Counted on top": metric.numerator,
        "Out of": metric.denominator,
        "Interval": metric.interval,
        "Source": metric.source,
        "Mind": metric.caveat,
    }
    told = {term: text for term, text in terms.items() if text}
    rows = {"Term": [f"**{term}**" for term in told], "Meaning": [escape(text) for text in told.values()]}
    # As a frame: Streamlit takes anything else through pandas, which costs five times as much.
    st.table(pl.DataFrame(rows), hide_index=True, border="horizontal", alt=f"Definition: {metric.title}")
