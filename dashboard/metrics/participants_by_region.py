"""How many took part in each region, from the tables of a grouped release."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._divided import Divided
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, per_cent
from data_access.vocabulary import NOT_STATED

METRIC = Metric(
    key="participants_by_region",
    title="Who took part in each region",
    question="Which regions took part, and how much of the conversation were they?",
    cells=("region", "region_by_element", "totals", "votes_by_element"),
    columns=(
        Column("region", "Region"),
        Column("participants", "Participants", "count", "participants"),
        Column("share", "Share of participants", "share", "of participants", absent="[z]"),
        Column("agree_band", "Share that agree, of all votes, within", "band", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="region", values=("participants",)),
    measure="Participants in each region",
    numerator="Distinct participants who voted, commented or posted, by the region they stated",
    denominator="Participants of England; no share is given where one of the regions is hidden",
    interval="None: everybody is counted, nobody is sampled",
    source="Tables by region, cut with a proof that no hidden count of people can be worked out",
    caveat="Regions differ in size, and no workforce figures stand beside them, so this is no response rate. The band "
    "says where agreement lies without giving small numbers away",
    row=("region", "regions"),
    divisions=frozenset({"region", "region_by_element"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a region, most participants first, hidden ones next, 'Not stated' last; is_hidden.

    Empty where the release was not cut by region. With an element chosen, those who took part in it.
    """
    rows = cells["region"]
    if selection.element is not None:
        rows = cells["region_by_element"].filter(pl.col("element") == selection.element)
    everybody = pl.when(~pl.col("is_hidden").any()).then(pl.lit(_in_england(cells, selection), pl.Int64))
    is_unstated = pl.col("region") == NOT_STATED
    return (
        rows.with_columns(share=pl.when(everybody > 0).then(pl.col("participants") / everybody))
        .sort([is_unstated, "participants", "region"], descending=[False, True, False], nulls_last=True)
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the region with the most participants, and its share where that may be given."""
    shown = table.filter(pl.col("participants").is_not_null() & (pl.col("region") != NOT_STATED))
    if shown.is_empty():
        return "No figures by region are published here."
    top = shown.row(0, named=True)
    people = counted(top["participants"], "participant")
    alike = shown.filter(pl.col("participants") == top["participants"]).height
    if alike > 1:
        return f"{counted(alike, 'region')} each had the most participants: {top['participants']:,}."
    share = "" if top["share"] is None else f", {per_cent(top['share'])} of all"
    of_these = "" if is_whole(table) else ", of the regions shown,"
    return f"{top['region']}{of_these} had the most: {people}{share}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the participants of all regions together, or how many regions are shown."""
    if table["participants"].null_count():
        shown = table.filter(~pl.col("is_hidden")).height
        return f"{shown} of {counted(table.height, 'region')} shown"
    return counted(int(table["participants"].sum()), "participant")


def is_whole(table: pl.DataFrame) -> bool:
    """Whether the regions of the table are all of England, as far as their shares tell; a viewer may see only some."""
    shares = table["share"].drop_nulls()
    return shares.is_empty() or float(shares.sum()) > 1 - 1e-9


def _in_england(cells: Cells, selection: Selection) -> int | None:
    if selection.element is None:
        found = cells["totals"].filter(pl.col("measure") == "participants")["count"]
    else:
        found = cells["votes_by_element"].filter(pl.col("element") == selection.element)["participants"]
    return None if found.is_empty() or found[0] is None else int(found[0])


CHOSEN_ONES: Final = replace(
    METRIC,
    columns=(*METRIC.columns, Column("is_chosen", "Chosen")),
    chart=replace(METRIC.chart, focus="is_chosen"),
    measure="Participants in each region, the chosen ones picked out",
)


def derive_chosen(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the rows of all regions that may be seen, 'yes' beside the chosen ones."""
    is_chosen = pl.when(pl.col("region").is_in(selection.regions)).then(pl.lit("yes")).otherwise(pl.lit("no"))
    table = derive(cells, replace(selection, regions=())).with_columns(is_chosen=is_chosen)
    return table.select(*(column.name for column in CHOSEN_ONES.columns), "is_hidden")


def headline_chosen(table: pl.DataFrame, selection: Selection) -> str:
    """Give the participants of each chosen region, and its share where that may be given."""
    told = [_told(row) for row in table.filter(pl.col("is_chosen") == "yes").iter_rows(named=True)]
    return f"{in_words(told)}."


def _told(row: dict[str, object]) -> str:
    if row["participants"] is None:
        return f"{row['region']}: hidden"
    share = "" if row["share"] is None else f", {per_cent(float(str(row['share'])))} of all"
    return f"{row['region']}: {counted(int(str(row['participants'])), 'participant')}{share}"


DIVIDED: Final = Divided(CHOSEN_ONES, derive_chosen, headline_chosen, base)
