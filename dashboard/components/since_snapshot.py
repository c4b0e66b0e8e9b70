"""What changed since the last snapshot, in words, on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard.components import page_links
from dashboard.components.small_print import small
from dashboard.components.snapshot_compare import changes_since, kept_for
from dashboard.context import Context
from dashboard.permissions import Right, can
from dashboard.snapshots.comparing import Change
from dashboard.wording import counted, day, describe, escape, verb
from data_access.desk.snapshots import Kept
from data_access.problems import UserProblem

SHOWN: Final = 5
PAGE: Final = "snapshots"


def show(context: Context, figures: Sequence[str]) -> None:
    """Hold the newest snapshot of the same filters against what is shown now, in these figures of a page."""
    kept = kept_for(context)
    same = next((one for one in kept if one.is_alike), None)
    with st.container(border=True, key="card-since-snapshot"):
        if same is not None:
            _since(context, same.kept, figures)
        elif kept:
            st.header("No snapshot of this selection yet", anchor=False)
            newest = kept[0].kept
            st.markdown(
                f"Snapshot {newest.number}, {escape(newest.name)} of {day(newest.taken_at.date())}, has other filters "
                f"than {escape(describe(context.selection))}."
            )
        else:
            st.header("No snapshot to compare with yet", anchor=False)
            told = "Take one, and" if can(context.viewer, Right.EXPORT) else "Once one is taken,"
            st.markdown(f"{told} what changes after it will be told here in words: numbers, ranks and statuses.")
        page_links.to(context, PAGE, "Snapshots")


def _since(context: Context, kept: Kept, figures: Sequence[str]) -> None:
    try:
        found = changes_since(context, kept, figures)
    except UserProblem as problem:
        st.header(f"Snapshot {kept.number} cannot be compared", anchor=False)
        st.markdown(escape(str(problem)))
        return
    taken = f"snapshot {kept.number} of {day(kept.taken_at.date())}"
    if not found:
        st.header(f"Nothing on this page changed since {taken}", anchor=False)
    else:
        st.header(f"{counted(len(found), 'change')} on this page since {taken}", anchor=False)
        st.markdown("\n".join(f"- {escape(_sentence(change))}" for change in found[:SHOWN]))
        left = len(found) - SHOWN
        if left > 0:
            st.markdown(f"{counted(left, 'more change')} {verb(left, 'is', 'are')} told on the page of the snapshots.")
    st.markdown(small(f"Snapshot {kept.number} is kept as ‘{escape(kept.name)}’, with the same filters."))


def _sentence(change: Change) -> str:
    return f"{change.figure}: {change.said}" if change.figure else change.said
