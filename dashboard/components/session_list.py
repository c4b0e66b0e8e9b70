"""All sessions of a selection as tiles in order of date, and one session at a time."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from dashboard.components import cards, session_page, states
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.results import Result
from dashboard.wording import counted, day, escape
from data_access.vocabulary import slug

SESSION: Final = "session"


def show(context: Context) -> None:
    """Show the tiles and what the sessions left together, or the one session that the link names."""
    sessions = context.result("sessions")
    wanted = st.query_params.get(SESSION, "")
    if wanted:
        points = context.result("session_points")
        session_page.show(context, sessions, points, _known(sessions, wanted), back=_back)
        return
    _tiles(sessions)
    if not sessions.is_empty:
        cards.side_by_side(context, "session_elements", "feedback_by_question")
        cards.below(context, "sessions", "session_points")


def _known(sessions: Result, wanted: str) -> str:
    """Give the session a link names, in any case or as a slug; what nobody knows stays as it is."""
    spelled = {slug(name): name for name in sessions.table["session"]}
    return wanted if wanted in spelled.values() else spelled.get(slug(wanted), wanted)


def _tiles(sessions: Result) -> None:
    if sessions.is_empty:
        st.header("No sessions are published here", anchor=False)
        states.empty(sessions)
        return
    st.header(f"{counted(sessions.table.height, 'session')}, in order of date", anchor=False)
    with st.grid(min_column_width=300, gap="small", key="session-tiles"):
        for place, row in enumerate(sessions.table.iter_rows(named=True), start=1):
            _tile(place, row)


def _tile(place: int, row: dict[str, Any]) -> None:
    when = day(row["held_on"]) if row["held_on"] else "date not recorded"
    about = row["element"] or row["region"] or ""
    with st.container(border=True, gap="xsmall", height="stretch", key=f"session-{place}"):
        st.markdown(f"**{escape(row['title'])}**")
        parts = (when, about, row["kind"] if row["region"] else "", counted(row["points"] or 0, "feedback point"))
        st.markdown(small(escape(" · ".join(part for part in parts if part))))
        label = f"Open session {escape(str(row['session']))}"
        st.button(label, key=f"open-session-{place}", on_click=_open, args=(str(row["session"]),), type="tertiary")


def _open(session: str) -> None:
    st.query_params[SESSION] = session


def _back() -> None:
    st.query_params.pop(SESSION, None)
