"""Ideas that every region agrees with, from the bands that may be given of an idea in a region."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import selected_ideas
from dashboard.metrics._votes import with_balance
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, per_cent, shortened, verb
from data_access.vocabulary import NOT_STATED

MAJORITY: Final = 0.6
_BAND: Final = r"^(\d+)–(\d+)%$"

METRIC = Metric(
    key="consensus_ideas",
    title="Ideas that every region agrees with",
    question="Which ideas have a majority everywhere?",
    cells=("region_by_idea", "votes_by_idea", "idea_elements", "texts"),
    columns=(
        Column("idea", "Idea number"),
        Column("wording", "Idea"),
        Column("at_least", "Agree at least, in every region shown", "share", "of all votes there"),
        Column("root_low", "Consensus GAC^(1/k), at least", "share"),
        Column("root_high", "Consensus GAC^(1/k), at most", "share"),
        Column("groups", "Regions counted (k)", "count", "regions"),
        Column("left_out", "Regions left out", absent="[z]"),
        Column("agree_share", "Agree share, England", "share", "of votes for or against", absent="[z]"),
        Column("votes", "All votes (gross), England", "count", "votes"),
    ),
    chart=Chart(kind="bar", category="wording", values=("at_least",), limit=10),
    measure="Lower end of the lowest band of agreement among regions, of all votes with passes",
    numerator="Agree votes in a region",
    denominator="All votes in that region, passes too",
    interval="From bands: consensus lies between the geometric means of the bands' lower and upper ends",
    source="Bands by idea and region, for ideas with 150 voters or more and regions with enough of them",
    caveat="Regions in which fewer than the threshold voted on an idea are left out and named. A band says less than a "
    "share: 60% here may be 79%",
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea shown in two regions or more, surest in every region first; ties by more regions, votes."""
    rows = cells["region_by_idea"].filter(pl.col("region") != NOT_STATED)
    ends = rows.with_columns(
        low=pl.col("agree_band").str.extract(_BAND, 1).cast(pl.Float64) / 100,
        high=pl.col("agree_band").str.extract(_BAND, 2).cast(pl.Float64) / 100,
    )
    is_shown = pl.col("low").is_not_null()
    over = ends.group_by("idea").agg(
        at_least=pl.col("low").min(),
        root_low=pl.col("low").log().mean().exp(),
        root_high=pl.col("high").log().mean().exp(),
        groups=is_shown.sum().cast(pl.Int64),
        left_out=pl.col("region").filter(~is_shown).sort().str.join("; ").replace("", None),
    )
    ideas = with_balance(selected_ideas(cells, selection)).join(over.filter(pl.col("groups") > 1), on="idea")
    order = ["at_least", "groups", "root_low", "votes", "idea"]
    return ideas.sort(order, descending=[True, True, True, True, False]).select(
        column.name for column in METRIC.columns
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Count the ideas with a majority in every region shown, and quote the first."""
    if table.is_empty():
        return "No idea drew enough votes in two regions or more to be shown."
    everywhere = table.filter(pl.col("at_least") >= MAJORITY)
    first = shortened(table["wording"][0], 60).rstrip(".")
    if everywhere.is_empty():
        return f"No idea has {per_cent(MAJORITY)} agreement in every region shown; ‘{first}’ comes nearest."
    have = verb(everywhere.height, "has", "have")
    of_all = f"{everywhere.height} of {counted(table.height, 'idea')} {have}"
    return f"{of_all} {per_cent(MAJORITY)} agreement or more in every region shown; first ‘{first}’."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas that are offered by region."""
    return f"{counted(table.height, 'idea')} with enough votes in regions"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Name the regions that are left out of any idea."""
    names = sorted({name for text in table["left_out"].drop_nulls() for name in text.split("; ")})
    return (f"Left out of some ideas: {in_words(names)}.",) if names else ()
