"""What waits for a second person, for those who may approve; any page for them may show it."""

from __future__ import annotations

import streamlit as st

from dashboard.asking import decide, open_proposals
from dashboard.components import data_findings, data_tables
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.wording import escape, moment
from data_access.desk import proposals
from data_access.desk.engine import reading
from data_access.desk.proposals import Proposed
from data_access.desk.text_decisions import PROPOSAL
from data_access.problems import UserProblem
from data_access.tray.reviews import review_of

HEADING = ("what", "asked by", "asked", "decided by", "decided", "outcome", "note")


def show(office: Office) -> None:
    """Show every open proposal with its two answers, and the decisions of late; nothing for other roles."""
    if not can(office.viewer, Right.APPROVE_DATA):
        return
    st.header("Waiting for a second person", anchor=False)
    # Wording is approved where its words are shown, on the page Wording.
    waiting = [one for one in open_proposals(office) if one.kind != PROPOSAL]
    if len(waiting) < len(open_proposals(office)):
        st.markdown("Flagged wording waits for you on the page Wording.")
    if not waiting:
        st.markdown("Nothing waits for you.")
    for one in waiting:
        _card(office, one)
    _decided(office)


def _card(office: Office, one: Proposed) -> None:
    with st.container(border=True, key=f"proposal-{one.id}"):
        st.markdown(f"**{escape(one.summary)}**")
        st.markdown(escape(f"Asked by {one.asked_by}, {moment(one.asked_at)}"))
        _review(office, one)
        if one.asked_by == office.viewer.user:
            st.markdown("You asked for this yourself: somebody else must decide.")
            return
        note = st.text_input("Note (optional)", key=f"proposal-note-{one.id}", max_chars=1000)
        with st.container(horizontal=True):
            approved = st.button("Approve", type="primary", key=f"approve-{one.id}")
            refused = st.button("Refuse", key=f"refuse-{one.id}")
        if approved or refused:
            _answer(office, one, is_approved=approved, note=note)


def _review(office: Office, one: Proposed) -> None:
    """Let whoever decides on a delivery see what was found in it, as long as it is there."""
    delivery = one.subject.get("token")
    if not delivery:
        return
    try:
        review = review_of(office.home, delivery)
    except UserProblem as problem:
        st.text(str(problem))
        return
    with st.expander("What was found in the files", key=f"proposal-review-{one.id}"):
        data_findings.show(office, review)


def _answer(office: Office, one: Proposed, *, is_approved: bool, note: str) -> None:
    try:
        decide(office, Right.APPROVE_DATA, one.id, is_approved=is_approved, note=note)
    except UserProblem as problem:
        st.error(escape(str(problem)))
    else:
        st.rerun()


def _decided(office: Office) -> None:
    with reading(office.desk) as connection:
        found = proposals.decided_ones(connection, limit=10)
    if found:
        with st.expander("Decided lately", key="decided"):
            data_tables.show("decided", "Proposals decided on, the newest first", HEADING, [_row(one) for one in found])


def _row(one: Proposed) -> tuple[str, ...]:
    when = moment(one.decided_at) if one.decided_at else ""
    outcome = "approved" if one.is_approved else "refused"
    return (one.summary, one.asked_by, moment(one.asked_at), one.decided_by or "", when, outcome, one.note or "none")
