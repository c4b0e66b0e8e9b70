"""The imports there have been: the list, taking the last one back, and the intake proof of each."""

from __future__ import annotations

import secrets
from functools import partial

import streamlit as st

from dashboard.asking import ask, newest_jobs
from dashboard.components import data_tables, job_progress
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.taking_away import taken
from dashboard.wording import escape, in_words, moment
from data_access.desk.jobs import JobRecord, JobState
from data_access.problems import NothingThere
from data_access.tray.reviews import ImportLine, file_of, imports_of

UNDO, PROOF = "undo import", "intake proof"
MOST = 20
HEADING = ("import", "conversation", "source", "when", "by", "rows", "accepted", "duplicate", "refused", "state")


def show(office: Office) -> None:
    """Show the newest imports; analysts may take one back and read its proof."""
    st.header("Imports", anchor=False)
    lines = imports_of(office.home)
    if not lines:
        st.markdown("Nothing has been imported yet, or no worker has looked yet.")
        return
    data_tables.show("imports", "Imports, the newest first", HEADING, [_row(line) for line in lines[:MOST]])
    if len(lines) > MOST:
        st.markdown(f"The newest {MOST} of {len(lines):,}. The command `lookforward imports` lists all.")
    if can(office.viewer, Right.PROPOSE_DATA):
        _proof(office, lines)
        _undo(office, lines)


def _row(line: ImportLine) -> tuple[str | int, ...]:
    counts = (line.rows, line.accepted, line.duplicate, line.quarantined)
    said = (line.conversation, line.adapter, moment(line.imported_at), line.started_by)
    return (line.number, *said, *counts, line.state)


def _undo(office: Office, lines: tuple[ImportLine, ...]) -> None:
    """Take an import back, once its number has been typed: it cannot happen by a slip of the hand."""
    running = job_progress.open_job(office, UNDO)
    if running is not None:
        job_progress.watch(office, running, "Taking an import back")
        return
    _undone(newest_jobs(office, UNDO, limit=1))
    open_to_undo = [line for line in lines if line.can_undo]
    if not open_to_undo:
        return
    with st.expander("Undo the last import", key="undo"):
        chosen = st.selectbox(
            "Which",
            open_to_undo,
            format_func=lambda line: f"Import {line.number} of {line.conversation}",
            key="undo-which",
        )
        st.markdown("Its rows go, its line in the list stays, and releases that rest on it are withdrawn.")
        with st.form("undo-form", border=False):
            typed = st.text_input(f"Type {_phrase(chosen)} to confirm", key=f"undo-typed-{chosen.number}")
            if st.form_submit_button("Undo this import"):
                _confirmed(office, chosen, typed)


def _phrase(line: ImportLine) -> str:
    return f"undo {line.number}"


def _confirmed(office: Office, line: ImportLine, typed: str) -> None:
    if " ".join(typed.casefold().split()) != _phrase(line):
        st.error(f"Nothing was undone: the words to type are {_phrase(line)}.")
        return
    scope = f"import {line.number} of {line.conversation}"
    ask(office, Right.PROPOSE_DATA, UNDO, {"import": line.number}, scope=scope)
    st.rerun()


def _undone(found: list[JobRecord]) -> None:
    """Say what came of the last undo while it is fresh."""
    for job in found:
        if problem := job_progress.problem_of(job):
            st.error(escape(problem))
        elif job.state is JobState.DONE:
            told = job.result
            shown = f"Release {told['release']} is shown again." if told["release"] else "No release is left to show."
            gone = told["withdrawn"]
            which = "Release {} is" if len(gone) == 1 else "Releases {} are"
            after = f" {which.format(in_words(map(str, gone)))} withdrawn. {shown}" if gone else ""
            st.markdown(escape(f"Import {told['number']} of {told['conversation']} was undone.{after}"))


def _proof(office: Office, lines: tuple[ImportLine, ...]) -> None:
    with st.expander("Intake proof: what an import rests on", key="proof"):
        chosen = st.selectbox(
            "Of which import",
            lines,
            format_func=lambda line: f"Import {line.number} of {line.conversation}",
            key="proof-which",
        )
        if st.button("Show its proof", key="proof-show"):
            place = secrets.token_hex(16)
            ask(
                office,
                Right.PROPOSE_DATA,
                PROOF,
                {"import": chosen.number, "token": place},
                scope=f"import {chosen.number}",
            )
            st.rerun()
        _document(office, chosen.number)


def _document(office: Office, number: int) -> None:
    job = next((one for one in newest_jobs(office, PROOF) if one.arguments.get("import") == number), None)
    if job is None:
        return
    if job.is_open:
        job_progress.watch(office, job, "Writing the proof")
        return
    if problem := job_progress.problem_of(job):
        st.error(escape(problem))
        return
    try:
        document = file_of(office.home, job.result["token"], job.result["file"])
    except NothingThere:
        return
    name = job.result["file"]
    st.download_button(
        "Download this proof",
        data=partial(taken, office.viewer, office.desk, Right.PROPOSE_DATA, name, lambda: document),
        file_name=name,
        mime="text/markdown",
        on_click="ignore",
        key="proof-file",
    )
    # Names of files and titles are people's words: shown as they are, no link, picture or formula comes of them.
    with st.container(border=True, height=480, key="proof-document"):
        st.code(document.decode(), language=None, wrap_lines=True)
