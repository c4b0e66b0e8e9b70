"""A word cloud with its ranked table beside it: the cloud shows which words, the table how many used them."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import charts
from dashboard.charts import cloud
from dashboard.components.result_table import show_table
from dashboard.results import Result

RANKED = 12


def show(words: Result) -> None:
    """Show the cloud, and the first rows of its ranked table beside it or below."""
    with st.grid(2, min_column_width=320, key="cloud"):
        st.image(_picture(words), alt=charts.alt_text(words), width="stretch")
        with st.container():
            show_table(words, RANKED, name="cloud")


def _picture(words: Result) -> bytes:
    """Draw the cloud, which takes half a second, once for each release and conversation."""
    stamp = words.stamp
    return _drawn(stamp.release, stamp.published_at, words.selection.conversation, _words=words)


@st.cache_data(max_entries=16, show_spinner=False)
def _drawn(release: int, published_at: datetime, conversation: str, *, _words: Result) -> bytes:
    """Draw `_words`, which follow from the other arguments and are not part of the key."""
    return cloud.picture(_words)
