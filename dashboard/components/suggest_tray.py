"""Suggested codes for analysts: ten at a time, with the words that decided, to accept or to refuse by keyboard.

What is accepted waits on the desk until the worker carries it into the vault; until then, and for everybody else,
a suggestion is no code and is counted nowhere.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.components import suggest_found
from dashboard.components.small_print import small
from dashboard.components.suggest_found import KINDS, Found
from dashboard.context import Context
from dashboard.doing import doing
from dashboard.permissions import Right, can
from dashboard.wording import counted, escape, per_cent
from data_access.desk import code_decisions, jobs
from data_access.desk.code_decisions import Verdict
from data_access.desk.engine import reading

BATCH: Final = 10
CARRY: Final = "carry codes"
ACCEPT, OTHER, REFUSE, LATER = "Accept", "Accept the runner-up", "Refuse", "Decide later"
_SAID: Final = "suggest-said"
_WHAT: Final = "A machine's guesses from the words of each post. Nobody else sees them; none counts until accepted."


def show(context: Context) -> None:
    """Show the tray to those who may code; nobody else sees any of it."""
    if not can(context.viewer, Right.PROPOSE_DATA):
        return
    found, decided = suggest_found.found(context), _decided(context)
    with st.container(border=True, key="suggest-tray"):
        st.header("Suggested codes to accept or refuse", anchor=False)
        st.markdown(small(_WHAT))
        _say()
        source = st.segmented_control("Source", list(KINDS), default="Ideas", required=True, key="suggest-source")
        open_ones = _open(found, decided, KINDS[source or "Ideas"])
        st.markdown(f"{counted(open_ones.height, 'suggestion')} to look at here, the surest first.")
        if not open_ones.is_empty():
            _batch(context, found, open_ones.head(BATCH))
        _carry(context, decided)


def _decided(context: Context) -> pl.DataFrame:
    with reading(context.desk) as connection:
        return code_decisions.standing(connection, context.selection.conversation)


def _open(found: Found, decided: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Give the suggestions nobody has decided on; a decision on a post takes it out of the tray."""
    own = found.rows.filter(pl.col("kind") == kind)
    return own.join(decided.select(kind="item_kind", item="item"), on=("kind", "item"), how="anti")


def _batch(context: Context, found: Found, batch: pl.DataFrame) -> None:
    texts = context.release.table("texts", context.selection.conversation)
    wordings = batch.join(texts.rename({"id": "item"}), on=("kind", "item"), how="left", maintain_order="left")
    with st.form("suggest-form", border=False):
        for place, row in enumerate(wordings.iter_rows(named=True), start=1):
            _one(found, row, place)
        if st.form_submit_button("Save these decisions", type="primary"):
            _save(context, found, batch.to_dicts())


def _one(found: Found, row: dict[str, Any], place: int) -> None:
    name, second = found.names[row["theme"]], found.names.get(row["runner_up"] or "", "")
    wording = ". ".join(part for part in (row["title"], row["text"]) if part)
    with st.container(border=True, gap="xsmall", key=f"suggest-{place}"):
        st.text(f"{place}. {wording}")
        st.markdown(f"**Suggested: {escape(name)}** ({per_cent(row['score'])} of the evidence)")
        because = f"Because of: {', '.join(row['words'])}." + (f" Runner-up: {second}." if second else "")
        st.markdown(small(escape(because)))
        answers = [ACCEPT, *([OTHER] if second else []), REFUSE, LATER]
        st.radio(
            f"Decision on {place}",
            answers,
            index=len(answers) - 1,
            horizontal=True,
            key=_key(row),
            label_visibility="collapsed",
        )


def _key(row: dict[str, Any]) -> str:
    return f"suggest-{row['kind']}-{row['item']}"


def _save(context: Context, found: Found, rows: list[dict[str, Any]]) -> None:
    """Keep what was decided; what is left for later stays in the tray."""
    answers = {_key(row): st.session_state.get(_key(row), LATER) for row in rows}
    verdicts = [
        Verdict(
            item_kind=row["kind"],
            item=row["item"],
            code=row["runner_up"] if answers[_key(row)] == OTHER else row["theme"],
            is_accepted=answers[_key(row)] != REFUSE,
            words=tuple(row["words"]),
        )
        for row in rows
        if answers[_key(row)] != LATER
    ]
    with doing(context.viewer, context.desk, Right.PROPOSE_DATA), context.desk.begin() as connection:
        code_decisions.record(
            connection,
            conversation=context.selection.conversation,
            frame_version=found.version,
            verdicts=verdicts,
            by=context.viewer.user,
            now=context.now,
        )
    accepted = sum(one.is_accepted for one in verdicts)
    st.session_state[_SAID] = f"Saved: {accepted} accepted, {len(verdicts) - accepted} refused."
    st.rerun()


def _carry(context: Context, decided: pl.DataFrame) -> None:
    """Offer to carry what was accepted into the next release."""
    coded = context.release.table("item_themes", context.selection.conversation)
    accepted = decided.filter(pl.col("decision") == code_decisions.ACCEPTED)
    waiting = accepted.join(coded.select(item_kind="kind", item="item"), on=("item_kind", "item"), how="anti")
    so_far = counted(accepted.height, "suggestion")
    st.markdown(small(f"{so_far} accepted so far, {counted(waiting.height, 'code')} not yet in a release."))
    if waiting.height and st.button(
        f"Carry {counted(waiting.height, 'accepted code')} into a new release", key="suggest-carry"
    ):
        conversation = context.selection.conversation
        with doing(context.viewer, context.desk, Right.PROPOSE_DATA), context.desk.begin() as connection:
            jobs.ask(
                connection,
                kind=CARRY,
                arguments={"conversation": conversation},
                asked_by=context.viewer.user,
                now=context.now,
                scope=conversation,
            )
        st.session_state[_SAID] = "The worker carries them now; the next release counts them."
        st.rerun()


def _say() -> None:
    said = st.session_state.pop(_SAID, "")
    if said:
        st.success(said)
