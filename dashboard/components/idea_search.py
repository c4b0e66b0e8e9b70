"""Searching and ordering ideas; what was typed, the theme and the order are kept in the link."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components import idea_theme, link_choice
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.metrics._search import HELP, LONGEST, spelled, wanted
from dashboard.wording import escape

WORDS: Final = "words"
ORDER: Final = "order"
# By the words of the link: what the button says, and the column that is sorted by, most first.
ORDERS: Final = {
    "votes": ("Most votes", "votes"),
    "agreement": ("Surest agreement", "agree_low"),
    "comments": ("Most comments", "comments"),
}
LABELS: Final = {word: label for word, (label, _) in ORDERS.items()}
_KEY: Final = "idea-search"


def show(context: Context) -> tuple[str, str, str]:
    """Show the search, the themes and the order; give the words looked for, the theme, and the column to sort by."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = context.param(WORDS)[:LONGEST]
        st.session_state[_KEY] = words
        st.text_input(
            "Search the wording",
            type="search",
            key=_KEY,
            max_chars=LONGEST,
            width=260,
            help=HELP,
            on_change=lambda: context.set_params(**{WORDS: st.session_state[_KEY].strip()}),
        )
        theme = idea_theme.show(context)
        order = link_choice.show(context, ORDER, "Order", LABELS)
    asked = wanted(words)
    if asked is not None and spelled(asked) != words.strip().casefold():
        st.markdown(small(escape(f"Looking for: {spelled(asked)}")))
    return words, theme, ORDERS[order][1]
