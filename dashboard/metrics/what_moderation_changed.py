"""What the order of ideas would be without moderation, idea by idea."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import SMALLEST_BASE
from dashboard.metrics._unmoderated import TABLES, both_orders, public_ideas
from dashboard.metrics._votes import INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number, shortened, verb

METRIC = Metric(
    key="what_moderation_changed",
    title="What moderation changed",
    question="Which ideas would rank elsewhere if nobody had moderated anything?",
    cells=TABLES,
    columns=(
        Column("wording", "Idea"),
        Column("without_rank", "Rank without moderation", "number", absent="[z]"),
        Column("with_rank", "Rank now", "number", absent="[z]"),
        Column("move", "Places gained among ideas in both orders", "number", absent="[z]"),
        Column("without_share", "Agree share without moderation", "share", absent="[z]"),
        Column("with_share", "Agree share now", "share", absent="[z]"),
        Column("without_votes", "Votes without moderation", "count", "votes", absent="[z]"),
        Column("with_votes", "Votes now", "count", "votes", absent="[z]"),
        Column("merged_from", "Merged from", "count", "ideas"),
        Column("idea", "Idea number"),
    ),
    chart=Chart(kind="pair", category="wording", values=("without_rank", "with_rank"), limit=10),
    measure="Rank of each idea that stands, now and as if nobody had moderated anything",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=f"{INTERVAL}. Ranks follow its lower end; ideas that are level share the better rank",
    source="Each participant's latest vote: on each idea that stands, and on each idea as it was posted",
    caveat=f"Only ideas with {SMALLEST_BASE} votes for or against or more have a rank, and only ideas whose wording is "
    "public are shown. Ideas that are withheld now take a place in the order without moderation, as they would have, "
    "and are not shown. Places gained are counted among the ideas ranked in both orders, so that one that left "
    "moves nobody else. Ranks are of all elements together",
    takes_element=False,
    row=("idea", "ideas"),
)


# Intervals overlap over many places: a move of a few says nothing of an idea.
FAR = 10


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea that stands, is public and has a rank in either order; the largest moves first.

    Ideas without a rank in one of the orders come after those with both, then by rank now and idea.
    """
    standing = cells["votes_by_idea"].select("idea", "merged_from")
    rows = both_orders(cells).join(standing, on="idea").join(public_ideas(cells), on="idea")
    return rows.sort(
        [pl.col("move").abs(), "with_rank", "without_rank", "idea"],
        descending=[True, False, False, False],
        nulls_last=True,
    ).select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many ideas moved far, and which moved furthest."""
    both = table.filter(pl.col("move").is_not_null())
    if both.is_empty():
        return "No idea has a rank both with and without moderation."
    furthest = both.row(0, named=True)
    if furthest["move"] == 0:
        return "Moderation changed no idea’s rank."
    far = both.filter(pl.col("move").abs() > FAR).height
    words = shortened(furthest["wording"], 60).rstrip(".")
    many = f"Moderation moved {number(far)} of {counted(both.height, 'idea')} by more than {FAR} places"
    return f"{many}; ‘{words}’ furthest, from {number(furthest['without_rank'])} to {number(furthest['with_rank'])}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas shown."""
    return f"{counted(table.height, 'idea')} with a rank"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas have a rank in one order only, and how many are not shown."""
    new = table.filter(pl.col("without_rank").is_null()).height
    every = both_orders(cells)
    lost = every.filter(pl.col("with_rank").is_null())
    merged = lost.filter((pl.col("stands_as") != "") & (pl.col("stands_as") != pl.col("idea")))
    withheld = lost.filter(pl.col("stands_as") == "")
    told = []
    if new:
        have = f"{counted(new, 'idea')} {verb(new, 'has', 'have')} a rank only now"
        told.append(f"{have}: made by moderators, or merged until the votes sufficed.")
    if merged.height:
        told.append(f"{counted(merged.height, 'ranked idea')} {verb(merged.height, 'was', 'were')} merged into others.")
    if withheld.height:
        held = counted(withheld.height, "idea")
        told.append(f"{held} that would have a rank {verb(withheld.height, 'is', 'are')} withheld and not shown.")
    return tuple(told)
