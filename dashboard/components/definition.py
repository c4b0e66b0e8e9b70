"""What a metric means, written from the registry: the About of a card and an entry of the Method page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl
import streamlit as st

from dashboard.specs import Metric
from dashboard.wording import escape


def define(metric: Metric) -> None:
    """Write question, measure, numerator, denominator, interval, source and caveat as a table of terms."""
    st.table(_terms(metric), hide_index=True, border="horizontal", alt=f"Definition: {metric.title}")


@lru_cache(maxsize=512)
def _terms(metric: Metric) -> Any:
    """Give the terms as an Arrow table, once: Streamlit makes one of anything else, and the Method page has ninety."""
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
    return pl.DataFrame(rows).to_arrow()
