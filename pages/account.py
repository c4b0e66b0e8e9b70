"""Your account: who you are here, your password, and signing out everywhere."""

from __future__ import annotations

import streamlit as st

from dashboard.components import footer, own_account
from dashboard.office import Office
from dashboard.specs import Page
from data_access.vocabulary import Role

EVERYBODY = tuple(role.value for role in Role)
PAGE = Page(title="Your account", url="account", section="About", order=99, roles=EVERYBODY, is_office=True)


def render(office: Office) -> None:
    """Show what the account is for, and the two things its owner can change."""
    st.title(PAGE.title, anchor=False)
    own_account.show(office)
    footer.of_office(office)
