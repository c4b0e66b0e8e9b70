"""Commitments of the plan whose action number nobody has published."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_commitments",
    title="Commitments known without their number",
    question="What else did the plan promise?",
    cells=("plan_commitments",),
    columns=(
        Column("commitment", "Commitment"),
        Column("wording", "What was promised, in our words"),
        Column("theme", "Theme of the plan"),
        Column("owner_level", "Owner"),
        Column("due_stated", "Due, as stated"),
        Column("source", "Source"),
        Column("confidence", "How sure"),
    ),
    chart=Chart(kind="none", category="commitment"),
    measure="Commitments reported of the plan that could not be matched to a number",
    numerator="Not a count",
    denominator="Commitments of the register",
    interval="None: a full list",
    source="The register of the plan; each row names where it was read",
    caveat=f"They are some of the 35 actions, or parts of them, and are never added to them. {NO_ELEMENT}",
    takes_element=False,
    row=("commitment", "commitments"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the commitments by their id."""
    names = [column.name for column in METRIC.columns]
    return cells["plan_commitments"].sort("commitment").with_columns(theme()).select(names)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many there are and of how many a date was reported."""
    dated = table.filter(~pl.col("due_stated").str.starts_with("not stated").fill_null(True)).height
    if table.is_empty():
        return "No commitment stands apart from the numbered actions."
    known = counted(table.height, "commitment")
    return f"{known} {verb(table.height, 'is', 'are')} known without an action number; {dated or 'none'} with a date."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of commitments."""
    return counted(table.height, "commitment")
