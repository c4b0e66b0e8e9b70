"""The files of a card: every export format that takes one result, written when asked for and not before."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import exports
from dashboard.context import Context
from dashboard.permissions import Right, can
from dashboard.results import Result
from dashboard.taking_away import taken


def offer(context: Context, result: Result) -> None:
    """Offer the files of a result to those whose role may take numbers away; tell the others why not."""
    if not can(context.viewer, Right.EXPORT):
        st.markdown(f"The role {context.viewer.role.value} may look at numbers but not take them away.")
        return
    st.markdown("The files hold every row of the table, with the filters used, the definition and the notes.")
    with st.container(horizontal=True):
        stem = exports.file_stem(result)
        for medium in exports.formats_of(result):
            name = f"{stem}.{medium.extension}"
            st.download_button(
                f"Download {medium.key.upper()}",
                data=partial(_file, context, result, medium.key, name),
                file_name=name,
                mime=medium.media_type,
                on_click="ignore",
                key=f"download-{medium.key}-{result.metric.key}",
            )


def _file(context: Context, result: Result, medium: str, name: str) -> bytes:
    make = partial(exports.export, medium, [result])
    return taken(context.viewer, context.desk, Right.EXPORT, name, make, release=context.release.number)
