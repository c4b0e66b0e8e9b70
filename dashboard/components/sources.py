"""Where the numbers come from and how to cite them."""

from __future__ import annotations

import streamlit as st

from dashboard.results import Stamp
from dashboard.wording import day, escape, moment, number, period


def show(stamp: Stamp) -> None:
    """Show the sources of this conversation and a citation ready to copy."""
    facts = {
        "Conversation": stamp.conversation_title,
        "Source": stamp.source,
        "Period": period(stamp.data_from, stamp.data_to),
        "Imported": f"{number(stamp.rows)} rows in {number(stamp.imports)} imports",
        "Release": f"{stamp.release}, published {moment(stamp.published_at)}",
    }
    told = {name: fact for name, fact in facts.items() if fact}
    with st.container(border=True, key="sources"):
        st.header("Sources, and how to cite them", anchor=False)
        rows = {"About": list(told), "What": [escape(fact) for fact in told.values()]}
        st.table(rows, hide_index=True, border="horizontal", alt="Table: sources of the numbers")
        st.markdown("To cite:")
        st.code(citation(stamp), language=None, wrap_lines=True)


def citation(stamp: Stamp) -> str:
    """Name conversation, release and day in one line, so that a reader finds the same numbers again."""
    made_up = "Made-up data. " if stamp.is_demo else ""
    until = f" Data to {day(stamp.data_to)}." if stamp.data_to else ""
    title = stamp.conversation_title
    return f"{made_up}{title}, LookForward release {stamp.release}, published {day(stamp.published_at)}.{until}"
