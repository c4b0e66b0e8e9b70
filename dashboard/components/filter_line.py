"""What is shown in one line: each filter with a button that takes it away; link, saved views and board pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.components import board_pack, saved_views
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.filters import Selection
from dashboard.wording import describe, escape, showing, span
from data_access.reference.places import icb_name
from data_access.vocabulary import slug


def show(context: Context, base: str) -> None:
    """Say what is shown and on how many it rests, and offer to take filters away, to copy the link, to save it."""
    selection = context.selection
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="showing"):
        st.markdown(f"**{escape(showing(selection, base))}**", width="content")
        for key, label, change in removals(selection):
            st.button(f"Remove ‘{escape(label)}’", on_click=partial(context.select, **change), key=f"remove-{key}")
        if list(removals(selection)):
            st.button("Clear all filters", on_click=partial(_clear, context), key="clear-filters", type="tertiary")
        _to_take_along(context)


def without_filters(context: Context) -> None:
    """Say on a page that no filter changes that none does, that those set are kept, and offer link, views and pack."""
    is_bare = context.selection.is_everything
    also = "" if is_bare else f" Your filters ({escape(describe(context.selection))}) are kept for the other pages."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="showing"):
        st.markdown(small(f"No filter changes this page.{also}"), width="content")
        _to_take_along(context)


def _to_take_along(context: Context) -> None:
    _copy_link(context)
    saved_views.show(context)
    board_pack.show(context)


def removals(selection: Selection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give each filter that is set: the key of its button, what it is called, the change that takes it away."""
    if selection.element is not None:
        yield "element", selection.element, {"element": None}
    for region in selection.regions:
        yield f"region-{slug(region)}", region, {"regions": _without(selection.regions, region)}
    for code in selection.icbs:
        yield f"icb-{slug(code)}", icb_name(code) or code, {"icbs": _without(selection.icbs, code)}
    for group in selection.staff_groups:
        yield f"staff-group-{slug(group)}", group, {"staff_groups": _without(selection.staff_groups, group)}
    for name in selection.participant_types:
        change = {"participant_types": _without(selection.participant_types, name)}
        yield f"participant-type-{slug(name)}", name, change
    if selection.period is not None:
        yield "period", span(selection.period), {"period": None}


def link_of(context: Context) -> str:
    """Give the link to exactly this page with its filters and its own parameters, absolute."""
    query = urlencode(context.params, safe=",")
    return f"{st.context.url or ''}{'?' + query if query else ''}"


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _clear(context: Context) -> None:
    nothing = replace(Selection(context.selection.conversation))
    names = ("element", "regions", "icbs", "staff_groups", "participant_types", "period")
    context.select(**{name: getattr(nothing, name) for name in names})


def _copy_link(context: Context) -> None:
    with st.popover("Copy link", key="copy-link", type="tertiary"):
        st.markdown("This link shows the same page with the same filters, to anyone who may sign in.")
        st.code(link_of(context), language=None, wrap_lines=True)
