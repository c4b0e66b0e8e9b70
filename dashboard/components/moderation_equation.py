"""The moderation ledger as figures: everything cast and what became of it, and what moderators did, kind by kind."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.metrics import moderation_ledger
from dashboard.results import Result
from dashboard.wording import counted, escape, number

CAST = {"votes": "votes cast", "comments": "comments posted"}


def show(result: Result) -> None:
    """Show the equations of votes and of comments, left side first; then every kind of act, and what was rejected."""
    for subject, told in CAST.items():
        terms = moderation_ledger.terms(result.table, subject)
        if terms:
            _equation(subject, told, terms)
    st.markdown("Each vote and each comment has one fate: the terms add up to the first figure, none is left over.")
    acts = result.table.filter(pl.col("subject") == moderation_ledger.ACTS)
    _acts(acts)
    _rejected(acts.filter((pl.col("outcome") == moderation_ledger.REJECTED) & (pl.col("count") > 0)))


def _equation(subject: str, told: str, terms: list[tuple[str, int]]) -> None:
    with st.grid(min_column_width=130, border=True, key=f"equation-{subject}"):
        st.metric(escape(told.capitalize()), number(sum(count for _, count in terms)))
        for place, (name, count) in enumerate(terms):
            st.metric(escape(f"{'+' if place else '='} {name}"), number(count))


def _acts(acts: pl.DataFrame) -> None:
    sums = acts.group_by("outcome").agg(pl.col("count").sum()).sort(["count", "outcome"], descending=[True, False])
    st.markdown("**What moderators did**, line by line of their log:")
    with st.grid(min_column_width=130, border=True, key="equation-acts"):
        for name, count in sums.iter_rows():
            st.metric(escape(name.capitalize()), number(count))


def _rejected(rejected: pl.DataFrame) -> None:
    if rejected.is_empty():
        return
    st.markdown("Rejected lines did nothing. What was wrong with them:")
    lines = [f"- {escape(row['reason'])}: {counted(row['count'], 'line')}" for row in rejected.iter_rows(named=True)]
    st.markdown("\n".join(lines))
