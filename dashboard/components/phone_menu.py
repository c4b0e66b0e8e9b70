"""The menu of narrow screens: every page under the heading of its group, behind one button.

Streamlit's own list of pages in groups is no list to a screen reader (its headings stand between the items), so
`page_style` hides it where there is no room for the bar and shows this button instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from dashboard.wording import escape

KEY = "phone-menu"


def show(menu: Mapping[str, Sequence[StreamlitPage]], here: str) -> None:
    """Show the button; `here` is the address of the page, so that the menu closes when a reader turns to another."""
    with st.popover("Menu", key=f"{KEY}-{here or 'first'}"):
        for group, pages in menu.items():
            if group:
                st.markdown(f"**{escape(group)}**")
            for page in pages:
                st.page_link(page)
