"""One action of the register in full: what is known of it, and plainly what is not."""

from __future__ import annotations

import streamlit as st

from dashboard.results import Result, text_table
from dashboard.wording import escape


def show(register: Result) -> None:
    """Show the action that is chosen as a table of terms."""
    table = text_table(register)
    number = register.metric.column("number").label
    chosen = st.selectbox("Action", table[number].to_list(), key="plan-action", width=240)
    action = table.row(table[number].to_list().index(chosen or table[number][0]), named=True)
    facts = {"What": [f"**{escape(name)}**" for name in action], "Known": [escape(value) for value in action.values()]}
    st.table(facts, hide_index=True, hide_header=True, border="horizontal", alt=f"Table: action {chosen}")
