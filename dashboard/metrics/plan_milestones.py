"""Milestones of the actions: reached, to come, past their date."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, SOURCE, past_dates
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_milestones",
    title="Milestones",
    question="Which steps were taken, and which come next?",
    cells=("plan_milestones",),
    columns=(
        Column("action", "Action", "number"),
        Column("text", "Milestone"),
        Column("due_stated", "Due, as stated"),
        Column("due_latest", "Latest date", "date", absent="[z]"),
        Column("reached_on", "Reached on", "date", absent="[z]"),
        Column("state", "State"),
        Column("slip_days", "Slip since first recorded", "number", "days", absent="[z]"),
    ),
    chart=Chart(kind="none", category="text"),
    measure="Milestones recorded for the actions, as at the day shown",
    numerator="Milestones reached on or before the day shown",
    denominator="All milestones recorded",
    interval="None: a full count",
    source=SOURCE,
    caveat=f"Most actions have no milestones yet; none is assumed. {NO_ELEMENT}",
    takes_element=False,
    row=("milestone", "milestones"),
)
REACHED, LATE, TO_COME = "reached", "past its latest date", "to come"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the milestones by action and latest date; state is one of three words."""
    state = pl.when("is_reached").then(pl.lit(REACHED)).when("is_overdue").then(pl.lit(LATE)).otherwise(pl.lit(TO_COME))
    names = [column.name for column in METRIC.columns]
    rows = cells["plan_milestones"].with_columns(state.alias("state"))
    return rows.sort("action", "due_latest", "milestone", nulls_last=True).select(names)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many were reached and how many are late."""
    if table.is_empty():
        return "No milestones are recorded."
    reached = table.filter(pl.col("state") == REACHED).height
    told = f"{reached or 'None'} of {counted(table.height, 'milestone')} {verb(reached or 1, 'was', 'were')} reached"
    return f"{told}; {past_dates(table.filter(pl.col('state') == LATE).height)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of milestones."""
    return counted(table.height, "milestone")
