"""How long the records behind each conversation are still kept, and the way to end one; read from the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from dashboard.asking import open_proposals, propose
from dashboard.components import data_tables
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.wording import counted, day, escape
from data_access.desk.engine import reading
from data_access.desk.retention import COMPLETING, Standing, completing_summary, standings_of
from data_access.problems import UserProblem

HEADING: Final = ("conversation", "records", "completed", "must be deleted by", "final release")


def show(office: Office) -> None:
    """Show the countdown of every conversation, an alarm for what is overdue, and how to end one."""
    st.header("How long records are kept", anchor=False)
    with reading(office.desk) as connection:
        standings = standings_of(connection)
    for one in standings:
        left = one.days_left(office.now)
        if left is not None and left < 0:
            st.error(
                escape(
                    f"Overdue: the records of '{one.title}' should have been deleted by {_day(one.due_at)}. "
                    f"Whoever runs the installation types: lookforward purge {one.conversation}"
                )
            )
    st.markdown(
        "Once a conversation is completed its final release is cut, nothing more can be loaded, and every vote, "
        "comment and pseudonym is deleted within 30 days. Its figures and approved wording stay."
    )
    if standings:
        title = "Conversations and how long their records are kept"
        data_tables.show("retention", title, HEADING, [_row(one, office) for one in standings])
    if can(office.viewer, Right.PROPOSE_DATA):
        _end_one(office, [one for one in standings if one.completed_at is None])


def _row(one: Standing, office: Office) -> tuple[str, ...]:
    left = one.days_left(office.now)
    if one.purged_at is not None:
        records = f"deleted on {_day(one.purged_at)}"
    elif left is None:
        records = "kept while it goes on"
    elif left < 0:
        records = f"overdue by {counted(-left, 'day')}"
    else:
        records = f"{counted(left, 'day')} left"
    final = str(one.final_release) if one.final_release is not None else "none yet"
    return (one.title, records, _day(one.completed_at), _day(one.due_at), final)


def _day(moment: datetime | None) -> str:
    return "not yet" if moment is None else day(moment.date())


def _end_one(office: Office, going_on: list[Standing]) -> None:
    waiting = {str(one.subject["conversation"]): one.asked_by for one in open_proposals(office, COMPLETING)}
    for key, who in waiting.items():
        st.markdown(escape(f"{who} asked to complete '{key}': an administrator must confirm."))
    free = {f"{one.title} ({one.conversation})": one for one in going_on if one.conversation not in waiting}
    if not free:
        return
    with st.expander("Complete a conversation", key="complete"):
        chosen = st.selectbox("Conversation", list(free), key="complete-which")
        st.markdown("This cannot be taken back once an administrator has confirmed it.")
        if st.button("Ask to complete it", key="complete-ask"):
            _ask(office, free[str(chosen)])


def _ask(office: Office, one: Standing) -> None:
    try:
        subject = {"conversation": one.conversation}
        propose(office, Right.PROPOSE_DATA, COMPLETING, subject, completing_summary(one.title, one.conversation))
    except UserProblem as problem:
        st.error(escape(str(problem)))
    else:
        st.rerun()
