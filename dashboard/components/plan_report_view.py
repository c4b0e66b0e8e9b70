"""The board report of the plan on the page: the bytes that `lookforward plan show` prints, to read or take away."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.permissions import Right, can
from dashboard.plan_report import board_report
from dashboard.taking_away import taken
from dashboard.wording import day
from data_access.desk.plan import plan_as_at


def show(context: Context, as_at: date) -> None:
    """Show the report as at a day, and offer it as a file to those who may take numbers away."""
    report = board_report(plan_as_at(context.desk, as_at), context.labels)
    with st.container(border=True, key="board-report"):
        st.header(f"Board report as at {day(as_at)}", anchor=False)
        st.markdown(small("Statuses recorded later for other days do not change it. Words and shapes tell the status."))
        if can(context.viewer, Right.EXPORT):
            name = f"plan-{as_at.isoformat()}.txt"
            st.download_button(
                "Download the report",
                data=partial(taken, context.viewer, context.desk, Right.EXPORT, name, f"{report}\n".encode),
                file_name=name,
                mime="text/plain; charset=utf-8",
                on_click="ignore",
                key="download-report",
            )
        st.code(report, language=None, wrap_lines=True)
