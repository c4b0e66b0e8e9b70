"""What moderators did, and what became of everything that was imported."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number

METRIC = Metric(
    key="moderation_ledger",
    title="The moderation ledger",
    question="What did moderators do, and was anything lost?",
    cells=("moderation",),
    columns=(
        Column("subject", "What"),
        Column("outcome", "What became of it"),
        Column("reason", "Reason", absent="[z]"),
        Column("count", "Count", "count"),
    ),
    chart=Chart(kind="none", category="outcome", values=("count",)),
    measure="What became of every idea, comment and vote that was imported, and of every act of moderation",
    numerator="Ideas, comments, votes and acts of moderation",
    denominator="Everything that was imported: the outcomes of votes and of comments add up to it",
    interval="None: everything is counted, nothing is sampled",
    source="The imported exports and the moderators' log",
    caveat="Superseded votes are those a participant changed later, or cast again on an idea that was merged. Acts of "
    "moderation are not counted by element",
    takes_element=False,
    row=("outcome", "outcomes"),
)

SUBJECTS: Final = ("ideas", "comments", "votes", "events")
BALANCED: Final = ("votes", "comments")


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an outcome and reason: ideas, comments, votes, acts of moderation; largest count first."""
    rows = cells["moderation"].with_columns(
        pl.col("subject")
        .replace_strict({name: at for at, name in enumerate(SUBJECTS)}, default=len(SUBJECTS))
        .alias("place")
    )
    return (
        rows.sort(["place", "subject", "count", "outcome", "reason"], descending=[False, False, True, False, False])
        .with_columns(pl.col("subject").replace("events", "acts of moderation"))
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """State the conservation equation of votes."""
    equation = _equation(table, "votes")
    return f"Every vote is accounted for: {equation}." if equation else "There were no votes to account for."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of votes imported."""
    return counted(_total(table, "votes"), "imported vote")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """State the conservation equation of comments."""
    equation = _equation(table, "comments")
    return (f"Every comment is accounted for: {equation}.",) if equation else ()


def _equation(table: pl.DataFrame, subject: str) -> str:
    sums = (
        table.filter(pl.col("subject") == subject)
        .group_by("outcome")
        .agg(pl.col("count").sum())
        .sort(["count", "outcome"], descending=[True, False])
    )
    if sums.is_empty():
        return ""
    parts = [f"{number(row['count'])} {row['outcome']}" for row in sums.iter_rows(named=True)]
    return f"{number(_total(table, subject))} imported = {' + '.join(parts)}"


def _total(table: pl.DataFrame, subject: str) -> int:
    return int(table.filter(pl.col("subject") == subject)["count"].sum())
