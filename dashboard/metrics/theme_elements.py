"""Which elements the ideas of each theme belong to."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._crossed import most_ideas_first, with_names
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import ELEMENTS, NOT_CODED

METRIC = Metric(
    key="theme_elements",
    title="Themes and elements together",
    question="Where do themes reach beyond their own element?",
    cells=("themes_by_element", "votes_by_theme"),
    columns=(
        Column("name", "Theme"),
        Column("and_element", "Element of the ideas"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("participants", "Participants", "count", "participants"),
        Column("element", "Element of the theme", absent="[z]"),
    ),
    chart=Chart(kind="heat", category="name", across="and_element", values=("ideas",), limit=12),
    measure="Ideas of each theme, by the element the idea belongs to",
    numerator="Ideas that stand with the theme and in the element; people who voted, commented or posted on them",
    denominator="None: these are counts",
    interval="None: everything is counted, nothing is sampled",
    source="The elements ideas were posted under, and the codes that count in the newest version of the frame",
    caveat="An idea with several themes or elements stands in several cells, so they must not be added up. "
    "Themes are read into ideas by coders; elements were chosen where the idea was posted",
    row=("pair of theme and element", "pairs of theme and element"),
)

_PLACES = {name: at for at, name in enumerate((*ELEMENTS, NOT_CODED))}


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a theme and element with an idea, themes with most ideas first; is_hidden (participants only)."""
    named = with_names(cells["themes_by_element"], cells["votes_by_theme"], selection)
    place = pl.col("and_element").replace_strict(_PLACES, default=len(_PLACES), return_dtype=pl.Int64)
    return most_ideas_first(named, place).select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say which theme has the most ideas in elements that are not its own."""
    outside = table.filter(
        (pl.col("name") != NOT_CODED)
        & (pl.col("element") != "")
        & (pl.col("and_element") != NOT_CODED)
        & (pl.col("and_element") != pl.col("element"))
    )
    if outside.is_empty():
        return "No theme reaches beyond its own element here."
    sums = outside.group_by("name").agg(pl.col("ideas").sum()).sort(["ideas", "name"], descending=[True, False])
    name, ideas = sums.row(0)
    times = "once" if ideas == 1 else f"{number(ideas)} times"
    return f"{name_in_sentence(name)} reaches furthest beyond its own element: {times} under another."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of themes."""
    return counted(table.filter(pl.col("name") != NOT_CODED)["name"].n_unique(), "theme")
