"""Group-aware consensus of each idea over the opinion groups the source supplied."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._groups import GROUP_CAVEAT, GROUP_CELLS, GROUP_SOURCE, NO_GROUPS, group_cells, group_notes
from dashboard.metrics._polis import group_consensus, group_consensus_root
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, shortened, whole_per_cent

METRIC = Metric(
    key="polis_group_consensus",
    title="Ideas that every opinion group supports",
    question="Which ideas bridge the opinion groups?",
    cells=GROUP_CELLS,
    columns=(
        Column("wording", "Idea"),
        Column("idea", "Idea number"),
        Column("gac_root", "Consensus, GAC^(1/k)", "share"),
        Column("gac", "Consensus, GAC", "share"),
        Column("groups", "Opinion groups (k)", "count", "groups"),
        Column("voters", "Voters in the groups", "count", "participants"),
    ),
    chart=Chart(kind="bar", category="wording", values=("gac_root",), limit=10),
    measure="Group-aware consensus of each idea: the geometric mean of the groups' agree shares, GAC^(1/k)",
    numerator="In each group: agree votes and one more",
    denominator="In each group: all votes, passes too, and two more",
    interval="None. GAC is the product of the groups' shares; its k-th root does not fall with the number of groups",
    source=GROUP_SOURCE,
    caveat=GROUP_CAVEAT,
    row=("idea", "ideas"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an idea with every group shown, widest consensus first."""
    seen = pl.sum_horizontal("agree", "pass", "disagree")
    rows = group_cells(cells, selection).with_columns(seen=seen)
    over = rows.group_by("idea", "wording").agg(
        gac_root=group_consensus_root(pl.col("agree"), pl.col("seen")),
        gac=group_consensus(pl.col("agree"), pl.col("seen")),
        groups=pl.len().cast(pl.Int64),
        voters=pl.col("voters").sum(),
    )
    return over.sort(["gac_root", "idea"], descending=[True, False]).select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the idea with the widest consensus."""
    if table.is_empty():
        return NO_GROUPS
    first = table.row(0, named=True)
    words = shortened(first["wording"], 60).rstrip(".")
    over = counted(first["groups"], "opinion group")
    return f"‘{words}’ bridges the {over} most: consensus {whole_per_cent(first['gac_root'])}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas with every group shown."""
    return f"{counted(table.height, 'idea')} with every group shown"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say what is left out."""
    return group_notes(cells)
