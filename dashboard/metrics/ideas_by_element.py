"""How many ideas and comments each element of the People Promise drew."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import all_elements, coded_last, name_in_sentence
from dashboard.metrics._parts import people_beside_england
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import NOT_CODED

METRIC = Metric(
    key="ideas_by_element",
    title="What people had ideas about",
    question="Which elements drew the most ideas?",
    cells=("votes_by_element", "votes_by_idea"),
    columns=(
        Column("element", "Element"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("comments", "Comments", "count", "comments"),
        Column("participants", "Participants", "count", "participants"),
    ),
    chart=Chart(kind="bar", category="element", values=("ideas",)),
    measure="Ideas that stand, by element of the People Promise",
    numerator="Ideas that stand after moderation; comments on them; people who voted, commented or posted there",
    denominator="None: these are counts",
    interval="None: everything is counted, nothing is sampled",
    source="The conversation's ideas and comments after moderation, and the elements they were posted or coded under",
    caveat="An idea may belong to several elements, so the rows add up to more than all ideas",
    row=("element", "elements"),
    divisions=frozenset(
        {"region_by_element", "icb_by_element", "staff_group_by_element", "region_by_element_by_staff_group"}
    ),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an element, most ideas first, 'Not yet coded' last; is_hidden."""
    return (
        all_elements(cells["votes_by_element"], selection)
        .with_row_index("place")
        .sort([coded_last("element"), pl.col("ideas"), pl.col("place")], descending=[False, True, False])
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the element that drew most ideas."""
    coded = table.filter(pl.col("element") != NOT_CODED)
    if selection.element is not None:
        return f"{counted(table['ideas'].sum(), 'idea')} about {name_in_sentence(selection.element)}."
    most = coded.select(pl.col("ideas").max()).item()
    if not most:
        return "No idea has been given an element yet."
    top = coded.filter(pl.col("ideas") == most)["element"].to_list()
    drew = "drew" if len(top) == 1 else "each drew"
    return f"{' and '.join(name_in_sentence(name) for name in top)} {drew} the most ideas: {number(most)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of elements with ideas; ideas overlap, so they are not added up."""
    if selection.element is not None:
        return counted(table["ideas"].sum(), "idea")
    used = table.filter((pl.col("ideas") > 0) & (pl.col("element") != NOT_CODED)).height
    return f"{counted(used, 'element')} with ideas"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many ideas stand and how many of them are not coded."""
    if selection.element is not None:
        return ()
    uncoded = table.filter(pl.col("element") == NOT_CODED)["ideas"].sum()
    ideas = counted(cells["votes_by_idea"].height, "idea")
    return (f"{ideas} in all, of which {uncoded:,} not yet coded to an element.",)


def _of_england(cells: Cells, selection: Selection) -> pl.DataFrame:
    return all_elements(cells["votes_by_element"], selection)


DIVIDED: Final = people_beside_england(METRIC, slice_="element", names=METRIC.columns[:1], rows=_of_england)
