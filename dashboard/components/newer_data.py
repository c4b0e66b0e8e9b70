"""A quiet word that newer data is there. Numbers never change under a reader's eyes: the reader decides when."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.context import Context, read_newest
from data_access.releases.store import current_number

EVERY: int = 30  # seconds; a reader is told within a minute of a release


def show(context: Context) -> None:
    """Watch for a newer release, and say if the one that was read is withdrawn."""
    if context.withdrawn is not None:
        st.warning(
            f"Release {context.withdrawn}, which you were reading, was withdrawn because an import was undone. "
            f"You now see release {context.release.number}."
        )
    _watch(str(context.release.folder.parent), context.release.number)


@st.fragment(run_every=EVERY)
def _watch(folder: str, shown: int) -> None:
    """Look at the pointer, which costs one small file, and offer to move on."""
    current = current_number(Path(folder))
    if current is None or current == shown:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="newer-data"):
        st.markdown(f"**Newer data is available.** You are reading release {shown}; release {current} is current.")
        if st.button("Show the newer data", key="show-newer-data"):
            read_newest()
            st.rerun(scope="app")
