"""Participation, one view at a time: what happened, where people work, which groups, and more than chance or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from dashboard.components import cards, kpi_row, link_choice, states
from dashboard.context import Context

VIEW: Final = "view"
VIEWS: Final[Mapping[str, str]] = {
    "activity": "What happened",
    "places": "Regions",
    "icbs": "ICBs",
    "groups": "Staff groups",
    "change": "More than chance?",
}
WAITING: Final = "Numbers by ICB wait until the conversation is over"
WAIT_REMEDY: Final = (
    "The first grouped release after its last day has them. Numbers by region and staff group are here already."
)
NOT_CUT: Final = "No figures by region, ICB or staff group have been published"
CUT_REMEDY: Final = (
    "Tables by region, ICB and staff group are cut seldom and with a proof: 'lookforward publish --grouped'. "
    "Participants have to carry a region or a staff group."
)
CHANCE: Final = (
    "Counts go up and down by themselves. An XmR chart draws how far chance alone takes them, the natural process "
    "limits, and picks out what goes beyond. The words **Improved**, **Sustained**, **Deteriorated** and **No change** "
    "are about the newest points; with fewer than ten points nothing is claimed."
)


def show(context: Context) -> None:
    """Show the choice of views and the one that the link names."""
    if not link_choice.is_offered(context, {VIEW: VIEWS}):
        return
    _SHOWN[link_choice.show(context, VIEW, "Show", VIEWS)](context)


def _activity(context: Context) -> None:
    kpi_row.show(context, context.result("conversation_totals"))
    cards.side_by_side(context, "funnel", "activity_by_day")
    cards.side_by_side(context, "activity_by_week", "new_and_returning")
    cards.side_by_side(context, "joiners", "retention")
    cards.below(context, "concentration")
    cards.side_by_side(context, "sessions", "feedback_by_question")


def _places(context: Context) -> None:
    if _is_cut(context, "participants_by_region"):
        cards.side_by_side(context, "participants_by_region_map", "participants_by_region")
    cards.side_by_side(context, "response_rate", "representativeness")


def _icbs(context: Context) -> None:
    if _is_cut(context, "participants_by_icb"):
        cards.below(context, "participants_by_icb")
    cards.side_by_side(context, "response_rate_by_icb", "representativeness_by_icb")


def _groups(context: Context) -> None:
    if _is_cut(context, "participants_by_staff_group"):
        cards.side_by_side(context, "participants_by_staff_group", "participants_by_type")
    cards.side_by_side(context, "response_rate_by_staff_group", "representativeness_by_staff_group")


def _change(context: Context) -> None:
    st.markdown(CHANCE)
    cards.below(context, "xmr_by_day", "xmr_by_week")


def _is_cut(context: Context, metric: str) -> bool:
    """Whether this metric has cells to show; where it has not, say how they come to be."""
    if not context.result(metric).is_empty:
        return True
    waits = metric == "participants_by_icb" and not context.result("participants_by_region").is_empty
    states.nothing_loaded(*(WAITING, WAIT_REMEDY) if waits else (NOT_CUT, CUT_REMEDY))
    return False


_SHOWN: Final[Mapping[str, Callable[[Context], None]]] = {
    "activity": _activity,
    "places": _places,
    "icbs": _icbs,
    "groups": _groups,
    "change": _change,
}
