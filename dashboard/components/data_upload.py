"""Where files come in: they go to the inbox in pieces and are never read by this process."""

from __future__ import annotations

import secrets
from typing import Final

import streamlit as st

from dashboard.asking import ask
from dashboard.doing import doing
from dashboard.office import Office
from dashboard.permissions import Right
from data_access.problems import UserProblem
from data_access.tray.inbox import receive
from data_access.tray.places import throw_away

PARAMETER: Final = "delivery"
PREVIEW: Final = "preview import"
_TURN: Final = "delivery-turn"
_PROBLEM: Final = "delivery-problem"


def show(office: Office) -> None:
    """Offer to bring files; what they would do is looked at as soon as they are here."""
    turn = st.session_state.get(_TURN, 0)
    st.header("Bring files", anchor=False)
    st.markdown(
        "Put in everything that belongs together at once: the files of a Polis, Decidim, Go Vocal or Your Priorities "
        "export, a Microsoft Forms workbook, notes of a session, or tables of the template. They are recognised by "
        "their columns, whatever they are called. **Nothing is loaded before you have seen what it would do.**"
    )
    st.file_uploader(
        "Files to look through",
        accept_multiple_files=True,
        key=f"files-{turn}",
        on_change=_take,
        args=(office, f"files-{turn}"),
        help="Up to 25 MB a file. Larger ones go in with the command lookforward import.",
    )
    if said := st.session_state.pop(_PROBLEM, ""):
        st.error(said)


def token() -> str:
    """Give the delivery the page is about, '' for none."""
    return st.query_params.get(PARAMETER, "")


def let_go(office: Office, delivery: str) -> None:
    """Throw a delivery away, its files and what was found in them."""
    with doing(office.viewer, office.desk, Right.PROPOSE_DATA):
        throw_away(office.home, delivery)
    forget()


def forget() -> None:
    """Leave a delivery; what is left of it expires by itself."""
    if PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def look_through(office: Office, delivery: str, **said: str) -> None:
    """Ask the worker what a delivery would do; `said` is what its sender said about it."""
    ask(office, Right.PROPOSE_DATA, PREVIEW, {"token": delivery, **said}, scope="files that were sent")


def _take(office: Office, key: str) -> None:
    """Move what was dropped into the inbox and give the uploader back empty, so that its memory is free."""
    files = st.session_state.get(key) or []
    if not files:
        return
    delivery = secrets.token_hex(16)
    try:
        with doing(office.viewer, office.desk, Right.PROPOSE_DATA):
            receive(office.home, delivery, [(file.name, file) for file in files])
        look_through(office, delivery)
    except UserProblem as problem:
        st.session_state[_PROBLEM] = str(problem)
    else:
        st.query_params[PARAMETER] = delivery
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
