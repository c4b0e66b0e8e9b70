"""The foot of every page: help, feedback, method and accessibility, in the same order in the same place."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from dashboard.components import page_links
from dashboard.components.page_header import LEAD
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.wording import escape


def show(context: Context) -> None:
    """Show whom to ask, how to say what is wrong, and the pages that explain."""
    stamp = context.result(LEAD).stamp
    st.divider()
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="footer"):
        st.markdown(help_line(stamp.contact), width="content")
        page_links.to(context, "method", "How numbers are counted")
        page_links.to(context, "accessibility", "Accessibility statement")
    st.markdown(small(f"Numbers of fewer than {stamp.threshold} people are hidden and shown as **[c]**."))


def of_office(office: Office) -> None:
    """Show whom to ask and, to those who may open it, the accessibility statement, under a page without numbers."""
    st.divider()
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="footer"):
        st.markdown(help_line(office.contact), width="content")
        if can(office.viewer, Right.SEE_NUMBERS):
            page_links.with_params("accessibility", "Accessibility statement", {})


def help_line(contact: str) -> str:
    """Say whom to ask for help and whom to tell what is wrong, as Markdown; an address becomes a link."""
    if not contact:
        return "Help and feedback: ask whoever gave you your account."
    if "@" in contact and " " not in contact.strip():
        address = quote(contact.strip(), safe="@.+-_")
        return f"Help and feedback: [{escape(contact.strip())}](mailto:{address})"
    return f"Help and feedback: {escape(contact)}"
