"""Saved views: a page with its filters under a name of one's own; opened, renamed and deleted in one place.

A view is a link. What may be seen is decided when it is opened, for whoever opens it and by the release of that day.
"""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard.components import page_links
from dashboard.context import Context
from dashboard.doing import doing
from dashboard.permissions import Right
from dashboard.wording import escape
from data_access.desk import saved_views
from data_access.desk.engine import reading
from data_access.desk.saved_views import LONGEST_NAME, View
from data_access.problems import UserProblem

_NAME: Final = "view-name"
_SAID: Final = "view-said"


def show(context: Context) -> None:
    """Offer to save this page with its filters, and list the reader's own views."""
    with st.popover("Saved views", key="saved-views", type="tertiary"):
        said = st.session_state.pop(_SAID, "")
        if said:
            st.markdown(escape(said))
        with st.form("save-view", border=False):
            st.text_input("Name of this view", key=_NAME, max_chars=LONGEST_NAME)
            st.form_submit_button(
                "Save this page with its filters", on_click=partial(_save, context), key="save-view-now"
            )
        views = _views(context)
        if not views:
            st.markdown("You have saved no views yet. Only you see yours; no numbers are kept, only the filters.")
        for view in views:
            _row(context, view)


def _views(context: Context) -> tuple[View, ...]:
    with reading(context.desk) as connection:
        return saved_views.views_of(connection, context.viewer.user)


def _row(context: Context, view: View) -> None:
    page, _, query = view.link.partition("?")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"view-{view.number}"):
        page_links.with_params(page, escape(view.name), dict(parse_qsl(query)))
        with st.popover("Change", key=f"view-change-{view.number}"):
            key = f"view-rename-{view.number}"
            st.text_input("New name", value=view.name, key=key, max_chars=LONGEST_NAME)
            st.button("Rename", key=f"{key}-now", on_click=partial(_rename, context, view, key))
            st.button("Delete", key=f"view-delete-{view.number}", on_click=partial(_delete, context, view))


def _save(context: Context) -> None:
    query = urlencode(context.params, safe=",")
    link = f"{context.page}{'?' + query if query else ''}"
    try:
        with doing(context.viewer, context.desk, Right.SAVE_VIEWS), context.desk.begin() as connection:
            name = st.session_state.get(_NAME, "")
            view = saved_views.save_view(connection, context.viewer.user, name=name, link=link, now=context.now)
        _say(f"Saved as ‘{view.name}’.")
        st.session_state[_NAME] = ""
    except UserProblem as problem:
        _say(str(problem))


def _rename(context: Context, view: View, key: str) -> None:
    try:
        with doing(context.viewer, context.desk, Right.SAVE_VIEWS), context.desk.begin() as connection:
            saved_views.rename_view(connection, context.viewer.user, view.number, st.session_state.get(key, ""))
        _say("Renamed.")
    except UserProblem as problem:
        _say(str(problem))


def _delete(context: Context, view: View) -> None:
    try:
        with doing(context.viewer, context.desk, Right.SAVE_VIEWS), context.desk.begin() as connection:
            saved_views.delete_view(connection, context.viewer.user, view.number)
        _say(f"Deleted ‘{view.name}’.")
    except UserProblem as problem:
        _say(str(problem))


def _say(words: str) -> None:
    st.session_state[_SAID] = words
