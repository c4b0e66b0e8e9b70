"""Which elements ideas share: pairs of elements with the ideas that belong to both."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.vocabulary import ELEMENTS

METRIC = Metric(
    key="element_overlap",
    title="Elements that ideas share",
    question="Which elements come up together?",
    cells=("votes_by_idea", "idea_elements"),
    columns=(
        Column("pair", "Two elements"),
        Column("ideas", "Ideas on both", "count", "ideas"),
        Column("of_first", "Of the ideas on the first", "share", "of ideas", absent="[z]"),
        Column("of_second", "Of the ideas on the second", "share", "of ideas", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="pair", values=("ideas",), limit=10),
    measure="Ideas that stand and belong to both elements of a pair",
    numerator="Ideas on both elements",
    denominator="For the shares: ideas on the first, and ideas on the second",
    interval="None: every idea is counted",
    source="The elements that ideas were posted or coded under",
    caveat="An idea on three elements is in three pairs, so pairs must not be added up",
    row=("pair", "pairs"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a pair of elements with ideas in common, most first; with an element, its pairs."""
    standing = cells["idea_elements"].join(cells["votes_by_idea"].select("idea"), on="idea", how="semi")
    placed = standing.filter(pl.col("element").is_in(ELEMENTS)).with_columns(
        place=pl.col("element").replace_strict({name: at for at, name in enumerate(ELEMENTS)}, return_dtype=pl.Int64)
    )
    sizes = placed.group_by("element").agg(size=pl.len().cast(pl.Int64))
    both = placed.join(placed, on="idea", suffix="_second").filter(pl.col("place") < pl.col("place_second"))
    pairs = both.group_by("element", "element_second", "place", "place_second").agg(ideas=pl.len().cast(pl.Int64))
    shares = (
        pairs.join(sizes, on="element")
        .join(sizes.rename({"element": "element_second", "size": "size_second"}), on="element_second")
        .with_columns(
            pair=pl.format("{} · {}", "element", "element_second"),
            of_first=pl.col("ideas") / pl.col("size"),
            of_second=pl.col("ideas") / pl.col("size_second"),
        )
    )
    if selection.element is not None:
        shares = shares.filter(
            (pl.col("element") == selection.element) | (pl.col("element_second") == selection.element)
        )
    return shares.sort(["ideas", "place", "place_second"], descending=[True, False, False]).select(
        column.name for column in METRIC.columns
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the pair with the most ideas in common."""
    if table.is_empty():
        return "No idea belongs to two elements here."
    first, second = table["pair"][0].split(" · ")
    names = f"{name_in_sentence(first)} and {name_in_sentence(second)}"
    return f"{names} share the most ideas: {table['ideas'][0]:,}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of pairs with ideas in common."""
    return counted(table.height, "pair")
