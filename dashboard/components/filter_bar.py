"""The filters in one row; below it the line that says what is shown, with what takes each filter away.

The URL is the only truth: each widget shows what the link says and writes what was chosen into it. Single
choices act at once. Regions, boards, staff groups and weeks are several choices and wait for Apply: until
then they live in the browser, so that picking three regions costs one run and not three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.components import filter_line, states
from dashboard.context import Context
from dashboard.filters import Divisions, Selection, why_not
from dashboard.periods import period_of
from dashboard.wording import ALL_ELEMENTS, short_day

_ELEMENT: Final = "filter-element"
_CONVERSATION: Final = "filter-conversation"
_REGION: Final = "filter-region"
_ICB: Final = "filter-icb"
_STAFF: Final = "filter-staff-group"
_TYPE: Final = "filter-participant-type"
_FROM: Final = "filter-from"
_TO: Final = "filter-to"
_SAID: Final = "filters-as-the-link-said"
_REFUSED: Final = "filters-refused"
# Pixels that let all of it stand in one row of a window of 1,280; on less it wraps.
ROOM: Final = {"element": 200, "conversation": 260, _REGION: 190, _ICB: 260, _STAFF: 155, _TYPE: 260, "week": 104}


def show(context: Context, base: str) -> None:
    """Show the filters, what is shown and on how many it rests (`base`), and a link to copy."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        if len(context.choices.conversations) > 1:
            _conversation(context)
        _element(context)
        _divisions(context)
    _combinations(context)
    filter_line.show(context, base)


def _conversation(context: Context) -> None:
    titles = dict(context.choices.conversations)
    st.session_state[_CONVERSATION] = context.selection.conversation
    st.selectbox(
        "Conversation",
        list(titles),
        format_func=titles.__getitem__,
        key=_CONVERSATION,
        on_change=partial(_choose_conversation, context),
        width=ROOM["conversation"],
    )


def _choose_conversation(context: Context) -> None:
    """Turn to another conversation; places and weeks belong to the one they were chosen in."""
    chosen = st.session_state[_CONVERSATION]
    context.select(conversation=chosen, regions=(), icbs=(), staff_groups=(), participant_types=(), period=None)


def _element(context: Context) -> None:
    everything = ALL_ELEMENTS.capitalize()
    st.session_state[_ELEMENT] = context.selection.element or everything
    st.selectbox(
        "People Promise element",
        [everything, *context.choices.elements],
        key=_ELEMENT,
        on_change=partial(_choose_element, context, everything),
        width=ROOM["element"],
    )


def _choose_element(context: Context, everything: str) -> None:
    chosen = st.session_state[_ELEMENT]
    context.select(element=None if chosen == everything else chosen)


def _divisions(context: Context) -> None:
    """Offer what this conversation can be divided by, or say why there is nothing to choose."""
    offered = context.choices.divided(context.selection.conversation)
    is_cut = bool(offered.regions or offered.boards or offered.staff_groups)
    if not is_cut:
        with st.popover("Region, ICB, staff group", key="not-offered"):
            states.not_offered(offered.reason)
    if not is_cut and not offered.weeks:
        return
    _follow_the_link(context)
    with (
        st.form("filters-of-several", border=False, width="content"),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters-of-several"),
    ):
        if is_cut:
            _places(context.selection, offered)
        if offered.weeks:
            _weeks(context.selection, offered)
        st.form_submit_button("Apply", type="primary", on_click=partial(_apply, context), key="apply-filters")


def _follow_the_link(context: Context) -> None:
    """Have the widgets say what the link says; what was picked and not yet applied stays until the link changes."""
    selection = context.selection
    is_there = all(key in st.session_state for key in _drawn(context))
    if st.session_state.get(_SAID) == selection and is_there:
        return
    period = selection.period
    st.session_state[_SAID] = selection
    st.session_state[_REGION] = list(selection.regions)
    st.session_state[_ICB] = list(selection.icbs)
    st.session_state[_STAFF] = list(selection.staff_groups)
    st.session_state[_TYPE] = list(selection.participant_types)
    st.session_state[_FROM] = period.first if period else None
    st.session_state[_TO] = period.weeks[-1] if period else None


