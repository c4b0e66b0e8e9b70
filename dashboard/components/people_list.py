"""The accounts as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.result_table import scrollable
from dashboard.wording import counted, escape
from data_access.desk.account_changes import AccountLine

MARKS = "twwww"


def show(lines: Sequence[AccountLine]) -> None:
    """Show name, role, regions, state and open visits of each account; closed ones last."""
    active = sum(not line.user.is_disabled for line in lines)
    with st.container(border=True, key="card-people"):
        st.header(f"{counted(active, 'person', 'people')} may sign in", anchor=False)
        ordered = sorted(lines, key=lambda line: (line.user.is_disabled, line.user.name))
        scrollable(_columns(ordered), "people", "Table: accounts")


def _columns(lines: Sequence[AccountLine]) -> dict[str, list[str]]:
    users = [line.user for line in lines]
    return {
        "Account": [escape(user.name) for user in users],
        "Shown as": [escape(user.display_name) for user in users],
        "Role": [user.role.value for user in users],
        "Regions": [escape(", ".join(user.regions)) or "all" for user in users],
        "State": ["closed" if user.is_disabled else "open" for user in users],
        "Signed in now": [str(line.visits) for line in lines],
    }
