"""Statements that set each opinion group apart from the others."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._groups import (
    GROUP_CAVEAT,
    GROUP_CELLS,
    GROUP_SOURCE,
    NO_GROUPS,
    group_cells,
    group_name,
    group_notes,
)
from dashboard.metrics._polis import MOST_STATEMENTS, representative, selected
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, shortened

METRIC = Metric(
    key="polis_representative",
    title="What sets each opinion group apart",
    question="Which ideas does each group see differently from the others?",
    cells=GROUP_CELLS,
    columns=(
        Column("statement", "Group, side and idea"),
        Column("group", "Opinion group"),
        Column("idea", "Idea number"),
        Column("side", "Side"),
        Column("agree", "Agree", "count", "votes"),
        Column("pass", "Pass", "count", "votes"),
        Column("disagree", "Disagree", "count", "votes"),
        Column("p", "Share of that side, smoothed", "share", "of votes, passes too"),
        Column("ratio", "Times the other groups' share", "number"),
        Column("z_half", "z against a half", "number"),
        Column("z_rest", "z against the other groups", "number"),
        Column("strength", "Strength", "number"),
    ),
    chart=Chart(kind="diverging_bar", category="statement", values=("agree", "pass", "disagree")),
    measure="Ideas each group votes on unlike the others, with the group's own votes",
    numerator="The group's votes on the side that sets it apart, and one more",
    denominator="All votes of the group on the idea, passes too, and two more",
    interval="Two z tests, 90% one-sided: the share against a half, and against the other groups together. "
    f"Strength = ratio × z × share × z; at most {MOST_STATEMENTS} ideas a group, agreement first",
    source=GROUP_SOURCE,
    caveat=f"A group that nothing sets apart surely keeps its strongest idea. {GROUP_CAVEAT}",
    row=("idea of a group", "ideas of groups"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the selected ideas of each group, groups in order, agreement before disagreement."""
    rows = selected(representative(group_cells(cells, selection)))
    is_agree = pl.col("side") == "agree"

    def of_side(name: str) -> pl.Expr:
        return pl.when(is_agree).then(pl.col(f"{name}_agree")).otherwise(pl.col(f"{name}_disagree"))

    told = rows.with_columns(
        group=group_name(),
        p=of_side("p"),
        ratio=of_side("r"),
        z_half=of_side("pt"),
        z_rest=of_side("rt"),
        statement=pl.format("{}, {}: {}", group_name(), pl.col("side") + "s", "wording"),
    )
    return told.select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the idea that sets a group apart most."""
    if table.is_empty():
        return NO_GROUPS
    first = table.sort(["strength", "statement"], descending=[True, False]).row(0, named=True)
    words = shortened(first["statement"].split(": ", 1)[1], 60).rstrip(".")
    return f"{first['group']} is set apart most by ‘{words}’, with which it {first['side']}s."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of groups."""
    return counted(table["group"].n_unique(), "opinion group")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say what is left out."""
    return group_notes(cells)
