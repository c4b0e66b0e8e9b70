"""All ideas that stand, to read and to search."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import WITHDRAWN, in_selection, wordings
from dashboard.metrics._supplied import in_words, without_noughts
from dashboard.metrics._votes import BALANCE_COLUMNS as BALANCE
from dashboard.metrics._votes import INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR, with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="ideas",
    title="All ideas",
    question="What exactly did people say?",
    cells=("votes_by_idea", "idea_elements", "texts", "supplied_votes_by_idea"),
    columns=(
        Column("idea", "Idea number"),
        Column("wording", "Idea"),
        Column("elements", "Elements"),
        *BALANCE,
        Column("comments", "Comments", "count", "comments"),
        Column("merged_from", "Merged from", "count", "ideas"),
        Column("supplied", "Totals supplied without votes", absent="[z]"),
    ),
    chart=Chart(kind="none", category="wording"),
    measure="Ideas that stand, with their votes and comments",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source="Ideas that survived moderation, in the words of their authors; wordings that may hold personal details "
    "are held back",
    caveat="Ordered by the number of votes. That says how many people an idea reached, not how many liked it. Where a "
    "source supplied totals and no votes, votes are [x] and the totals stand as supplied",
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea in full wording, most votes first, then by idea.

    Elements are joined by '; ' in alphabetical order; 'Not yet coded' where there is none.
    """
    # Sorted before they are grouped: thousands of small sorts cost six times as much as one.
    sorted_ = cells["idea_elements"].sort("element")
    elements = sorted_.group_by("idea").agg(pl.col("element").str.join("; ").alias("elements"))
    return (
        with_balance(without_noughts(in_selection(cells["votes_by_idea"], cells["idea_elements"], selection), cells))
        .join(wordings(cells["texts"], is_full=True), on="idea", how="left")
        .join(elements, on="idea", how="left")
        .join(in_words(cells), on="idea", how="left")
        .with_columns(pl.col("wording").fill_null(WITHDRAWN), pl.col("elements").fill_null(NOT_CODED))
        .sort(["votes", "idea"], descending=[True, False], nulls_last=True)
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many ideas stand and how many votes they drew."""
    if table.is_empty():
        return "No ideas stand here."
    supplied = table["votes"].null_count()
    if supplied == table.height:
        return f"{counted(supplied, 'idea')} came with supplied totals and no votes."
    beside = f"; {counted(supplied, 'idea')} came with supplied totals and no votes" if supplied else ""
    voted = table.height - supplied
    return f"{counted(voted, 'idea')} drew {counted(table['votes'].sum(), 'vote')}{beside}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas."""
    return counted(table.height, "idea")
