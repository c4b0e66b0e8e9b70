"""Hold two snapshots, or the newest and what is on the pages now, against one another, in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.context import Context
from dashboard.snapshots.comparing import Change, compare
from dashboard.snapshots.figures import from_json
from dashboard.wording import counted, day, escape
from data_access.desk import snapshots as register
from data_access.desk.snapshots import FIGURES, Kept
from data_access.problems import UserProblem


def show(context: Context, kept: Sequence[Kept]) -> None:
    """Offer two snapshots to choose, the two newest at first, and say what changed between them."""
    if len(kept) < 2:
        return
    names = {one.number: f"{one.number}. {one.name} · {day(one.taken_at.date())}" for one in kept}
    with st.container(border=True, key="card-snapshot-compare"):
        st.header("What changed between two snapshots", anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            before = st.selectbox("Earlier", list(names), index=1, format_func=names.__getitem__, key="compare-before")
            after = st.selectbox("Later", list(names), index=0, format_func=names.__getitem__, key="compare-after")
        chosen = {one.number: one for one in kept}
        try:
            _told(changes(context, chosen[before], chosen[after]))
        except UserProblem as problem:
            st.error(escape(str(problem)))


def changes(context: Context, before: Kept, after: Kept) -> list[Change]:
    """Compare two snapshots; raises `Tampered` or `NothingThere` where their files are not whole."""
    old, new = (register.manifest_of(context.home, one) for one in (before, after))
    earlier, later = (from_json(register.file_of(context.home, one, FIGURES)) for one in (before, after))
    return compare(old, new, earlier, later)


def _told(found: Sequence[Change]) -> None:
    if not found:
        st.markdown("Nothing: both say the same.")
        return
    st.markdown(f"{counted(len(found), 'change')}:")
    for title in dict.fromkeys(change.figure for change in found):
        if title:
            st.subheader(escape(title), anchor=False)
        st.markdown("\n".join(f"- {escape(change.said)}" for change in found if change.figure == title))
