"""What only their sender can say about files: the conversation, the session, how dates are meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard.components import data_upload
from dashboard.office import Office
from data_access.tray.reviews import Review

DATES: Final[Mapping[str, str]] = {
    "": "as the file tells",
    "uk": "3 April (day first)",
    "us": "4 March (month first)",
}


def show(office: Office, review: Review) -> None:
    """Offer the questions, open where one must be answered; the files are looked through again with the answers."""
    with (
        st.expander("What only you can say about these files", expanded=bool(review.asks), key="delivery-said"),
        st.form("delivery-options", border=False),
    ):
        said = _answers(review)
        if st.form_submit_button("Look again"):
            data_upload.look_through(office, review.token, **said)
            st.rerun()


def _answers(review: Review) -> dict[str, str]:
    options, mark = review.options, f"said-{review.token[:8]}"
    conversation = st.text_input(
        "Conversation they belong to", value=review.conversation, key=f"{mark}-conversation", max_chars=60
    )
    session = st.text_input(
        "Session the notes or answers belong to (its id)",
        value=options.get("session", ""),
        key=f"{mark}-session",
        max_chars=120,
    )
    dates = st.radio(
        "What 03/04/2022 means in these files",
        list(DATES),
        index=list(DATES).index(options.get("dates", "")),
        format_func=DATES.__getitem__,
        horizontal=True,
        key=f"{mark}-dates",
    )
    strict = st.checkbox(
        "Hide posts that no moderator has looked at", value=bool(options.get("strict")), key=f"{mark}-strict"
    )
    return {"conversation": conversation, "session": session, "dates": dates or "", "strict": "yes" if strict else ""}
