"""The filters in one row, the line that says what is shown, and the link to exactly that.

The URL is the only truth: each widget shows what the link says and writes what was chosen into it.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.components import states
from dashboard.context import Context
from dashboard.filters import params_from_selection
from dashboard.wording import ALL_ELEMENTS, escape, showing

_ELEMENT = "filter-element"
_CONVERSATION = "filter-conversation"


def show(context: Context, base: str) -> None:
    """Show the filters, what is shown and on how many it rests (`base`), and a link to copy."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        if len(context.choices.conversations) > 1:
            _conversation(context)
        _element(context)
        with st.popover("Region, staff group, period", key="not-offered"):
            states.not_offered()
        _copy_link(context)
    _shown(context, base)


def _conversation(context: Context) -> None:
    titles = dict(context.choices.conversations)
    st.session_state[_CONVERSATION] = context.selection.conversation
    st.selectbox(
        "Conversation",
        list(titles),
        format_func=titles.__getitem__,
        key=_CONVERSATION,
        on_change=lambda: context.select(conversation=st.session_state[_CONVERSATION]),
        width=360,
    )


def _element(context: Context) -> None:
    everything = ALL_ELEMENTS.capitalize()
    st.session_state[_ELEMENT] = context.selection.element or everything
    st.selectbox(
        "People Promise element",
        [everything, *context.choices.elements],
        key=_ELEMENT,
        on_change=partial(_choose_element, context, everything),
        width=360,
    )


def _choose_element(context: Context, everything: str) -> None:
    chosen = st.session_state[_ELEMENT]
    context.select(element=None if chosen == everything else chosen)


def _copy_link(context: Context) -> None:
    with st.popover("Copy link", key="copy-link"):
        st.markdown("This link shows the same page with the same filters, to anyone who may sign in.")
        st.code(_link(context), language=None, wrap_lines=True)


def _link(context: Context) -> str:
    params = params_from_selection(context.selection, context.choices)
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return f"{st.context.url or ''}{'?' + query if query else ''}"


def _shown(context: Context, base: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="showing"):
        st.markdown(f"**{escape(showing(context.selection, base))}**", width="content")
        if context.selection.element is not None:
            clear = partial(context.select, element=None)
            st.button(f"Remove ‘{context.selection.element}’", on_click=clear, key="remove-element")
            st.button("Clear all filters", on_click=clear, key="clear-filters", type="tertiary")
