"""The audit log: who did what, and whether the chain of its rows holds."""

from __future__ import annotations

import streamlit as st

from dashboard.components import audit_view, footer
from dashboard.office import Office
from dashboard.permissions import Right, check
from dashboard.specs import Page

PAGE = Page(
    title="Audit log", url="audit", section="Look after", order=97, roles=("administrator", "auditor"), is_office=True
)


def render(office: Office) -> None:
    """Show whether the log is whole, and its rows."""
    check(office.viewer, Right.READ_AUDIT)
    st.title(PAGE.title, anchor=False)
    st.markdown(
        "Who did what and when. It never holds what people wrote, and nobody can change or remove a row unseen."
    )
    audit_view.show(office)
    footer.of_office(office)
