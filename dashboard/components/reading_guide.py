"""'How to read this': three plain points that a reader can put away for the rest of the visit."""

from __future__ import annotations

import streamlit as st

_PUT_AWAY = "reading-guide-put-away"


def show(points: tuple[str, ...]) -> None:
    """Show the points of a page until they are put away; afterwards offer them again in one small button.

    `points` are sentences of ours, in Markdown; never text that people wrote.
    """
    if st.session_state.get(_PUT_AWAY, False):
        st.button("How to read this", on_click=_set, args=(False,), key="reading-guide-open", type="tertiary")
        return
    with st.container(border=True, key="reading-guide"):
        st.header("How to read this", anchor=False)
        st.markdown("\n".join(f"- {point}" for point in points))
        st.button("Put this away", on_click=_set, args=(True,), key="reading-guide-close")


def _set(value: bool) -> None:
    st.session_state[_PUT_AWAY] = value
