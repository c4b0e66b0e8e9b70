"""Actions that are past the last day their stated date can mean."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, PAST, SOURCE, dates_note, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, number

METRIC = Metric(
    key="plan_overdue",
    title="Actions past their latest date",
    question="Which actions are late, and by how much?",
    cells=("plan_actions",),
    columns=(
        Column("action", "Action"),
        Column("theme", "Theme of the plan"),
        Column("due_stated", "Due, as stated"),
        Column("due_latest", "Latest date", "date"),
        Column("days_past", "Days past it", "count", "days"),
        Column("status", "Status", "status"),
        Column("reason", "Reason", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="action", values=("days_past",)),
    measure="Days since the latest day the stated date can mean",
    numerator=f"Actions {PAST}",
    denominator="Actions with a latest date",
    interval="None: a full count",
    source=SOURCE,
    caveat="'By 2023' is read as by 31 December 2023, the later of its two readings; the strict one would call "
    f"late what may have been promised for December. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the overdue actions, the longest overdue first, equal ones by number; as_at_day."""
    late = (
        cells["plan_actions"]
        .filter("is_overdue")
        .with_columns(theme(), days_past=(pl.col("as_at_day") - pl.col("due_latest")).dt.total_days())
    )
    return late.sort(pl.col("days_past"), pl.col("number"), descending=[True, False]).select(
        pl.format("Action {}", "number").alias("action"),
        *(column.name for column in METRIC.columns[1:]),
        "as_at_day",
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the action that is longest past its date."""
    if table.is_empty():
        return "No action is past its latest date."
    first = table.row(0, named=True)
    told = "1 action is past its" if table.height == 1 else f"{counted(table.height, 'action')} are past their"
    days = "day" if first["days_past"] == 1 else "days"
    return f"{told} latest date; {first['action'].lower()} the longest, by {number(first['days_past'])} {days}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of overdue actions and the day."""
    if table.is_empty():
        return counted(0, "action")
    return f"{counted(table.height, 'action')} as at {day(table['as_at_day'].item(0))}"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many actions could be overdue at all."""
    return (dates_note(cells["plan_actions"]),)
