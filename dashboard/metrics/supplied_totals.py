"""Ideas whose source counted the votes itself: totals without votes, as the range they must lie in."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import WITHDRAWN, in_selection, wordings
from dashboard.metrics._supplied import span
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, shortened, verb

METRIC = Metric(
    key="supplied_totals",
    title="Totals supplied without votes",
    question="How many agreed with the ideas whose source counted them itself?",
    cells=("supplied_votes_by_idea", "idea_elements", "texts"),
    columns=(
        Column("wording", "Idea"),
        Column("agree_low", "Agree, at least", "count", "people"),
        Column("agree_high", "Agree, at most", "count", "people"),
        Column("disagree_low", "Disagree, at least", "count", "people"),
        Column("disagree_high", "Disagree, at most", "count", "people"),
        Column("pass_low", "Pass, at least", "count", "people"),
        Column("pass_high", "Pass, at most", "count", "people"),
        Column("parts", "Made of", "count", "totals"),
        Column("source", "Counted by"),
        Column("idea", "Idea number"),
    ),
    chart=Chart(kind="pair", category="wording", values=("agree_low", "agree_high"), limit=10),
    measure="How many agreed with each idea, as its source counted: exact for one idea, a range for merged ones",
    numerator="Totals as supplied: agreed, liked or supported; disagreed or disliked; passed",
    denominator="Not a share. An idea merged from several has at least the largest of their totals and at most their "
    "sum: nobody can tell how many supported two of them",
    interval="None. A total is no sample of votes, and no Wilson interval can be put across a range",
    source="Totals in the imported export, marked as supplied; no vote was recounted",
    caveat="Supplied totals cannot be checked against votes. [x] is what the source does not count, never nought. "
    "Ideas that were removed are withheld with their totals. Not ranked beside ideas with votes",
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea with supplied totals, the most certain support first, then by idea."""
    rows = in_selection(cells["supplied_votes_by_idea"], cells["idea_elements"], selection)
    return (
        rows.join(wordings(cells["texts"]), on="idea", how="left")
        .with_columns(pl.col("wording").fill_null(WITHDRAWN))
        .sort(["agree_low", "agree_high", "idea"], descending=[True, True, False], nulls_last=True)
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the idea with the most certain support, as a range where it is one."""
    if table.is_empty():
        return "No source supplied totals without votes."
    first = table.row(0, named=True)
    if first["agree_low"] is None:
        return f"{counted(table.height, 'idea')} {verb(table.height, 'comes', 'come')} with totals, none of support."
    words = shortened(first["wording"], 60).rstrip(".")
    return f"Most support by supplied totals: ‘{words}’, {span(first['agree_low'], first['agree_high'])} people."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas with supplied totals."""
    return f"{counted(table.height, 'idea')} with supplied totals"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas are merged from several, so that theirs is a range."""
    merged = table.filter(pl.col("parts") > 1).height
    if not merged:
        return ()
    have = f"{counted(merged, 'idea')} {verb(merged, 'is', 'are')} merged from others"
    return (f"{have}: at least the largest total, at most the sum.",)
