"""The plan as at a day: status, board, what is late, and the register; or how to load it.

The day stands in the link like every filter, read strictly: a day that is no day shows no figures.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from dashboard.components import cards, states
from dashboard.context import Context
from dashboard.wording import day
from data_access.desk.plan_dates import PUBLISHED
from data_access.problems import BadSelection, NothingThere

AS_AT: Final = "as-at"


def show(context: Context) -> None:
    """Show the cards of the plan as at the day that the link names, today without one."""
    try:
        as_at = day_from_link(st.query_params.get(AS_AT, ""), context.today)
        context.result("plan_status", as_at=as_at)
    except BadSelection as problem:
        states.bad_selection(str(problem), _today)
        return
    except NothingThere as problem:
        states.nothing_loaded("The register of actions is not loaded", str(problem))
        return
    _choose_day(as_at, context.today)
    cards.side_by_side(context, "plan_status", "plan_timeline", as_at=as_at)
    cards.below(context, "plan_board", "plan_register", as_at=as_at)
    cards.below(context, "plan_overdue", "plan_milestones", "plan_commitments", as_at=as_at)


def day_from_link(text: str, today: date) -> date:
    """Read the day a link names, today for ''.

    Raises `BadSelection` for what is no day and for a day before the plan or after today.
    """
    if not text:
        return today
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        raise BadSelection("The link names a day that is none. Write it as 2026-11-30.") from None
    if not PUBLISHED <= wanted <= today:
        raise BadSelection(
            f"The plan can be shown from {day(PUBLISHED)} to {day(today)}; the link asks for another day."
        )
    return wanted


def _choose_day(as_at: date, today: date) -> None:
    st.session_state["plan-day"] = as_at
    st.date_input(
        "The plan as at",
        min_value=PUBLISHED,
        max_value=today,
        format="DD/MM/YYYY",
        key="plan-day",
        on_change=lambda: _write(st.session_state["plan-day"], today),
        width=240,
    )


def _write(chosen: date | None, today: date) -> None:
    if chosen is None or chosen == today:
        _today()
    else:
        st.query_params[AS_AT] = chosen.isoformat()


def _today() -> None:
    st.query_params.pop(AS_AT, None)
