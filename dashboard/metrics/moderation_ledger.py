"""What moderators did, and what became of everything that was imported."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number, verb
from data_access.vocabulary import EventKind, Fate, IdeaState, Withheld

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
ACTS: Final = "acts of moderation"
REJECTED: Final = "rejected"
# What is told at nought too: every kind of act, every state of an idea, every fate.
_EVERY: Final[tuple[tuple[str, str, str], ...]] = (
    *(("events", str(kind), "") for kind in EventKind),
    ("events", REJECTED, ""),
    *(("ideas", str(state), "") for state in IdeaState if state is not IdeaState.UNKNOWN),
    ("votes", str(Fate.COUNTED), ""),
    ("votes", str(Fate.SUPERSEDED), ""),
    *(("votes", str(Fate.WITHHELD), str(reason)) for reason in Withheld),
    ("comments", str(Fate.COUNTED), ""),
    ("comments", str(Fate.WITHHELD), ""),
)
_ORDER: Final = (Fate.COUNTED, Fate.SUPERSEDED, Fate.WITHHELD, "erased")


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an outcome and reason: ideas, comments, votes, acts of moderation; largest count first.

    Every outcome there can be stands there, at nought where it did not happen.
    """
    told = cells["moderation"].select("subject", "outcome", "reason", "count")
    every = pl.DataFrame(_EVERY, {"subject": pl.String, "outcome": pl.String, "reason": pl.String}, orient="row")
    by_reason = every.filter(pl.col("reason") != "").join(told, on=("subject", "outcome", "reason"), how="anti")
    plain = every.filter(pl.col("reason") == "").join(told, on=("subject", "outcome"), how="anti")
    absent = pl.concat([by_reason, plain]).with_columns(count=pl.lit(0, pl.Int64))
    rows = pl.concat([told, absent]).with_columns(
        pl.col("subject")
        .replace_strict({name: at for at, name in enumerate(SUBJECTS)}, default=len(SUBJECTS))
        .alias("place")
    )
    return (
        rows.sort(["place", "subject", "count", "outcome", "reason"], descending=[False, False, True, False, False])
        .with_columns(pl.col("subject").replace("events", ACTS))
        .select(column.name for column in METRIC.columns)
    )


def terms(table: pl.DataFrame, subject: str) -> list[tuple[str, int]]:
    """Give the right side of the conservation equation: what became of votes or comments, and how many.

    Counted, superseded, withheld for each reason, erased; terms at nought are left out.
    """
    places = {str(fate): at for at, fate in enumerate(_ORDER)}
    rows = (
        table.filter((pl.col("subject") == subject) & (pl.col("count") > 0))
        .with_columns(
            place=pl.col("outcome").replace_strict(places, default=len(_ORDER)),
            why=pl.when(pl.col("outcome") == str(Fate.WITHHELD)).then("reason").otherwise(pl.lit("")),
        )
        .group_by("place", "outcome", "why")
        .agg(pl.col("count").sum())
        .sort("place", "outcome", "why")
    )
    return [
        (f"{row['outcome']} ({row['why']})" if row["why"] else row["outcome"], row["count"])
        for row in rows.iter_rows(named=True)
    ]


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """State the conservation equation of votes."""
    equation = _equation(table, "votes")
    return f"Every vote is accounted for: {equation}." if equation else "There were no votes to account for."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of votes imported."""
    return counted(_total(table, "votes"), "imported vote")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """State the conservation equation of comments, the log's rejected lines, and how many ideas were merged."""
    equation = _equation(table, "comments").replace(" cast = ", " posted = ")
    told = [f"Every comment is accounted for: {equation}."] if equation else []
    rejected = int(table.filter(pl.col("outcome") == REJECTED)["count"].sum())
    if rejected:
        lines = counted(rejected, "line")
        told.append(
            f"{lines} of the log {verb(rejected, 'was', 'were')} rejected, each with its reason, and did nothing."
        )
    merged = int(table.filter(pl.col("outcome") == str(IdeaState.MERGED))["count"].sum())
    if merged:
        told.append(f"{counted(merged, 'idea')} {verb(merged, 'was', 'were')} merged into others.")
    return tuple(told)


def _equation(table: pl.DataFrame, subject: str) -> str:
    parts = [f"{number(count)} {name}" for name, count in terms(table, subject)]
    return f"{number(_total(table, subject))} cast = {' + '.join(parts)}" if parts else ""


def _total(table: pl.DataFrame, subject: str) -> int:
    return int(table.filter(pl.col("subject") == subject)["count"].sum())
