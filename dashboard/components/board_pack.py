"""The board pack: the figures of the Overview and of the page that is open, with the filters set, as one file."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard import exports
from dashboard.context import Context
from dashboard.permissions import Right, can
from dashboard.taking_away import taken
from dashboard.wording import describe, escape

FIRST: Final = "overview"
MEDIA: Final = {"pdf": "PDF", "pptx": "PowerPoint", "pack": "All formats (ZIP)"}


def show(context: Context) -> None:
    """Offer the pack to those who may take numbers away, and make it when asked; tell the others why not."""
    if not context.figure_pages:
        return
    with st.popover("Board pack", key="board-pack", type="tertiary"):
        if not can(context.viewer, Right.EXPORT):
            st.markdown(f"The role {context.viewer.role.value} may look at numbers but not take them away.")
            return
        titles = " and ".join(page.title for page in context.figure_pages if page.url in _pages(context))
        st.markdown(
            f"The figures of {escape(titles)} for {escape(describe(context.selection))}, each with its table, notes "
            "and definition. A file takes some seconds to make."
        )
        stem = exports.file_stem(context.result("conversation_totals"), what="board-pack")
        with st.container(horizontal=True):
            for medium, label in MEDIA.items():
                _offer(context, medium, label, stem)


def _pages(context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys((FIRST, context.page)))


def _offer(context: Context, medium: str, label: str, stem: str) -> None:
    record = exports.format_named(medium)
    name = f"{stem}.{record.extension}"
    st.download_button(
        label,
        data=partial(_file, context, medium, name),
        file_name=name,
        mime=record.media_type,
        on_click="ignore",
        key=f"board-pack-{medium}",
    )


def _file(context: Context, medium: str, name: str) -> bytes:
    def make() -> bytes:
        return exports.export(medium, context.figures_of(_pages(context)))

    return taken(context.viewer, context.desk, Right.EXPORT, name, make, release=context.release.number)
