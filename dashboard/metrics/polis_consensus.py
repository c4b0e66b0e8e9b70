"""Statements most people are of one mind on, over everybody, where opinion groups were supplied."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._groups import GROUP_CAVEAT, GROUP_CELLS, NO_GROUPS
from dashboard.metrics._ideas import SMALLEST_BASE, selected_ideas
from dashboard.metrics._polis import MOST_STATEMENTS, consensus
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, shortened, whole_per_cent

METRIC = Metric(
    key="polis_consensus",
    title="Consensus statements",
    question="On what is everybody of one mind?",
    cells=GROUP_CELLS,
    columns=(
        Column("wording", "Idea"),
        Column("idea", "Idea number"),
        Column("side", "Side"),
        Column("agree", "Agree", "count", "votes"),
        Column("pass", "Pass", "count", "votes"),
        Column("disagree", "Disagree", "count", "votes"),
        Column("p", "Share of that side, smoothed", "share", "of votes, passes too"),
        Column("pt", "z against a half", "number"),
    ),
    chart=Chart(kind="diverging_bar", category="wording", values=("agree", "pass", "disagree")),
    measure=f"The surest majorities over everybody, at most {MOST_STATEMENTS} for and {MOST_STATEMENTS} against",
    numerator="Votes of that side, and one more",
    denominator="All votes on the idea, passes too, and two more",
    interval="One z test, 90% one-sided, of the share against a half; ordered by share × z",
    source="Each participant's latest vote on each idea that stands",
    caveat=f"Only ideas with {SMALLEST_BASE} votes for or against or more; shown where opinion groups were supplied. "
    f"{GROUP_CAVEAT}",
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give at most five ideas a side, agreement first, surest first; none where no groups were supplied."""
    ideas = selected_ideas(cells, selection).with_columns(pl.col("pass").fill_null(0))
    enough = ideas.filter(pl.col("agree") + pl.col("disagree") >= SMALLEST_BASE)
    found = consensus(enough if cells["votes_by_opinion_group"].height else enough.clear())
    return found.select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the surest statement."""
    if table.is_empty():
        return NO_GROUPS
    first = table.row(0, named=True)
    words = shortened(first["wording"], 60).rstrip(".")
    return f"Widest consensus: ‘{words}’ ({whole_per_cent(first['p'])} {first['side']}, passes counted)."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of statements."""
    return counted(table.height, "idea")
