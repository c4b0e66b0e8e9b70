"""One session in the form trusts publish: topic, hosts, links, key themes, points by question, actions agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.components import files, session_counts
from dashboard.components.small_print import small, stamp_line
from dashboard.context import Context
from dashboard.metrics.feedback_by_question import NO_QUESTION
from dashboard.results import Result
from dashboard.wording import counted, day, escape, verb
from data_access.vocabulary import FeedbackMoment

LINKS: Final = {
    "recording_link": "Recording",
    "slides_link": "Slides",
    "notes_link": "Board of notes",
    "input_link": "Add your feedback",
}


def show(context: Context, sessions: Result, points: Result, session: str, *, back: Callable[[], None]) -> None:
    """Show one session of the selection in full, or say that it is not among them."""
    st.button("Back to all sessions", on_click=back, key="session-back")
    found = sessions.table.filter(pl.col("session") == session)
    if found.is_empty():
        st.header("This session is not among those shown", anchor=False)
        st.markdown("It may belong to another element, or never have existed.")
        return
    own = replace(points, table=points.table.filter(pl.col("session") == session))
    texts = context.release.table("texts", context.selection.conversation).filter(pl.col("idea") == session)
    with st.container(border=True, key="session-detail"):
        _top(context, found.row(0, named=True), sessions, texts)
        _bullets("Key themes", texts, "key theme")
    _questions(own, texts)
    _added(own, FeedbackMoment.AFTERWARDS, "Added afterwards")
    with st.container(border=True, key="session-actions"):
        _bullets("Actions agreed", texts, "action agreed", nothing="No actions were recorded.")
    _added(own, FeedbackMoment.ABOUT_SESSION, "On the session itself")
    session_counts.show(context, own)
    with st.expander("Download the points of this session"):
        files.offer(context, own)
    st.markdown(small(stamp_line(own.stamp)))


def _top(context: Context, row: dict[str, Any], sessions: Result, texts: pl.DataFrame) -> None:
    st.header(escape(row["title"]), anchor=False)
    when = day(row["held_on"]) if row["held_on"] else "Date not recorded"
    about = row["element"] or row["region"] or ""
    st.markdown(
        " · ".join(escape(part) for part in (row["kind"].capitalize(), when, about, _came(row, sessions)) if part)
    )
    if row["host_roles"]:
        st.markdown(f"Hosted by: {escape(row['host_roles'])}")
    for text in _said(texts, "introduction"):
        st.markdown(escape(text))
    _links(context, str(row["session"]))


def _came(row: dict[str, Any], sessions: Result) -> str:
    if row["attended"] is not None:
        return f"{counted(row['attended'], 'person', 'people')} came"
    at = sessions.table["session"].to_list().index(row["session"])
    hidden = at in sessions.hidden_rows
    return f"fewer than {sessions.stamp.threshold} people came" if hidden else "attendance was not recorded"


def _links(context: Context, session: str) -> None:
    table = context.release.table("sessions", context.selection.conversation)
    row = table.filter(pl.col("session") == session).row(0, named=True)
    given = {label: row[column] for column, label in LINKS.items() if row[column]}
    if given:
        with st.container(horizontal=True, gap="small", key="session-links"):
            for label, link in given.items():
                st.link_button(label, link)


def _said(texts: pl.DataFrame, kind: str) -> list[str]:
    said: list[str] = texts.filter((pl.col("kind") == kind) & (pl.col("text") != "")).sort("id")["text"].to_list()
    return said


def _bullets(title: str, texts: pl.DataFrame, kind: str, *, nothing: str = "") -> None:
    said = _said(texts, kind)
    if said or nothing:
        st.subheader(title, anchor=False) if kind == "key theme" else st.header(title, anchor=False)
        st.markdown("\n".join(f"- {escape(text)}" for text in said) or nothing)


def _questions(points: Result, texts: pl.DataFrame) -> None:
    """Show the points under each question, questions in the order they were first answered."""
    given = points.table.filter(pl.col("given") == FeedbackMoment.IN_SESSION)
    with st.container(border=True, key="session-questions"):
        st.header(f"What was said: {counted(given.height, 'point')}", anchor=False)
        for (question,), rows in given.group_by("question", maintain_order=True):
            name = str(question or NO_QUESTION)
            with st.expander(f"{escape(name)} ({counted(rows.height, 'point')})", expanded=True):
                st.markdown("\n".join(f"- {escape(text)}" for text in rows["wording"]))
        held = texts.filter((pl.col("kind") == "feedback") & pl.col("is_held_back")).height
        if held:
            are = verb(held, "is", "are")
            st.markdown(f"{counted(held, 'point')} {are} held back until somebody has checked for personal details.")


def _added(points: Result, given: FeedbackMoment, title: str) -> None:
    rows = points.table.filter(pl.col("given") == given)
    if rows.is_empty():
        return
    with st.container(border=True, key=f"session-{given.name.lower()}"):
        st.header(f"{title}: {counted(rows.height, 'point')}", anchor=False)
        about = given == FeedbackMoment.ABOUT_SESSION
        texts = [text if about or not question else f"{text} ({question})" for question, text in _pairs(rows)]
        st.markdown("\n".join(f"- {escape(text)}" for text in texts))


def _pairs(rows: pl.DataFrame) -> list[tuple[str, str]]:
    return list(rows.select("question", "wording").iter_rows())
