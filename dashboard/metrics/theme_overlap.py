"""Which themes come up in the same ideas."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number

METRIC = Metric(
    key="theme_overlap",
    title="Themes that ideas share",
    question="Which themes come up together?",
    cells=("theme_pairs", "votes_by_theme"),
    columns=(
        Column("pair", "Two themes"),
        Column("ideas", "Ideas on both", "count", "ideas"),
        Column("participants", "Participants", "count", "participants"),
        Column("of_first", "Of the ideas on the first", "share", "of ideas", absent="[z]"),
        Column("of_second", "Of the ideas on the second", "share", "of ideas", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="pair", values=("ideas",), limit=10),
    measure="Ideas that were given both themes of a pair",
    numerator="Distinct ideas with both themes; people who voted, commented or posted on them",
    denominator="For the shares: ideas with the first theme, and ideas with the second",
    interval="None: every idea is counted",
    source="Codes that count in the newest version of the coding frame, of all coders together",
    caveat="Two coders who see different themes in one idea make a pair as well, so an overlap may be a disagreement: "
    "see how far coders agree. An idea on three themes is in three pairs",
    row=("pair", "pairs"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a pair of themes with an idea in common, most ideas first; is_hidden (participants only).

    With an element, the pairs of which one theme belongs to it.
    """
    themes = cells["votes_by_theme"].select("theme", "name", "element", size="ideas")
    first = themes.rename({name: name + "_first" for name in ("name", "element", "size")})
    second = themes.rename({name: name + "_second" for name in ("name", "element", "size")})
    pairs = cells["theme_pairs"].join(first, left_on="of_theme", right_on="theme")
    pairs = pairs.join(second, left_on="and_theme", right_on="theme").with_columns(
        pair=pl.format("{} · {}", "name_first", "name_second"),
        of_first=pl.col("ideas") / pl.col("size_first"),
        of_second=pl.col("ideas") / pl.col("size_second"),
    )
    if selection.element is not None:
        elements = pl.concat_list("element_first", "element_second")
        pairs = pairs.filter(elements.list.contains(selection.element))
    ordered = pairs.sort(["ideas", "of_theme", "and_theme"], descending=[True, False, False])
    return ordered.select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the pair with the most ideas in common, and how many share as many."""
    if table.is_empty():
        return "No idea has two themes here."
    first, second = table["pair"][0].split(" · ", maxsplit=1)
    names, most = f"{name_in_sentence(first)} and {name_in_sentence(second)}", table["ideas"][0]
    alike = table.filter(pl.col("ideas") == most).height - 1
    if alike:
        return f"{names}, and {counted(alike, 'more pair')}, share the most ideas: {number(most)}."
    return f"{names} share the most ideas: {number(most)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of pairs with ideas in common."""
    return counted(table.height, "pair")
