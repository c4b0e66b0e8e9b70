"""The top of a page that shows no numbers: title, purpose, and a missing worker in plain words."""

from __future__ import annotations

import streamlit as st

from dashboard.asking import no_worker
from dashboard.office import Office
from dashboard.specs import Page


def show(page: Page, purpose: str, office: Office) -> None:
    """Show the title and what the page is for, and say where nobody works."""
    st.title(page.title, anchor=False)
    st.markdown(purpose)
    if absent := no_worker(office):
        st.warning(absent)
