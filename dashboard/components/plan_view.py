"""The plan as at a day, in views: how it stands, how it moves, what it rests on, its report, its editing.

The view and the days stand in the link, so that a view can be sent to somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import streamlit as st

from dashboard.components import cards, plan_days, plan_editor, plan_report_view, states
from dashboard.context import Context
from dashboard.permissions import Right, can
from data_access.problems import BadSelection, NothingThere

VIEW: Final = "view"
STATUS: Final = "status"
RECORD: Final = "record"


def show(context: Context) -> None:
    """Show the view of the plan that the link names, as at its day; or why it cannot be shown."""
    try:
        as_at = plan_days.as_at_of_link(context.today)
        since = plan_days.since_of_link(as_at)
        view = _view_of_link(context)
        context.result("plan_status", as_at=as_at)
    except BadSelection as problem:
        states.bad_selection(str(problem), _everything)
        return
    except NothingThere as problem:
        states.nothing_loaded("The register of actions is not loaded", str(problem))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="plan-choices"):
        plan_days.choose_as_at(as_at, context.today)
        if view == "progress":
            plan_days.choose_since(since, as_at)
        _choose_view(context, view)
    VIEWS[view](context, as_at, since)


def _status(context: Context, as_at: date, _since: date) -> None:
    cards.side_by_side(context, "plan_status", "plan_expected", as_at=as_at)
    cards.below(context, "plan_board", "plan_register", "plan_overdue", as_at=as_at)


def _progress(context: Context, as_at: date, since: date) -> None:
    cards.side_by_side(context, "plan_change", "plan_burn_up", as_at=as_at, since=since)
    cards.below(context, "plan_moves", as_at=as_at, since=since)
    cards.side_by_side(context, "plan_by_theme", "plan_by_owner", as_at=as_at)
    cards.side_by_side(context, "plan_timeline", "plan_milestones", as_at=as_at)


def _evidence(context: Context, as_at: date, _since: date) -> None:
    cards.side_by_side(context, "plan_support", "plan_gaps", as_at=as_at)
    cards.below(context, "plan_links", "plan_themes", "plan_unevidenced", as_at=as_at)


def _report(context: Context, as_at: date, _since: date) -> None:
    plan_report_view.show(context, as_at)
    cards.below(context, "plan_commitments", as_at=as_at)


def _record(context: Context, _as_at: date, _since: date) -> None:
    plan_editor.show(context)


View = Callable[[Context, date, date], None]
VIEWS: Final[Mapping[str, View]] = {
    STATUS: _status,
    "progress": _progress,
    "evidence": _evidence,
    "report": _report,
    RECORD: _record,
}


def _offered(context: Context) -> list[str]:
    """Give the views of a viewer: only those who may change the plan are offered to."""
    return [view for view in VIEWS if view != RECORD or can(context.viewer, Right.CHANGE_PLAN)]


def _view_of_link(context: Context) -> str:
    wanted = st.query_params.get(VIEW, "") or STATUS
    offered = _offered(context)
    if wanted not in offered:
        raise BadSelection(f"The link asks for a view of the plan that is not offered. Views: {', '.join(offered)}.")
    return wanted


def _choose_view(context: Context, view: str) -> None:
    st.session_state["plan-view"] = view
    st.segmented_control(
        "View",
        _offered(context),
        format_func=str.capitalize,
        required=True,
        wrap=True,
        key="plan-view",
        on_change=lambda: st.query_params.update({VIEW: st.session_state["plan-view"]}),
    )


def _everything() -> None:
    plan_days.forget()
    st.query_params.pop(VIEW, None)