def _drawn(context: Context) -> tuple[str, ...]:
    offered = context.choices.divided(context.selection.conversation)
    is_cut = bool(offered.regions or offered.boards or offered.staff_groups)
    places = (_REGION, _ICB, _STAFF) if is_cut else ()
    types = (_TYPE,) if is_cut and offered.participant_types else ()
    return (*places, *types, *((_FROM, _TO) if offered.weeks else ()))


def _places(selection: Selection, offered: Divisions) -> None:
    within = [board for board in offered.boards if not selection.regions or board.region in selection.regions]
    names = {board.code: board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board") for board in within}
    types, groups = bool(selection.participant_types), bool(selection.staff_groups)
    _several("Region", offered.regions, _REGION, "All regions")
    is_off = bool(selection.icbs or selection.period) or types
    _several("Staff group", offered.staff_groups, _STAFF, "All groups", is_off=is_off)
    with st.popover("More", key="more-filters"):
        _several("ICB", list(names), _ICB, "All ICBs", names, is_off=groups or types)
        if offered.participant_types:
            is_off = bool(selection.icbs or selection.period) or groups
            _several("Participant type", offered.participant_types, _TYPE, "All types", is_off=is_off)


def _several(
    label: str,
    choices: Sequence[str],
    key: str,
    nothing: str,
    names: dict[str, str] | None = None,
    *,
    is_off: bool = False,
) -> None:
    st.multiselect(
        label,
        choices,
        format_func=names.__getitem__ if names else str,
        key=key,
        placeholder=nothing,
        disabled=is_off,
        select_all=False,
        # A box that grows and shrinks would move Apply away from under the pointer that presses it.
        wrap=False,
        width=ROOM[key],
    )


def _weeks(selection: Selection, offered: Divisions) -> None:
    is_off = bool(selection.staff_groups or selection.participant_types)
    options: dict[str, Any] = {"options": list(offered.weeks), "index": None, "disabled": is_off, "width": ROOM["week"]}
    st.selectbox("From week of", key=_FROM, format_func=short_day, placeholder="First", **options)
    st.selectbox("To week of", key=_TO, format_func=short_day, placeholder="Last", **options)


def _apply(context: Context) -> None:
    """Write what was picked into the link; a combination that no table can answer is refused and said."""
    offered = context.choices.divided(context.selection.conversation)
    regions, codes = _picked(_REGION), _picked(_ICB)
    lies_in = {board.code: board.region for board in offered.boards}
    first, last = st.session_state.get(_FROM), st.session_state.get(_TO)
    wanted: dict[str, Any] = {
        "regions": regions,
        "icbs": tuple(code for code in codes if not regions or lies_in[code] in regions),
        "staff_groups": _picked(_STAFF),
        "participant_types": _picked(_TYPE),
        "period": None,
    }
    reason = ""
    if first or last:
        wanted["period"] = period_of(first or offered.weeks[0], last or offered.weeks[-1])
        reason = (
            "" if wanted["period"].weeks else "The last week lies before the first. Choose them the other way round."
        )
    reason = reason or why_not(Selection(context.selection.conversation, **wanted))
    if reason:
        st.session_state[_REFUSED] = reason
    else:
        context.select(**wanted)


def _picked(key: str) -> tuple[str, ...]:
    return tuple(st.session_state.get(key) or ())


def _combinations(context: Context) -> None:
    """Say why a filter cannot be used now, and what was refused; what was picked stays, to be mended."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.warning(refused)
        return
    selection = context.selection
    beside = (
        {"icbs": ("",)},
        {"staff_groups": ("",)},
        {"participant_types": ("",)},
        {"period": period_of(context.today, context.today)},
    )
    reasons = [why_not(replace(selection, **one)) for one in beside if not getattr(selection, next(iter(one)))]
    for reason in dict.fromkeys(reason for reason in reasons if reason):
        states.cannot_combine(reason)
