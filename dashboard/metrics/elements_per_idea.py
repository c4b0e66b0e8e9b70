"""How many elements ideas belong to: simple ones, and complex ones that touch several."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import in_selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, verb

LABELS = {0: "Not yet coded", 1: "One element", 2: "Two elements", 3: "Three elements or more"}

METRIC = Metric(
    key="elements_per_idea",
    title="Complex ideas: how many elements an idea touches",
    question="How many ideas touch more than one element?",
    cells=("votes_by_idea", "idea_elements"),
    columns=(
        Column("elements", "Elements"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("share", "Share of ideas", "share", "of ideas", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="elements", values=("ideas",)),
    measure="Ideas that stand, by the number of elements they belong to",
    numerator="Ideas that belong to so many elements",
    denominator="Ideas that stand in the selection",
    interval="None: every idea is counted",
    source="The elements that ideas were posted or coded under",
    caveat="An idea of several elements is counted under each of them elsewhere, which is why elements overlap",
    row=("number of elements", "numbers of elements"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row for none, one, two, and three elements or more, all of them."""
    ideas = in_selection(cells["votes_by_idea"], cells["idea_elements"], selection).select("idea")
    each = cells["idea_elements"].group_by("idea").agg(number=pl.len().cast(pl.Int64))
    counts = ideas.join(each, on="idea", how="left").with_columns(
        number=pl.col("number").fill_null(0).clip(upper_bound=max(LABELS))
    )
    summed = counts.group_by("number").agg(ideas=pl.len().cast(pl.Int64))
    every = pl.DataFrame({"number": list(LABELS), "elements": list(LABELS.values())})
    whole = every.join(summed, on="number", how="left", maintain_order="left").with_columns(
        pl.col("ideas").fill_null(0)
    )
    total = pl.col("ideas").sum()
    return whole.with_columns(share=pl.when(total > 0).then(pl.col("ideas") / total)).select(
        column.name for column in METRIC.columns
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many ideas touch more than one element."""
    total = int(table["ideas"].sum())
    if not total:
        return "No ideas stand here."
    complex_ideas = int(table["ideas"][2] + table["ideas"][3])
    touch = verb(complex_ideas, "touches", "touch")
    return (
        f"{complex_ideas:,} of {counted(total, 'idea')} ({per_cent(complex_ideas / total)}) {touch} several elements."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas."""
    return counted(int(table["ideas"].sum()), "idea")
