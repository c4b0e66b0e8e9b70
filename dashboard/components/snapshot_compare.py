"""Hold two snapshots, or a snapshot and what is on the pages now, against one another, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.components.snapshot_list import is_open_to
from dashboard.context import Context
from dashboard.filters import PARAMETERS, params_from_selection
from dashboard.results import Result
from dashboard.snapshots.comparing import Change, compare
from dashboard.snapshots.figures import Figure, figure_of, from_json
from dashboard.snapshots.taking import facts_of
from dashboard.wording import counted, day, escape
from data_access.desk import snapshots as register
from data_access.desk.engine import reading
from data_access.desk.snapshots import FIGURES, Kept
from data_access.problems import NothingThere, UserProblem

NOW: Final = 0
# The day of the plan and the software's version always move on; on a page that shows today they are no news.
NO_NEWS: Final = ("plan_as_at", "code_version")


@dataclass(frozen=True)
class Open:
    """A snapshot the viewer may open, and whether it has the filters that are set now."""

    kept: Kept
    is_alike: bool


def show(context: Context, kept: Sequence[Kept]) -> None:
    """Offer an earlier snapshot and a later one, or now, to choose; say what changed between them."""
    if not kept:
        return
    names = {one.number: f"{one.number}. {one.name} · {day(one.taken_at.date())}" for one in kept}
    with st.container(border=True, key="card-snapshot-compare"):
        st.header("What changed since a snapshot", anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            before = st.selectbox("Earlier", list(names), format_func=names.__getitem__, key="compare-before")
            later = {NOW: "Now, with the filters above", **names}
            after = st.selectbox("Later", list(later), format_func=later.__getitem__, key="compare-after")
        chosen = {one.number: one for one in kept}
        try:
            found = (
                changes_since(context, chosen[before])
                if after == NOW
                else _changes(context, chosen[before], chosen[after])
            )
        except UserProblem as problem:
            st.error(escape(str(problem)))
        else:
            _told(found)


def kept_for(context: Context) -> list[Open]:
    """Give the snapshots the viewer may open, newest first, each with whether its filters are those set now."""
    with reading(context.desk) as connection:
        kept = [one for one in register.snapshots(connection) if is_open_to(context, one)]
    mine = params_from_selection(context.selection, context.choices)
    return [
        Open(one, {name: one.selection[name] for name in PARAMETERS if name in one.selection} == mine) for one in kept
    ]


def changes_since(context: Context, before: Kept, only: Sequence[str] = ()) -> list[Change]:
    """Compare a snapshot with what the pages show now, in its own figures or in those of them that are named.

    Raises `Tampered` or `NothingThere` where its files are not whole.
    """
    old = register.manifest_of(context.home, before)
    keys = [key for key in old["figures"] if key in only or not only]
    earlier = [figure for figure in _figures(context, before) if figure.key in keys]
    results = [result for key in keys if (result := _now(context, key)) is not None]
    if not results:
        return []
    now = facts_of(results, context.release, context.today)
    same = {name: old.get(name) for name in NO_NEWS}
    return compare(old, {**now, **same}, earlier, [figure_of(result) for result in results])


def _now(context: Context, key: str) -> Result | None:
    try:
        return context.result(key)
    except NothingThere:
        return None


def _changes(context: Context, before: Kept, after: Kept) -> list[Change]:
    old, new = (register.manifest_of(context.home, one) for one in (before, after))
    return compare(old, new, _figures(context, before), _figures(context, after))


def _figures(context: Context, kept: Kept) -> tuple[Figure, ...]:
    return from_json(register.file_of(context.home, kept, FIGURES))


def _told(found: Sequence[Change]) -> None:
    if not found:
        st.markdown("Nothing: both say the same.")
        return
    st.markdown(f"{counted(len(found), 'change')}:")
    for title in dict.fromkeys(change.figure for change in found):
        if title:
            st.subheader(escape(title), anchor=False)
        st.markdown("\n".join(f"- {escape(change.said)}" for change in found if change.figure == title))
