"""How many took part in each region, from the tables of a grouped release."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent
from data_access.vocabulary import NOT_STATED

METRIC = Metric(
    key="participants_by_region",
    title="Who took part in each region",
    question="Which regions took part, and how much of the conversation were they?",
    cells=("region", "region_by_element"),
    columns=(
        Column("region", "Region"),
        Column("participants", "Participants", "count", "participants"),
        Column("share", "Share of participants", "share", "of participants", absent="[z]"),
        Column("agree_band", "Share that agree, of all votes, within", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="region", values=("participants",)),
    measure="Participants in each region",
    numerator="Distinct participants who voted, commented or posted, by the region they stated",
    denominator="Participants of all regions together; no share is given where one region is hidden",
    interval="None: everybody is counted, nobody is sampled",
    source="Tables by region, cut with a proof that no hidden count of people can be worked out",
    caveat="Regions differ in size, and no workforce figures stand beside them, so this is no response rate. The band "
    "says where agreement lies without giving small numbers away",
    row=("region", "regions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a region, most participants first, hidden ones next, 'Not stated' last; is_hidden.

    Empty where the release was not cut by region. With an element chosen, those who took part in it.
    """
    rows = cells["region"]
    if selection.element is not None:
        rows = cells["region_by_element"].filter(pl.col("element") == selection.element)
    everybody = pl.when(~pl.col("is_hidden").any()).then(pl.col("participants").sum())
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
    return f"{top['region']} had the most: {people}{share}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the participants of all regions together, or how many regions are shown."""
    if table["participants"].null_count():
        shown = table.filter(~pl.col("is_hidden")).height
        return f"{shown} of {counted(table.height, 'region')} shown"
    return counted(int(table["participants"].sum()), "participant")
