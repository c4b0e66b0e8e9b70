"""The moderation ledger as sums: everything cast and what became of it, and what moderators did, kind by kind."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.components.result_table import scrollable
from dashboard.metrics import moderation_ledger
from dashboard.results import Result
from dashboard.wording import counted, escape, number

CAST = {"votes": "Votes", "comments": "Comments"}


def show(result: Result) -> None:
    """Show the equations of votes and of comments as a sum; then every kind of act, and what was rejected."""
    st.markdown("Each vote and each comment has one fate: the lines below the first add up to it, none is left over.")
    _equations(result)
    acts = result.table.filter(pl.col("subject") == moderation_ledger.ACTS)
    _acts(acts)
    _rejected(acts.filter((pl.col("outcome") == moderation_ledger.REJECTED) & (pl.col("count") > 0)))


def _equations(result: Result) -> None:
    terms = {subject: dict(moderation_ledger.terms(result.table, subject)) for subject in CAST}
    names = list(dict.fromkeys(name for own in terms.values() for name in own))
    cells = {"What became of them": ["**Cast or posted**", *(escape(_term(at, name)) for at, name in enumerate(names))]}
    for subject, label in CAST.items():
        own = terms[subject]
        cells[label] = [f"**{number(sum(own.values()))}**", *(number(own.get(name, 0)) for name in names)]
    scrollable(cells, "equation-m1_n2_n3_", "Table: votes and comments, and what became of them")


def _term(at: int, name: str) -> str:
    return f"{'+' if at else '='} {name}"


def _acts(acts: pl.DataFrame) -> None:
    sums = acts.group_by("outcome").agg(pl.col("count").sum()).sort(["count", "outcome"], descending=[True, False])
    st.markdown("**What moderators did**, line by line of their log:")
    with st.grid(min_column_width=110, border=True, key="equation-acts"):
        for name, count in sums.iter_rows():
            st.metric(escape(name.capitalize()), number(count))


def _rejected(rejected: pl.DataFrame) -> None:
    if rejected.is_empty():
        return
    st.markdown("Rejected lines did nothing. What was wrong with them:")
    lines = [f"- {escape(row['reason'])}: {counted(row['count'], 'line')}" for row in rejected.iter_rows(named=True)]
    st.markdown("\n".join(lines))
