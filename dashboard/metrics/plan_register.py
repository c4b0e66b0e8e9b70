"""The register: everything known about each action, and what is not."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, NO_WORDING, PAST, SOURCE, expected, overdue, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_register",
    title="The register of actions",
    question="What is each action, who leads it, when is it due and how does it stand?",
    cells=("plan_actions",),
    columns=(
        Column("number", "Action", "number"),
        Column("wording", "Wording"),
        Column("theme", "Theme of the plan"),
        Column("owner_level", "Owner"),
        Column("leads", "Led by"),
        Column("due_stated", "Due, as stated"),
        Column("status", "Status", "status"),
        Column("expected", "Expected at the year's end", "status"),
        Column("reason", "Reason", absent="[z]"),
        Column("note", "Note", absent="[z]"),
        Column("as_at", "Status as at", "date", absent="[z]"),
        Column("overdue", "Past its latest date"),
        Column("slip_days", "Slip since first recorded", "number", "days", absent="[z]"),
        Column("milestones", "Milestones", "count"),
        Column("milestones_reached", "Milestones reached", "count"),
        Column("evidence", "Links to evidence", "count"),
        Column("governance", "Overseen by"),
        Column("measure", "Measure"),
        Column("priority", "Published priority", absent="[z]"),
        Column("source", "Source"),
        Column("confidence", "How sure"),
    ),
    chart=Chart(kind="none", category="number"),
    measure="The register as loaded, with the newest status recorded for the day shown",
    numerator=f"Not a count. Overdue: {PAST}. Slip: latest day now minus latest day first recorded, in days",
    denominator="All actions of the register",
    interval="None: a full count",
    source=SOURCE,
    caveat=f"'{NO_WORDING}' means that nobody has supplied the published wording, not that there is none. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the actions by number, all of them; leads are joined by a semicolon; as_at_day."""
    return (
        cells["plan_actions"]
        .sort("number")
        .with_columns(
            theme(),
            pl.col("wording").fill_null(NO_WORDING),
            pl.col("leads").list.join("; ").replace("", None),
            overdue(),
            expected(),
        )
        .select(*(column.name for column in METRIC.columns), "as_at_day")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say of how many actions the wording is loaded."""
    loaded = table.filter(pl.col("wording") != NO_WORDING).height
    if loaded == table.height:
        return f"The wording of all {counted(table.height, 'action')} is loaded."
    known = verb(loaded or 1, "has its", "have their")
    return f"{loaded or 'None'} of {counted(table.height, 'action')} {known} wording loaded."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions and the day."""
    return _plan.base(table)
