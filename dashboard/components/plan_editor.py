"""Record progress on one action: status, note, milestone, evidence, undo; for those who may change the plan.

What a button saves goes to the version of the action that was on screen when it was pressed: if somebody was
quicker, nothing is saved and the editor reads what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.components import plan_forms
from dashboard.components.small_print import small
from dashboard.context import LONDON, Context
from dashboard.doing import doing
from dashboard.permissions import Right, check
from dashboard.status_words import told
from dashboard.wording import escape, moment
from data_access.desk.plan import Edit, history, plan_as_at, undo_newest
from data_access.problems import UserProblem

ASKED: Final = "plan-asked"
SAID: Final = "plan-said"
Work = Callable[[Edit], str]
FORMS: Final = {
    "Status": plan_forms.status,
    "Note": plan_forms.note,
    "Milestone": plan_forms.milestone,
    "Evidence": plan_forms.evidence,
}


def show(context: Context) -> None:
    """Show one action as it stands today, the forms that change it, and everything recorded about it."""
    check(context.viewer, Right.CHANGE_PLAN)
    _save(context)
    plan = plan_as_at(context.desk, context.today)
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan-edit-choice"):
        number = st.selectbox("Action to change", plan.actions["number"].to_list(), key="plan-edit-action", width=240)
        what = st.segmented_control(
            "What to record", list(FORMS), default="Status", required=True, key="plan-edit-what", wrap=True
        )
    row = plan.actions.row(by_predicate=pl.col("number") == number, named=True)
    _said()
    with st.container(border=True, key="plan-edit"):
        st.header(f"Action {number}: {told(row['status'], context.labels)}", anchor=False)
        st.markdown(small(escape(_stands(row))))
        FORMS[what or "Status"](plan, row, _asking(context, row))
    _history(context, row)


def _stands(row: dict[str, Any]) -> str:
    wording = row["wording"] or "wording not loaded"
    parts = [wording, f"as at {row['as_at']:%d %B %Y}" if row["as_at"] else "", row["reason"], row["note"]]
    expected = f"expected by {row['expected_by']:%d %B %Y}: {row['expected_status']}" if row["expected_status"] else ""
    return " · ".join(part for part in (*parts, expected) if part)


def _asking(context: Context, row: dict[str, Any]) -> plan_forms.Save:
    """Give what a form's button calls: it notes what is asked for, and of which version of the action.

    Nothing is saved yet. Streamlit calls buttons before the visit is looked up again, so an account that was
    disabled a moment ago would save once more; `_save` runs after that look.
    """

    def ask(work: Work) -> None:
        st.session_state[ASKED] = (row["number"], row["version"], work)

    return plan_forms.Save(context, ask)


def _save(context: Context) -> None:
    """Do what the last press asked for, against the version that was on screen then; remember what to say."""
    if ASKED not in st.session_state:
        return
    number, version, work = st.session_state.pop(ASKED)
    edit = Edit(number, context.viewer.user, context.now.astimezone(LONDON), version)
    try:
        with doing(context.viewer, context.desk, Right.CHANGE_PLAN):
            st.session_state[SAID] = (True, work(edit))
    except UserProblem as problem:
        st.session_state[SAID] = (False, str(problem))


def _said() -> None:
    """Say what became of the last press, once; refusals are told line by line."""
    is_saved, text = st.session_state.pop(SAID, (True, ""))
    if text and is_saved:
        st.success(escape(text))
    elif text:
        with st.container(border=True, key="plan-refused"):
            st.markdown("**Not saved**")
            for line in text.splitlines():
                st.text(line)


def _history(context: Context, row: dict[str, Any]) -> None:
    recorded = history(context.desk, row["number"])
    newest = recorded.filter(pl.col("version") == row["version"])
    with st.container(border=True, key="plan-history"):
        st.header("Everything recorded about it", anchor=False)
        if row["version"] > 1 and newest.height:
            st.button(
                f"Undo the newest edit, by {escape(newest['recorded_by'].item(0))}",
                on_click=_asking(context, row).ask,
                args=(lambda edit: _undone(context, edit),),
                key="plan-undo",
            )
        told_rows = recorded.reverse()
        st.table(
            {
                "Recorded": [moment(at.astimezone(LONDON)) for at in told_rows["recorded_at"]],
                "By": [escape(by) for by in told_rows["recorded_by"]],
                "What": [escape(kind) for kind in told_rows["kind"]],
                "Says": [escape(says) for says in told_rows["says"]],
            },
            hide_index=True,
            border="horizontal",
            alt=f"Table: everything recorded about action {row['number']}",
        )


def _undone(context: Context, edit: Edit) -> str:
    undo_newest(context.desk, edit)
    return f"Action {edit.number} stands as it did before its newest edit. Undo again to restore it."
