"""How many people of each region took part in each theme, from the tables of a grouped release."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._crossed import most_ideas_first, with_names
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import NOT_CODED, NOT_STATED

METRIC = Metric(
    key="theme_regions",
    title="Themes by region",
    question="Do regions take part in the same themes?",
    cells=("region_by_theme", "votes_by_theme"),
    columns=(
        Column("name", "Theme"),
        Column("region", "Region"),
        Column("participants", "Participants", "count", "participants"),
        Column("agree_band", "Share that agree, of all votes, within", "band", absent="[z]"),
    ),
    chart=Chart(kind="heat", category="name", across="region", values=("participants",), limit=10),
    measure="Participants in each theme, by region",
    numerator="Distinct participants who voted, commented or posted on ideas of the theme, by the region they stated",
    denominator="None: these are counts",
    interval="None: everybody is counted, nobody is sampled",
    source="Tables by region, cut with a proof that no hidden count of people can be worked out",
    caveat="Regions differ in size, so read along a region's column, not across. People take part in several themes, "
    "so a region's themes do not add up to its participants",
    row=("theme in a region", "themes in regions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme and region, themes with most ideas first, 'Not stated' last; is_hidden.

    Empty where the release was not cut by region.
    """
    named = with_names(cells["region_by_theme"], cells["votes_by_theme"], selection, "theme")
    ordered = most_ideas_first(named, pl.col("region") == NOT_STATED, "region", column="theme")
    return ordered.select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say in how many regions the same theme had most participants, or which theme each region took part in most."""
    coded = table.filter((pl.col("name") != NOT_CODED) & (pl.col("region") != NOT_STATED))
    shown = coded.drop_nulls("participants")
    if shown.is_empty():
        return "No figures by region are published here."
    top = shown.filter(pl.col("participants") == pl.col("participants").max().over("region"))
    names = top.group_by("name").agg(pl.col("region").n_unique().alias("regions"))
    name, regions = names.sort(["regions", "name"], descending=[True, False]).row(0)
    every = shown["region"].n_unique()
    if regions == every and names.height == 1:
        return f"{name_in_sentence(name)} had the most participants in every region shown."
    return f"{name_in_sentence(name)} had the most participants in {number(regions)} of {counted(every, 'region')}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give how many cells are shown."""
    return f"{number(table.filter(~pl.col('is_hidden')).height)} of {number(table.height)} cells shown"
