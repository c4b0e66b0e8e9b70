"""Flagged wordings for analysts: look for them, then propose each for release or keep it back.

Keeping back discloses nothing, so it takes one person and holds at once; a release takes a second one.
"""

from __future__ import annotations

from typing import Final
from uuid import uuid4

import streamlit as st

from dashboard.asking import ask, keep_back, newest_jobs, open_proposals, propose
from dashboard.components import job_progress
from dashboard.office import Office
from dashboard.permissions import Right
from dashboard.wording import counted, escape
from data_access.desk.engine import reading
from data_access.desk.jobs import JobState
from data_access.desk.text_decisions import PROPOSAL, WordingName, decisions
from data_access.problems import UserProblem
from data_access.tray.wordings import Wording, wordings_of

REVIEW: Final = "review wording"
MOST_AT_ONCE: Final = 20
CHOICES: Final = ("Decide later", "Propose to release", "Keep back")


def show(office: Office) -> None:
    """Show the button that looks, and what the newest look found."""
    st.header("Flagged wording", anchor=False)
    running = job_progress.open_job(office, REVIEW)
    if running is not None:
        job_progress.watch(office, running, "Looking for personal details")
    elif st.button("Look for flagged wording", key="look-for-wording"):
        ask(office, Right.READ_FLAGGED_TEXT, REVIEW, {"token": uuid4().hex}, scope="flagged wording")
        st.rerun()
    found = newest_wordings(office)
    if found is None:
        st.markdown("Nobody has looked within the last day. Wordings are shown here for a day at most, then deleted.")
        return
    proposed = {name[3] for one in open_proposals(office, PROPOSAL) for name in one.subject["wordings"]}
    _list(office, [one for one in found if one.text_hash not in proposed | _decided(office)], waiting=len(proposed))


def newest_wordings(office: Office) -> tuple[Wording, ...] | None:
    """Give what the newest finished look put into the tray; None where there is none any more."""
    done = [job for job in newest_jobs(office, REVIEW, limit=5) if job.state is JobState.DONE]
    return wordings_of(office.home, str(done[0].result["token"])) if done else None


def _decided(office: Office) -> frozenset[str]:
    """Give the wordings somebody has decided on since that look."""
    with reading(office.desk) as connection:
        known = decisions(connection).values()
    return frozenset(wording for one in known for wording in one.released | one.kept_back)


def _list(office: Office, wordings: list[Wording], *, waiting: int) -> None:
    if waiting:
        st.markdown(f"{counted(waiting, 'wording')} proposed for release: a second person must agree.")
    if not wordings:
        st.markdown("Nothing else is held back.")
        return
    shown = wordings[:MOST_AT_ONCE]
    st.markdown(f"{counted(len(wordings), 'wording')} held back; {len(shown)} shown. Nobody sees them until decided.")
    with st.form("flagged", border=False):
        chosen = [(one, _one(place, one)) for place, one in enumerate(shown, start=1)]
        if st.form_submit_button("Send decisions", type="primary"):
            _send(office, chosen)


def _one(place: int, one: Wording) -> str:
    with st.container(border=True, key=f"wording-{place}"):
        st.text("\n".join(part for part in (one.title, one.text) if part))
        st.markdown(escape(f"{one.kind.capitalize()} · may hold: {', '.join(one.details)}"))
        return st.radio(
            f"What is to become of wording {place}?", CHOICES, horizontal=True, key=f"choice-{one.text_hash}"
        )


def _send(office: Office, chosen: list[tuple[Wording, str]]) -> None:
    release = [_name(one) for one, choice in chosen if choice == CHOICES[1]]
    keep = [_name(one) for one, choice in chosen if choice == CHOICES[2]]
    if not release and not keep:
        st.markdown("Nothing was chosen.")
        return
    try:
        if release:
            summary = f"Release {counted(len(release), 'wording')} that the personal-detail check had flagged."
            propose(office, Right.READ_FLAGGED_TEXT, PROPOSAL, {"wordings": [_fields(one) for one in release]}, summary)
        if keep:
            keep_back(office, keep)
    except UserProblem as problem:
        st.error(escape(str(problem)))
    else:
        st.rerun()


def _name(one: Wording) -> WordingName:
    return WordingName(one.conversation, one.kind, one.id, one.text_hash)


def _fields(name: WordingName) -> list[str]:
    return [name.conversation, name.kind, name.id, name.text_hash]
