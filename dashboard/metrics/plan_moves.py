"""Actions whose status is another than on an earlier day."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, NO_WORDING, SOURCE, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_moves",
    title="Actions that moved",
    question="Which actions changed their status, and why?",
    cells=("plan_actions", "plan_before"),
    columns=(
        Column("number", "Action", "number"),
        Column("wording", "Wording"),
        Column("theme", "Theme of the plan"),
        Column("before", "Status before", "status"),
        Column("status", "Status now", "status"),
        Column("note", "Note", absent="[z]"),
        Column("as_at", "Status as at", "date", absent="[z]"),
        Column("recorded_by", "Recorded by", absent="[z]"),
    ),
    chart=Chart(kind="none", category="number"),
    measure="Actions whose status on the day shown is another than on the earlier day",
    numerator="Not a count",
    denominator="All actions of the register",
    interval="None: a full list",
    source=SOURCE,
    caveat=f"Both days are shown as is known now. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the actions that moved, by number."""
    earlier = cells["plan_before"].select("number", before="status")
    names = [column.name for column in METRIC.columns]
    return (
        cells["plan_actions"]
        .join(earlier, on="number")
        .filter(pl.col("status") != pl.col("before"))
        .with_columns(theme(), pl.col("wording").fill_null(NO_WORDING))
        .sort("number")
        .select(names)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many moved."""
    return f"{counted(table.height, 'action')} moved." if table.height else "No action moved."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions listed."""
    return f"{counted(table.height, 'action')} that {verb(table.height, 'has', 'have')} moved"
