"""Who has an account, in which role, and what administrators change about that."""

from __future__ import annotations

import streamlit as st

from dashboard.components import footer, people_forms, people_list
from dashboard.office import Office
from dashboard.permissions import Right, can, check
from dashboard.specs import Page
from data_access.desk.account_changes import account_lines

PAGE = Page(
    title="People", url="people", section="Look after", order=96, roles=("administrator", "auditor"), is_office=True
)  # fmt: skip


def render(office: Office) -> None:
    """Show the accounts, and to administrators the ways to change them."""
    check(office.viewer, Right.READ_USERS)
    st.title(PAGE.title, anchor=False)
    st.markdown("Who may sign in, as what, and for which regions. Every change is written into the audit log.")
    people_list.show(account_lines(office.desk, now=office.now))
    if can(office.viewer, Right.CHANGE_USERS):
        people_forms.show(office)
    footer.of_office(office)
