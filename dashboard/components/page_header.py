"""The top of every page: title, purpose, whether the data is made up, the filters and the data stamp."""

from __future__ import annotations

import streamlit as st

from dashboard.components import filter_bar, filter_line, newer_data
from dashboard.components.small_print import small, stamp_line
from dashboard.context import Context
from dashboard.results import Stamp
from dashboard.specs import Page
from dashboard.wording import escape

LEAD = "conversation_totals"  # who took part: the base that every page names


def show(page: Page, purpose: str, context: Context) -> None:
    """Show the title of a page, what it is for, the filters and what they leave."""
    totals = context.result(LEAD)
    _title(page, purpose, totals.stamp)
    newer_data.show(context)
    filter_bar.show(context, totals.base)


def without_filters(page: Page, purpose: str, context: Context) -> None:
    """Show the title of a page whose content no filter changes."""
    _title(page, purpose, context.result(LEAD).stamp)
    newer_data.show(context)
    if page.figures:
        filter_line.without_filters(context)


def _title(page: Page, purpose: str, stamp: Stamp) -> None:
    with st.container(gap="xsmall", key="page-title"):
        st.title(page.title, anchor=False)
        st.markdown(purpose)
        if stamp.is_demo:
            with st.container(key="made-up"):
                st.markdown("**Made-up data.** A demonstration: no real person wrote or voted any of this.")
        st.markdown(small(f"**{escape(stamp.conversation_title)}** · {stamp_line(stamp)}"))
