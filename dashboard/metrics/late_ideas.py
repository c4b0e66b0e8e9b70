"""Ideas by the share of those who could have voted that did: an idea posted late had fewer chances."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import SMALLEST_BASE, count_selected, selected_ideas
from dashboard.metrics._intervals import wilson
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number, shortened, verb

FIRST = 20

METRIC = Metric(
    key="late_ideas",
    title="Ideas by the interest of those who could have voted",
    question="Which ideas look small only because they were posted late?",
    cells=("votes_by_idea", "idea_elements", "texts", "idea_exposure"),
    columns=(
        Column("idea", "Idea number"),
        Column("wording", "Idea"),
        Column("posted_week", "Posted in the week of", "date"),
        Column("reach", "Voted, of those who could have", "share", "of participants"),
        Column("reach_low", "Voted, lower end", "share", "95% interval"),
        Column("reach_high", "Voted, upper end", "share", "95% interval"),
        Column("voters", "Voters", "count", "participants"),
        Column("could_vote", "Could have voted", "count", "participants"),
        Column("adjusted_voters", "Voters, exposure-adjusted", "number", "participants"),
        Column("rank_by_voters", "Rank by voters", "number"),
        Column("rank_by_reach", "Rank by those who could have", "number"),
    ),
    chart=Chart(kind="interval", category="wording", values=("reach",), low="reach_low", high="reach_high", limit=10),
    measure="Share of the participants still voting in or after the week an idea was posted who voted on it",
    numerator="Distinct participants who voted on the idea, whichever way",
    denominator="Distinct participants who voted on anything in the week the idea was posted or later. Adjusted "
    "voters = voters × most who could have voted on any idea ÷ those who could have voted on this one",
    interval="Wilson, 95%, of that share; ideas are ordered by its lower end",
    source="Each participant's latest vote on each idea that stands; the week its earliest part was posted",
    caveat=f"Interest, not agreement. Only ideas with {SMALLEST_BASE} voters or more whose week is known. Early ideas "
    "may also lie far down the list by the end, which this does not correct. Weeks are taken together where fewer than "
    "the threshold stopped voting in between",
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea with enough voters and a known week, surest interest first; ties by voters, then by idea."""
    known = cells["idea_exposure"].filter(~pl.col("is_hidden") & (pl.col("could_vote") > 0))
    ideas = selected_ideas(cells, selection).filter(pl.col("voters") >= SMALLEST_BASE)
    part, whole = pl.min_horizontal("voters", "could_vote"), pl.col("could_vote")
    bounds = wilson(part, whole)
    measured = ideas.join(known.select("idea", "posted_week", "could_vote"), on="idea").with_columns(
        reach=part / whole,
        reach_low=bounds.low,
        reach_high=bounds.high,
        adjusted_voters=pl.col("voters") * whole.max() / whole,
    )
    ranked = measured.with_columns(rank_by_voters=_rank("voters"), rank_by_reach=_rank("reach_low"))
    return ranked.sort(["reach_low", "voters", "idea"], descending=[True, True, False]).select(
        column.name for column in METRIC.columns
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the idea of the first twenty that gains most when only those who could have voted are counted."""
    if table.is_empty():
        return "No idea with enough voters has a known week of posting."
    gained = table.head(FIRST).with_columns(gain=pl.col("rank_by_voters") - pl.col("rank_by_reach"))
    first = gained.sort(["gain", "idea"], descending=[True, False]).row(0, named=True)
    if first["gain"] <= 0:
        return f"No idea posted late comes among the first {FIRST} when only those who could have voted are counted."
    words = shortened(first["wording"], 60).rstrip(".")
    return (
        f"By those who could have voted, ‘{words}’ ranks {number(first['rank_by_reach'])}; by voters alone it ranks "
        f"{number(first['rank_by_voters'])} of {number(table.height)}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas ranked."""
    return f"{counted(table.height, 'idea')} ranked"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas are not ranked."""
    left_out = count_selected(cells, selection) - table.height
    if not left_out:
        return ()
    have = verb(left_out, "has", "have")
    return (
        f"{counted(left_out, 'idea')} {have} fewer than {SMALLEST_BASE} voters or no known week, and "
        f"{verb(left_out, 'is', 'are')} not ranked.",
    )


def _rank(column: str) -> pl.Expr:
    """Give the rank from 1, ideas that are level sharing the better one."""
    return pl.col(column).rank("min", descending=True).cast(pl.Int64)
