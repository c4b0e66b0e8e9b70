"""The second look at flagged wording, with the least view there is.

Whoever approves sees only wordings that somebody proposes to show to every reader, never one that is kept back, and
of those the words alone: no author, place, time or idea.
"""

from __future__ import annotations

import streamlit as st

from dashboard.asking import decide, open_proposals
from dashboard.components.flagged_text import newest_wordings
from dashboard.office import Office
from dashboard.permissions import Right
from dashboard.wording import escape, moment
from data_access.desk.proposals import Proposed
from data_access.desk.text_decisions import PROPOSAL
from data_access.problems import UserProblem


def show(office: Office) -> None:
    """Show every open proposal to release wordings, with its words."""
    st.header("Wording that waits for you", anchor=False)
    st.markdown(
        "An analyst thinks that these say nothing about who wrote them or whom they are about, although a check "
        "flagged them. Approve only if you would let every reader see every one of them."
    )
    waiting = open_proposals(office, PROPOSAL)
    if not waiting:
        st.markdown("Nothing waits for you.")
    for one in waiting:
        _card(office, one)


def _card(office: Office, one: Proposed) -> None:
    there = {wording.text_hash: wording for wording in newest_wordings(office) or ()}
    hashes = [str(name[3]) for name in one.subject["wordings"]]
    with st.container(border=True, key=f"wordings-{one.id}"):
        st.markdown(f"**{escape(one.summary)}**")
        st.markdown(escape(f"Asked by {one.asked_by}, {moment(one.asked_at)}"))
        if any(wording not in there for wording in hashes):
            st.markdown("The words are not in the review tray any more: an analyst must look for them again.")
        else:
            for place, wording in enumerate(hashes, start=1):
                st.text(f"{place}. " + "\n".join(part for part in (there[wording].title, there[wording].text) if part))
                st.markdown(escape(f"May hold: {', '.join(there[wording].details)}"))
        _answers(office, one, can_approve=all(wording in there for wording in hashes))


def _answers(office: Office, one: Proposed, *, can_approve: bool) -> None:
    if one.asked_by == office.viewer.user:
        st.markdown("You asked for this yourself: somebody else must decide.")
        return
    note = st.text_input("Note (optional)", key=f"wording-note-{one.id}", max_chars=1000)
    with st.container(horizontal=True):
        approved = st.button("Approve", type="primary", key=f"approve-wording-{one.id}", disabled=not can_approve)
        refused = st.button("Refuse", key=f"refuse-wording-{one.id}")
    if approved or refused:
        try:
            decide(office, Right.APPROVE_DATA, one.id, is_approved=approved, note=note)
        except UserProblem as problem:
            st.error(escape(str(problem)))
        else:
            st.rerun()
