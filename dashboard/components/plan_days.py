"""The days of the plan in the link: as at which it is shown, and since which change is counted.

Read strictly, like every filter: a day that is no day shows no figures.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from dashboard.wording import day
from data_access.desk.plan_dates import PUBLISHED, quarter_before
from data_access.problems import BadSelection

AS_AT: Final = "as-at"
SINCE: Final = "since"


def as_at_of_link(today: date) -> date:
    """Give the day the link shows the plan as at, today without one."""
    return day_from_link(st.query_params.get(AS_AT, ""), today, usual=today)


def since_of_link(as_at: date) -> date:
    """Give the earlier day that changes are counted from, the last quarter end without one."""
    return day_from_link(st.query_params.get(SINCE, ""), as_at, usual=quarter_before(as_at))


def day_from_link(text: str, last: date, *, usual: date) -> date:
    """Read a day of a link, the usual one for ''.

    Raises `BadSelection` for what is no day and for a day before the plan or after `last`.
    """
    if not text:
        return usual
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        raise BadSelection("The link names a day that is none. Write it as 2026-11-30.") from None
    if not PUBLISHED <= wanted <= last:
        raise BadSelection(
            f"The plan can be shown from {day(PUBLISHED)} to {day(last)}; the link asks for another day."
        )
    return wanted


def choose_as_at(as_at: date, today: date) -> None:
    """Let the reader choose the day the plan is shown as at."""
    _choose("The plan as at", AS_AT, as_at, today, usual=today)


def choose_since(since: date, as_at: date) -> None:
    """Let the reader choose the earlier day that changes are counted from."""
    _choose("Change since", SINCE, since, as_at, usual=quarter_before(as_at))


def forget() -> None:
    """Take both days out of the link."""
    st.query_params.pop(AS_AT, None)
    st.query_params.pop(SINCE, None)


def _choose(label: str, name: str, shown: date, last: date, *, usual: date) -> None:
    key = "plan-day" if name == AS_AT else f"plan-{name}"
    st.session_state[key] = shown
    st.date_input(
        label,
        min_value=PUBLISHED,
        max_value=last,
        format="DD/MM/YYYY",
        key=key,
        on_change=partial(_write, name, key, usual),
        width=240,
    )


def _write(name: str, key: str, usual: date) -> None:
    chosen = st.session_state[key]
    if chosen is None or chosen == usual:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen.isoformat()
