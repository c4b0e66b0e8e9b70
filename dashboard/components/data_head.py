"""The top of a page that shows no numbers: its title, what it is for, and whether anybody works."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.asking import no_worker
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.specs import Page

FOR_ANALYSTS: Final = "Load this week's files, see what they change before they do, and take an import back."
FOR_OTHERS: Final = "See what was loaded and published, and decide on what waits for a second person."


def show(page: Page, office: Office) -> None:
    """Show the title, the purpose for this role, and a missing worker in plain words."""
    st.title(page.title, anchor=False)
    st.markdown(FOR_ANALYSTS if can(office.viewer, Right.PROPOSE_DATA) else FOR_OTHERS)
    if absent := no_worker(office):
        st.warning(absent)
