"""How far staff groups are of one mind on each element."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._consensus import (
    CONSENSUS_CAVEAT,
    CONSENSUS_DENOMINATOR,
    CONSENSUS_INTERVAL,
    CONSENSUS_NUMERATOR,
    consensus,
    consensus_base,
    consensus_columns,
    consensus_headline,
    consensus_notes,
)
from dashboard.specs import Cells, Chart, Metric

METRIC = Metric(
    key="consensus_by_staff_group",
    title="Consensus between staff groups",
    question="On what do all staff groups agree?",
    cells=("staff_group_by_element",),
    columns=consensus_columns("staff groups", "Staff group"),
    chart=Chart(kind="bar", category="element", values=("gac_root",)),
    measure="Group-aware consensus over staff groups: the geometric mean of their agree shares, GAC^(1/k)",
    numerator=CONSENSUS_NUMERATOR,
    denominator=CONSENSUS_DENOMINATOR,
    interval=CONSENSUS_INTERVAL,
    source="Grouped tables, cut with a proof that no hidden count of people can be worked out",
    caveat=CONSENSUS_CAVEAT,
    row=("element", "elements"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an element, widest consensus first; see `consensus`."""
    return consensus(cells, selection, name="staff_group")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the elements with the widest and the narrowest consensus."""
    return consensus_headline(table, "staff group", "staff groups")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of staff groups."""
    return consensus_base(table, "staff group", "staff groups")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Name the staff groups left out."""
    return consensus_notes(table, "staff groups")
