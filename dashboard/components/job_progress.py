"""A job while it waits or runs: a bar, its step, and a way to stop it. Looks once a second, alone."""

from __future__ import annotations

import streamlit as st

from dashboard.asking import newest_jobs, no_worker, stop
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.wording import escape, number
from data_access.desk import jobs
from data_access.desk.engine import reading
from data_access.desk.jobs import JobRecord, JobState
from data_access.problems import UserProblem


def watch(office: Office, job: JobRecord, says: str) -> None:
    """Show a job until it ends, then run the page again; `says` is what it does, in plain words."""

    @st.fragment(run_every=0.7)
    def look() -> None:
        with reading(office.desk) as connection:
            now = jobs.job(connection, job.id)
        if not now.is_open:
            st.rerun(scope="app")
        with st.container(horizontal=True, vertical_alignment="center"):
            _bar(now, says)
            if now.is_cancel_asked:
                st.markdown("It stops at its next step.", width="content")
            elif can(office.viewer, Right.PROPOSE_DATA) and st.button("Stop this", key=f"stop-{job.id}"):
                _stopped(office, job.id)
        absent = no_worker(office)
        if absent:
            st.warning(absent)

    with st.container(border=True, key=f"job-{job.id}"):
        look()


def none_runs(says: str, key: str) -> None:
    """Keep a job's place while there is none: its end must not move the page under somebody's hand."""
    with st.container(border=True, vertical_alignment="center", key=f"no-job-{key}"):
        st.markdown(says)


def open_job(office: Office, *kinds: str) -> JobRecord | None:
    """Give the newest job of these kinds if it waits or runs."""
    found = newest_jobs(office, *kinds, limit=1)
    return found[0] if found and found[0].is_open else None


def problem_of(job: JobRecord) -> str:
    """Give why a job did not do what it was asked; '' where it did."""
    return str(job.result.get("problem", "")) if job.state in (JobState.FAILED, JobState.CANCELLED) else ""


def _bar(job: JobRecord, says: str) -> None:
    if job.state is JobState.WAITING:
        st.progress(0.0, text=escape(f"{says}: waits for its turn"))
        return
    counts = f" ({number(job.done)} of {number(job.total)})" if job.total > 1 else ""
    st.progress(min(job.done / job.total, 1.0) if job.total else 0.0, text=escape(f"{says}: {job.step}{counts}"))


def _stopped(office: Office, number_of_job: int) -> None:
    try:
        stop(office, Right.PROPOSE_DATA, number_of_job)
    except UserProblem as problem:
        st.text(str(problem))
