"""What was found in files that were sent, in plain words: the outcome first, then its evidence."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.components import data_tables
from dashboard.components.small_print import small
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.taking_away import taken
from dashboard.wording import counted, day, escape, in_words, number
from data_access.problems import Fault
from data_access.tray.reviews import FileReview, Review, file_of

POSTS = {"ideas": ("idea", "ideas"), "comments": ("comment", "comments"), "feedback": ("note", "notes")}
COUNTS = ("rows", "new", "changed", "unchanged", "repeated", "quarantined")
HEADING = ("table", "rows", "new", "changed", "unchanged", "repeated", "refused", "file")


def show(office: Office, review: Review) -> None:
    """Show a review: the outcome first, then its evidence."""
    st.header("What these files would do", anchor=False)
    if review.refusal:
        st.error(escape(f"These files cannot be loaded as they are. {review.refusal}"))
    else:
        st.markdown(headline(review))
    if review.tables:
        rows = [(one.table, *(getattr(one, name) for name in COUNTS), one.file) for one in review.tables]
        data_tables.show("review-tables", "What would become of the rows of each table", HEADING, rows)
    _faults(review)
    _rejects(office, review)
    _evidence(review)


def headline(review: Review) -> str:
    """Say in short what loading would do, as Markdown."""
    total = review.total
    counts = f"{number(total.new)} new, {number(total.changed)} changed, {number(total.unchanged)} unchanged"
    more = f", {number(total.repeated)} repeated in the files" if total.repeated else ""
    refused = f", {number(total.quarantined)} refused" if total.quarantined else ", none refused"
    people = f" They come from {counted(review.people, 'person', 'people')}." if review.people else ""
    place = f"a new conversation, {review.conversation}" if review.is_new_conversation else review.conversation
    into = f" They would go into **{escape(place)}**." if review.conversation else ""
    again = f" Import {review.repeats} brought all of this already." if review.repeats else ""
    rows = counted(total.rows, "row", "rows")
    return f"**{rows} of {escape(review.adapter)}: {counts}{more}{refused}.**{people}{into}{again}"


def _faults(review: Review) -> None:
    if not review.faults:
        return
    st.subheader(counted(review.fault_count, "fault", "faults"), anchor=False)
    rows = [_fault(fault) for fault in review.faults]
    heading = ("file", "row", "column", "what is there", "what is expected", "what to do")
    data_tables.show("review-faults", "Everything that is wrong, by file and row", heading, rows)
    if review.fault_count > len(review.faults):
        shown = number(len(review.faults))
        st.markdown(f"The first {shown} of {number(review.fault_count)}. The file of refused rows has them all.")


def _fault(fault: Fault) -> tuple[str, ...]:
    row = number(fault.row) if fault.row else "whole file"
    return (
        fault.file,
        row,
        fault.column,
        fault.shape,
        fault.expected,
        fault.remedy or "mend the row and send it again",
    )


def _rejects(office: Office, review: Review) -> None:
    if not review.rejects or not can(office.viewer, Right.PROPOSE_DATA):
        return
    st.markdown(
        "The refused rows, to be mended in a spreadsheet and dropped above again. They hold what participants wrote: "
        "treat them as you treat the export."
    )
    with st.container(horizontal=True):
        for one in review.rejects:
            st.download_button(
                f"Download {counted(one.rows, 'refused row', 'refused rows')} of {one.table}",
                data=partial(_refused, office, review, one.file),
                file_name=one.file,
                mime="text/csv",
                on_click="ignore",
                key=f"rejects-{one.table}",
            )


def _refused(office: Office, review: Review, name: str) -> bytes:
    make = partial(file_of, office.home, review.token, name)
    return taken(office.viewer, office.desk, Right.PROPOSE_DATA, f"refused rows: {name}", make)


def _evidence(review: Review) -> None:
    if review.details:
        told = in_words([counted(count, *POSTS[name]) for name, count in review.details.items()])
        st.markdown(
            f"**Possible personal details** in the wording of {told}. Such wordings are held back from every page "
            "until a person has looked at them; their votes count."
        )
    for title, lines in (
        ("Which way round the votes are", review.evidence),
        ("Worth knowing", review.notices),
        ("Changes to the plan", review.plan),
    ):
        if lines:
            st.subheader(title, anchor=False)
            st.markdown("\n".join(f"* {escape(line)}" for line in lines))
    if review.files:
        with st.expander(f"The {counted(len(review.files), 'file', 'files')}", key="delivery-files"):
            heading = ("file", "bytes", "taken as", "from", "to")
            data_tables.show(
                "review-files", "The files, what they were taken for", heading, [_file(one) for one in review.files]
            )
    st.markdown(
        small(
            "Nothing of this is in the vault yet. Files and findings are deleted when they are loaded or after a day."
        )
    )


def _file(one: FileReview) -> tuple[str | int, ...]:
    days = [day(date.fromisoformat(text)) if text else "no times" for text in (one.first_day, one.last_day)]
    return (one.name, one.size, one.role, *days)
