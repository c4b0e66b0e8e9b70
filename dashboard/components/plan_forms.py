"""The four forms of the plan's editor. Each reads what was typed when its button is pressed, and saves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.context import Context
from data_access.desk.plan import (
    Edit,
    PlanAsAt,
    set_evidence,
    set_milestone,
    set_note,
    set_status,
    withdraw_evidence,
    withdraw_milestone,
)
from data_access.desk.plan_checks import EVIDENCE_KINDS, FIRST_DAY, RESPONSES
from data_access.desk.plan_rules import year_end
from data_access.problems import UserProblem
from data_access.vocabulary import ActionStatus, StatusReason

NOTHING: Final = "–"
NEW: Final = "A new one"
LONGEST_NOTE: Final = 500  # a note is read in a table beside eleven columns; a longer story belongs in a paper


@dataclass(frozen=True)
class Save:
    """Where edits go, and what a button calls to ask for one. `ask` is given what saves and says what it saved."""

    context: Context
    ask: Callable[[Callable[[Edit], str]], None]


def status(plan: PlanAsAt, row: dict[str, Any], save: Save) -> None:
    """Ask for a status, the day it is about, its reason, a note, and what is expected at the year's end."""
    words = [word.value for word in ActionStatus]
    key = _keys("status", row)
    with st.form(key("form"), border=False):
        now = words.index(row["status"]) if row["status"] in words else None
        st.selectbox("Status", words, index=now, key=key("word"), width=280, placeholder="Choose a status")
        st.date_input("On the day", plan.day, min_value=FIRST_DAY, max_value=plan.day, format="DD/MM/YYYY",
                      key=key("day"), width=280)  # fmt: skip
        st.selectbox("Reason, if it cannot show more", [NOTHING, *map(str, StatusReason)], key=key("reason"), width=280)
        until = f"{year_end(plan.day):%d %B %Y}"
        st.selectbox(f"Expected by {until}, the year's end", [NOTHING, *words], key=key("expected"), width=280)
        st.text_area("Note", row["note"] or "", key=key("note"), max_chars=LONGEST_NOTE)
        st.form_submit_button(
            "Record the status", type="primary", on_click=save.ask, args=(partial(_status, key, save),)
        )


def note(_plan: PlanAsAt, row: dict[str, Any], save: Save) -> None:
    """Ask for another note to the newest status."""
    key = _keys("note", row)
    with st.form(key("form"), border=False):
        st.text_area("Note to the newest status; empty takes it away", row["note"] or "", key=key("text"),
                     max_chars=LONGEST_NOTE)  # fmt: skip
        st.form_submit_button("Save the note", type="primary", on_click=save.ask, args=(partial(_note, key, save),))


def milestone(plan: PlanAsAt, row: dict[str, Any], save: Save) -> None:
    """Ask which milestone, and for its words, its date as stated and the day it was reached."""
    own = plan.milestones.filter(pl.col("action") == row["number"])
    key = _keys("milestone", row)
    chosen = st.selectbox("Milestone", [NEW, *own["milestone"]], key=key("which"), width=280)
    known = own.row(by_predicate=pl.col("milestone") == chosen, named=True) if chosen not in (None, NEW) else {}
    key = _keys(f"milestone-{chosen}", row)
    with st.form(key("form"), border=False):
        st.text_input("What will have happened", known.get("text") or "", key=key("text"))
        st.text_input("Due, as stated: 'by March 2027', 'from 2028'", known.get("due_stated") or "", key=key("due"))
        st.date_input("Reached on, if it was", known.get("reached_on"), min_value=FIRST_DAY, max_value=plan.day,
                      format="DD/MM/YYYY", key=key("reached"), width=280)  # fmt: skip
        st.form_submit_button(
            "Save the milestone",
            type="primary",
            on_click=save.ask,
            args=(partial(_milestone, key, save, known.get("milestone") or ""),),
        )
    if known:
        name = str(known["milestone"])
        st.button("Withdraw this milestone", on_click=save.ask, args=(partial(_no_milestone, save, name),),
                  key=key("withdraw"))  # fmt: skip


