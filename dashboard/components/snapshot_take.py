"""Take a snapshot of pages with the filters that are set, or the same pages as files without keeping them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import exports
from dashboard.context import Context
from dashboard.doing import doing
from dashboard.permissions import Right, can
from dashboard.snapshots.taking import USUAL, Wish, take
from dashboard.wording import describe, escape
from data_access.desk.snapshots import Kept
from data_access.problems import UserProblem

SAID: Final = "snapshot-said"
PICTURES: Final = frozenset(medium.key for medium in exports.FORMATS if medium.is_picture)


@dataclass(frozen=True)
class Choice:
    """What the form says."""

    name: str
    pages: tuple[str, ...]
    formats: tuple[str, ...]


def show(context: Context) -> None:
    """Show the form, or why there is none."""
    with st.container(border=True, key="card-snapshot-take"):
        st.header("Take a snapshot", anchor=False)
        if not can(context.viewer, Right.EXPORT):
            st.markdown(f"The role {context.viewer.role.value} may open snapshots but not take them.")
            return
        st.markdown(
            f"Of release {context.release.number}: {escape(describe(context.selection))}. Filters are set above."
        )
        _form(context)
        kind, text = st.session_state.pop(SAID, ("", ""))
        if kind:
            (st.success if kind == "done" else st.error)(escape(text))


def _form(context: Context) -> None:
    titles = {page.url: page.title for page in context.figure_pages}
    formats = [medium.key for medium in exports.FORMATS if medium.key not in PICTURES]
    named = {medium.key: medium.title for medium in exports.FORMATS}
    with st.form("take-snapshot", border=False):
        name = st.text_input("What it is for", placeholder="Board, March 2027", max_chars=120, key="snapshot-name")
        chosen = st.pills(
            "Pages", list(titles), format_func=titles.__getitem__, selection_mode="multi", default=list(titles)[:1],
            key="snapshot-pages",
        )  # fmt: skip
        media = st.pills(
            "Files", formats, format_func=named.__getitem__, selection_mode="multi", default=list(USUAL),
            key="snapshot-formats",
        )  # fmt: skip
        if st.form_submit_button("Take the snapshot", type="primary"):
            _take(context, Choice(name, tuple(chosen), tuple(media)))


def _told(bar: DeltaGenerator, step: str, done: int, total: int) -> None:
    bar.progress(done / total, text=f"Making: {step} …")


def _take(context: Context, choice: Choice) -> None:
    """Build the files, saying which one is being made, and keep them."""
    bar = st.progress(0.0, text="Working the figures out …")
    try:
        kept, figures = _kept(context, choice, partial(_told, bar))
        st.session_state[SAID] = ("done", f"Snapshot {kept.number} is kept: {figures} figures.")
    except UserProblem as problem:
        st.session_state[SAID] = ("failed", str(problem))
    st.rerun()


def _kept(context: Context, choice: Choice, progress: exports.Progress) -> tuple[Kept, int]:
    """Take what was chosen; give the snapshot and how many figures it holds."""
    with doing(context.viewer, context.desk, Right.EXPORT):
        results = context.figures_of(choice.pages)
        wish = Wish(
            name=choice.name,
            pages=choice.pages,
            formats=choice.formats,
            params=context.params,
            plan_as_at=context.today,
            role=context.viewer.role.value,
            regions=context.viewer.regions,
            taken_by=context.viewer.user,
        )
        kept = take(
            wish,
            results,
            desk=context.desk,
            home=context.home,
            release=context.release,
            now=context.now,
            progress=progress,
        )
        return kept, len(results)
