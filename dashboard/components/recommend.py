"""The analyst's form under the summary report: write a recommendation with its evidence, or withdraw one."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from dashboard.context import Context
from dashboard.doing import doing
from dashboard.permissions import Right, can
from dashboard.wording import escape, shortened
from data_access.desk.recommendations import LONGEST, Evidence, recommend, withdraw
from data_access.problems import UserProblem
from data_access.vocabulary import ELEMENTS, NOT_CODED

SAID: Final = "recommend-said"


def show(context: Context) -> None:
    """Show the form to those who keep the plan; nothing to others."""
    if not can(context.viewer, Right.CHANGE_PLAN):
        return
    with st.container(border=True, key="card-recommend"):
        st.header("Write a recommendation", anchor=False)
        kind, text = st.session_state.pop(SAID, ("", ""))
        if kind:
            (st.success if kind == "done" else st.error)(escape(text))
        _form(context)
        _withdrawing(context)


def _form(context: Context) -> None:
    coded = context.release.table("votes_by_theme", context.selection.conversation).filter(pl.col("name") != NOT_CODED)
    themes = dict(coded.sort("name", "theme").select("theme", "name").rows())
    ideas = dict(context.result("ideas").table.select("idea", "wording").rows())
    actions = [str(number) for number in context.result("plan_register").table["number"]]
    with st.form("recommend", border=False):
        st.text_area("Recommendation", max_chars=LONGEST, key="recommend-text")
        st.multiselect("Themes it rests on", list(themes), format_func=themes.__getitem__, key="recommend-theme")
        st.multiselect("Elements", list(ELEMENTS), key="recommend-element")
        st.multiselect("Ideas", list(ideas), format_func=lambda key: shortened(ideas[key], 90), key="recommend-idea")
        st.multiselect("Actions of the plan that take it up", actions, key="recommend-action")
        st.form_submit_button("Save the recommendation", type="primary", on_click=_save, args=(context,))


def _withdrawing(context: Context) -> None:
    known = dict(context.result("recommendations").table.select("number", "text").rows())
    if not known:
        return
    with st.form("withdraw-recommendation", border=False):
        st.selectbox(
            "Withdraw", list(known), format_func=lambda key: f"{key}. {shortened(known[key], 80)}",
            key="recommend-number",
        )  # fmt: skip
        st.form_submit_button("Withdraw this recommendation", on_click=_withdraw, args=(context,))


def _save(context: Context) -> None:
    state = st.session_state
    chosen = [
        Evidence(kind, str(one))
        for kind in ("theme", "element", "idea", "action")
        for one in state[f"recommend-{kind}"]
    ]
    try:
        with doing(context.viewer, context.desk, Right.CHANGE_PLAN), context.desk.begin() as connection:
            number = recommend(
                connection,
                conversation=context.selection.conversation,
                text=state["recommend-text"],
                evidence=chosen,
                by=context.viewer.user,
                now=context.now,
            )
        state[SAID] = ("done", f"Recommendation {number} is in the report.")
    except UserProblem as problem:
        state[SAID] = ("failed", str(problem))


def _withdraw(context: Context) -> None:
    number = st.session_state["recommend-number"]
    try:
        with doing(context.viewer, context.desk, Right.CHANGE_PLAN), context.desk.begin() as connection:
            withdraw(connection, number, by=context.viewer.user, now=context.now)
        st.session_state[SAID] = ("done", f"Recommendation {number} is withdrawn.")
    except UserProblem as problem:
        st.session_state[SAID] = ("failed", str(problem))
