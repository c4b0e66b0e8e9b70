"""A delivery on its way: what it would do, the way to load it, and what came of that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.asking import ask, newest_jobs, open_proposals, propose
from dashboard.components import data_findings, data_options, data_upload, job_progress
from dashboard.office import Office
from dashboard.permissions import Right
from dashboard.wording import counted, escape, in_words
from data_access.desk.jobs import JobRecord, JobState
from data_access.problems import UserProblem
from data_access.tray.reviews import Review, review_of

COMMIT = "commit import"
MANY = "load with many faults"


def show(office: Office, delivery: str) -> None:
    """Show the delivery that the link names, wherever it is on its way."""
    newest = _newest(office, delivery)
    with st.container(border=True, key="delivery"):
        try:
            if newest is None:
                raise UserProblem("There is no such delivery any more. Send the files again.")
            _show(office, delivery, newest)
        except UserProblem as problem:
            st.text(str(problem))
            st.button("Close", on_click=data_upload.forget, key="delivery-close")


def _newest(office: Office, delivery: str) -> JobRecord | None:
    """Give the last job about a delivery; one that rests on a proposal names it there."""
    found = newest_jobs(office, data_upload.PREVIEW, COMMIT, limit=200)
    return next((job for job in found if job.arguments.get("token") == delivery), None)


def _show(office: Office, delivery: str, job: JobRecord) -> None:
    is_loading = job.kind == COMMIT
    if job.is_open:
        st.header("Loading" if is_loading else "Looking through the files", anchor=False)
        job_progress.watch(office, job, "Loading" if is_loading else "Looking")
    elif is_loading and job.state is JobState.DONE:
        _loaded(office, job)
    else:
        _not_loaded(office, delivery, job)


def _loaded(office: Office, job: JobRecord) -> None:
    """Say what went in, and which release will show it."""
    st.header("Loaded", anchor=False)
    st.success(loaded_line(job))
    for line in (*job.result.get("notices", ()), *job.result.get("plan", ())):
        st.text(line)
    following = job.result.get("publishing")
    if following is not None:
        st.markdown("The ungrouped figures are published next; the part **Published** below says how far that is.")
    st.button("Done", on_click=data_upload.forget, key="delivery-done", type="primary")


def loaded_line(job: JobRecord) -> str:
    """Say in one line what an import did: 'Loaded 2 ideas, 12 votes into staff-voice as import 1.'"""
    told = job.result
    tables = [one for one in told.get("tables", ()) if one["new"] + one["changed"]]
    if told.get("was_already_imported") or not tables:
        return escape(f"0 new, 0 changed: {told.get('conversation')} had all of this already.")
    parts = in_words(
        [counted(one["new"] + one["changed"], f"row of {one['table']}", f"rows of {one['table']}") for one in tables]
    )
    refused = sum(one["quarantined"] for one in told["tables"])
    left = f" {counted(refused, 'faulty row was', 'faulty rows were')} left out." if refused else ""
    number = f" as import {told['import']}" if told.get("import") else ""
    return escape(f"Loaded {parts} into {told['conversation']}{number}.{left}")


def _not_loaded(office: Office, delivery: str, job: JobRecord) -> None:
    if problem := job_progress.problem_of(job):
        st.error(escape(problem))
    if job.kind == data_upload.PREVIEW and job.state is not JobState.DONE:
        st.button("Look again", on_click=data_upload.look_through, args=(office, delivery), key="look-again")
        st.button("Throw the files away", on_click=data_upload.let_go, args=(office, delivery), key="throw-away")
        return
    review = review_of(office.home, delivery)
    data_findings.show(office, review)
    with st.container(horizontal=True, key="delivery-ways-on"):
        if not review.refusal:
            _way_in(office, review)
        st.button("Throw the files away", on_click=data_upload.let_go, args=(office, delivery), key="throw-away")
    data_options.show(office, review)


def _way_in(office: Office, review: Review) -> None:
    """Offer to load; where so much is faulty that it may be the wrong file, offer to ask a second person."""
    total = review.total
    if not total.new + total.changed and not review.plan:
        st.markdown("**Nothing here is new.** Loading it would change nothing.")
        return
    asked = [one for one in open_proposals(office, MANY) if one.subject.get("token") == review.token]
    if asked:
        st.markdown(
            escape(f"Waits for a second person since {asked[0].asked_at:%-d %B %Y}, asked by {asked[0].asked_by}.")
        )
    elif review.needs_second_person:
        _button("Ask a second person to agree to loading the rest", partial(_propose, office, review), "load-propose")
    elif not review.conversation:
        st.markdown("Give the conversation a name below; then this can be loaded.")
    else:
        rows = counted(total.new + total.changed, "row", "rows")
        _button(f"Load {rows}", partial(_load, office, review), "load")


def _button(label: str, act: Callable[[], object], key: str) -> None:
    if st.button(escape(label), type="primary", key=key):
        act()
        st.rerun()


def _load(office: Office, review: Review) -> None:
    scope = f"{review.adapter} into {review.conversation}"
    ask(office, Right.PROPOSE_DATA, COMMIT, _subject(review), scope=scope)


def _propose(office: Office, review: Review) -> None:
    total = review.total
    summary = (
        f"Load {counted(total.new + total.changed, 'row', 'rows')} of {review.adapter} into {review.conversation} and "
        f"leave {counted(total.quarantined, 'faulty row', 'faulty rows')} of {total.rows:,} out: over 2 % of a table."
    )
    propose(office, Right.PROPOSE_DATA, MANY, _subject(review), summary)


def _subject(review: Review) -> dict[str, str]:
    return {"token": review.token, "conversation": review.conversation, **review.options}
