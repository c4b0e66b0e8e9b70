"""Which release the pages show, how far the next is, and how the tables by region are asked for."""

from __future__ import annotations

import streamlit as st

from dashboard.asking import ask, newest_jobs, open_proposals, propose, take_back
from dashboard.components import job_progress
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.wording import escape, moment
from data_access.problems import UserProblem
from data_access.releases.store import Manifest, current_number, list_releases

PUBLISH, GROUPED = "publish ungrouped", "publish grouped"


def show(office: Office) -> None:
    """Show the current release, publishing as it goes, and what waits for a second person."""
    st.header("Published", anchor=False)
    number = current_number(office.releases)
    st.markdown(_shown(next((one for one in list_releases(office.releases) if one.number == number), None)))
    running = job_progress.open_job(office, PUBLISH, GROUPED)
    if running is not None:
        job_progress.watch(office, running, "Publishing")
    else:
        job_progress.none_runs("Nothing is being published now.", "publishing")
    for job in newest_jobs(office, PUBLISH, GROUPED, limit=1):
        if problem := job_progress.problem_of(job):
            st.error(escape(f"The last publishing did not end well. {problem}"))
    if can(office.viewer, Right.PROPOSE_DATA):
        _ways_on(office, number, is_busy=running is not None)


def _shown(current: Manifest | None) -> str:
    if current is None:
        return "**No release is shown yet.** The first import that is loaded here publishes one."
    cut = "with tables by region and staff group" if current.is_grouped else "without tables by region"
    return f"The pages show **release {current.number}**, published {moment(current.published_at)}, {cut}."


def _ways_on(office: Office, current: int | None, *, is_busy: bool) -> None:
    waiting = open_proposals(office, GROUPED)
    for one in waiting:
        st.markdown(
            escape(f"{one.summary} Asked by {one.asked_by} on {moment(one.asked_at)}; waits for a second person.")
        )
        if one.asked_by == office.viewer.user and st.button("Take this back", key=f"take-back-{one.id}"):
            take_back(office, Right.PROPOSE_DATA, one.id)
            st.rerun()
    with st.container(horizontal=True, key="publish-ways-on"):
        if st.button("Publish again without regions", key="publish", disabled=is_busy):
            ask(office, Right.PROPOSE_DATA, PUBLISH, {}, scope="by hand")
            st.rerun()
        if not waiting and st.button("Propose to cut the tables by region anew", key="publish-grouped"):
            _propose(office, current)
    st.markdown(
        "Every import is published by itself, without new tables by region. Those are cut seldom, because each new "
        "cut could be compared with the one before: an analyst proposes it and an administrator approves."
    )


def _propose(office: Office, current: int | None) -> None:
    after = f", after release {current}" if current else ""
    summary = f"Cut the tables by region, board and staff group anew{after}."
    try:
        propose(office, Right.PROPOSE_DATA, GROUPED, {"after": current}, summary)
    except UserProblem as problem:
        st.error(escape(str(problem)))
    else:
        st.rerun()