def evidence(plan: PlanAsAt, row: dict[str, Any], save: Save) -> None:
    """Ask what the action rests on, by public id, and what became of it."""
    own = plan.evidence.filter(pl.col("action") == row["number"])
    names = {f"{link['kind']} {link['item']}": link for link in own.iter_rows(named=True)}
    chosen = st.selectbox("Link", [NEW, *names], key=_keys("evidence", row)("which"), width=360)
    known = names.get(chosen or NEW, {})
    key = _keys(f"evidence-{chosen}", row)
    with st.form(key("form"), border=False):
        if not known:
            st.selectbox("Kind", EVIDENCE_KINDS, key=key("kind"), width=280)
            st.text_input("Public id of the theme, idea, feedback point or session", key=key("item"), width=360)
        answers = [NOTHING, *RESPONSES]
        at = answers.index(known.get("response") or NOTHING)
        st.selectbox("Answer: you said, we did", answers, index=at, key=key("response"), width=280)
        st.text_area("What was done, or why it cannot be", known.get("response_text") or "", key=key("text"),
                     max_chars=LONGEST_NOTE)  # fmt: skip
        st.form_submit_button("Save the link", type="primary", on_click=save.ask,
                              args=(partial(_evidence, key, save, known),))  # fmt: skip
    if known:
        st.button("Withdraw this link", on_click=save.ask, args=(partial(_no_evidence, save, known),),
                  key=key("withdraw"))  # fmt: skip


Keys = Callable[[str], str]


def _keys(what: str, row: dict[str, Any]) -> Keys:
    """Name the fields of a form by action and version, so that a saved edit begins a fresh form."""
    return lambda field: f"plan-{what}-{row['number']}-{row['version']}-{field}"


def _typed(key: Keys, field: str) -> Any:
    value = st.session_state.get(key(field))
    return None if value == NOTHING else value


def _status(key: Keys, save: Save, edit: Edit) -> str:
    word, expected, reason = (_typed(key, field) for field in ("word", "expected", "reason"))
    if word is None:
        raise UserProblem("Choose a status first.")
    day: date = _typed(key, "day") or edit.today
    set_status(
        save.context.desk,
        edit.number,
        status=ActionStatus(word),
        reason=StatusReason(reason) if reason else None,
        note=_typed(key, "note") or "",
        as_at=day,
        recorded_by=edit.recorded_by,
        now=edit.now,
        expected_version=edit.expected_version,
        expected_status=ActionStatus(expected) if expected else None,
    )
    return f"Action {edit.number} is recorded as {word} on {day:%d %B %Y}."


def _note(key: Keys, save: Save, edit: Edit) -> str:
    text = _typed(key, "text") or ""
    set_note(save.context.desk, edit, note=text)
    return f"The note of action {edit.number} is {'saved' if text.strip() else 'taken away'}."


def _milestone(key: Keys, save: Save, name: str, edit: Edit) -> str:
    text, due = _typed(key, "text") or "", _typed(key, "due") or ""
    set_milestone(save.context.desk, edit, milestone=name, text=text, due_stated=due, reached_on=_typed(key, "reached"))
    return f"The milestone of action {edit.number} is saved."


def _no_milestone(save: Save, name: str, edit: Edit) -> str:
    withdraw_milestone(save.context.desk, edit, milestone=name)
    return f"Milestone {name} is withdrawn; its history stays."


def _evidence(key: Keys, save: Save, known: dict[str, Any], edit: Edit) -> str:
    kind, item = known.get("kind") or _typed(key, "kind"), known.get("item") or _typed(key, "item") or ""
    set_evidence(
        save.context.desk,
        edit,
        kind=kind,
        item=item,
        response=_typed(key, "response"),
        response_text=_typed(key, "text") or "",
    )
    return f"Action {edit.number} is linked to {kind} {item}. The view Evidence says whether the id leads anywhere."


def _no_evidence(save: Save, known: dict[str, Any], edit: Edit) -> str:
    withdraw_evidence(save.context.desk, edit, kind=known["kind"], item=known["item"])
    return f"The link to {known['kind']} {known['item']} is withdrawn; its history stays."
