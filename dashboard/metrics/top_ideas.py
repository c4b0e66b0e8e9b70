"""The ideas people agree on most, with the ranks they could hold."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._idea_bands import bands_beside_england
from dashboard.metrics._ideas import SMALLEST_BASE, count_selected, rank_range, selected_ideas
from dashboard.metrics._votes import (
    BALANCE_COLUMNS,
    INTERVAL,
    SHARE_DENOMINATOR,
    SHARE_NUMERATOR,
    SIDED,
    with_balance,
)
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, shortened, verb

METRIC = Metric(
    key="top_ideas",
    title="The ideas people agree on most",
    question="Which ideas have the surest support?",
    cells=("votes_by_idea", "idea_elements", "texts"),
    columns=(
        Column("idea", "Idea number"),
        Column("wording", "Idea"),
        Column("best_rank", "Rank, at best", "number"),
        Column("worst_rank", "Rank, at worst", "number"),
        *BALANCE_COLUMNS,
        Column("comments", "Comments", "count", "comments"),
        Column("merged_from", "Merged from", "count", "ideas"),
    ),
    chart=Chart(
        kind="interval", category="wording", values=("agree_share",), low="agree_low", high="agree_high", limit=10
    ),
    measure="Agree share of each idea with its 95% interval, ordered by the lower end",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=f"{INTERVAL}. Ideas are ordered by its lower end, so that an idea few people saw does not come first "
    "by luck; the ranks at best and at worst come from the intervals that do not overlap",
    source="Each participant's latest vote on each idea that stands, ideas that were merged taken together",
    caveat=f"Only ideas with {SMALLEST_BASE} votes for or against or more are ranked. People chose what to vote on, "
    "so the shares describe those who voted, not all who were invited",
    row=("idea", "ideas"),
    divisions=frozenset({"region_by_idea"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a ranked idea, the surest support first; ties by more votes, then by idea."""
    ideas = with_balance(selected_ideas(cells, selection).filter(SIDED >= SMALLEST_BASE))
    best, worst = rank_range(pl.col("agree_low"), pl.col("agree_high"))
    return (
        ideas.with_columns(best.alias("best_rank"), worst.alias("worst_rank"))
        .sort(["agree_low", "votes", "idea"], descending=[True, True, False])
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the first idea, or say how many share the first place."""
    if table.is_empty():
        return f"No idea has the {SMALLEST_BASE} votes for or against that a rank needs."
    first = table.row(0, named=True)
    abreast = table.filter(pl.col("best_rank") == 1).height
    words = shortened(first["wording"], 60).rstrip(".")
    led = f"Surest support: ‘{words}’ ({per_cent(first['agree_share'])} agree)"
    return f"{led}." if abreast == 1 else f"{led}; {counted(abreast, 'idea')} could be first."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ranked ideas."""
    return f"{counted(table.height, 'idea')} ranked"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas are not ranked, and how many of the ranked ones were merged."""
    left_out = count_selected(cells, selection) - table.height
    merged = table.filter(pl.col("merged_from") > 0).height
    few = f"{counted(left_out, 'idea')} {verb(left_out, 'has', 'have')} fewer than {SMALLEST_BASE} votes"
    found = [f"{few} for or against and {verb(left_out, 'is', 'are')} not ranked."] if left_out else []
    if merged:
        found.append(
            f"{counted(merged, 'idea')} {verb(merged, 'was', 'were')} merged from others; everybody counts once."
        )
    return tuple(found)


DIVIDED: Final = bands_beside_england(METRIC, derive)
