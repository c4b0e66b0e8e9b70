"""A word cloud with its ranked table beside it: the cloud shows which words, the table how many used them."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import charts
from dashboard.charts import cloud
from dashboard.components.result_table import show_table
from dashboard.components.small_print import small
from dashboard.results import Result
from dashboard.wording import counted

RANKED = 12
_LEFT_OUT = "The picture’s font has Latin, Greek and Cyrillic letters."


def show(words: Result) -> None:
    """Show the cloud, and the first rows of its ranked table beside it or below.

    Words in a script that the cloud's font lacks stand in the table only, and that is said.
    """
    drawn = cloud.drawable(words)
    if drawn.is_empty:
        st.markdown(f"{_LEFT_OUT} These words stand in the table only.")
        show_table(words, RANKED, name="cloud")
        return
    with st.grid(2, min_column_width=320, key="cloud"):
        with st.container():
            st.image(_picture(drawn), alt=charts.alt_text(drawn), width="stretch")
            left_out = words.table.height - drawn.table.height
            if left_out:
                st.markdown(small(f"{_LEFT_OUT} {counted(left_out, 'word')} in the table only."))
        with st.container():
            show_table(words, RANKED, name="cloud")


def _picture(words: Result) -> bytes:
    """Draw the cloud, which takes half a second, once for each release, conversation and element."""
    stamp, asked = words.stamp, words.selection
    return _drawn(stamp.release, stamp.published_at, asked.conversation, asked.element, _words=words)


@st.cache_data(max_entries=32, show_spinner=False)
def _drawn(release: int, published_at: datetime, conversation: str, element: str | None, *, _words: Result) -> bytes:
    """Draw `_words`, which follow from the other arguments and are not part of the key."""
    return cloud.picture(_words)
