"""How many actions stand at each status now and stood there on an earlier day."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, SOURCE
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, verb
from data_access.desk.plan_rules import STATUS_ORDER, counts_by_status

METRIC = Metric(
    key="plan_change",
    title="Change since an earlier day",
    question="Where has the plan moved?",
    cells=("plan_actions", "plan_before"),
    columns=(
        Column("status", "Status", "status"),
        Column("before", "Before", "count", "actions"),
        Column("now", "Now", "count", "actions"),
        Column("difference", "Difference", "count", "actions"),
    ),
    chart=Chart(kind="pair", category="status", values=("before", "now")),
    measure="Actions by status on the earlier day and on the day shown",
    numerator="Actions at the status on each of the two days",
    denominator="All actions of the register",
    interval="None: a full count",
    source=SOURCE,
    caveat="Both days are shown as is known now; a status recorded late for the earlier day is in it. "
    f"A difference of nought may hide moves in both directions: 'Actions that moved' lists them. {NO_ELEMENT}",
    takes_element=False,
    row=("status", "statuses"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count the actions at each status on both days; both sum to all; moved, as_at_day and since_day."""
    now, before = cells["plan_actions"], cells["plan_before"]
    both = now.select("number", "status").join(before.select("number", earlier="status"), on="number")
    moved = both.filter(pl.col("status") != pl.col("earlier")).height
    counts = counts_by_status(now).select("status", now="actions")
    earlier = counts_by_status(before).select("status", before="actions")
    return (
        pl.DataFrame({"status": STATUS_ORDER})
        .join(earlier, on="status", how="left", maintain_order="left")
        .join(counts, on="status", how="left", maintain_order="left")
        .select("status", "before", "now", difference=pl.col("now") - pl.col("before"))
        .with_columns(
            _plan.day_shown(cells),
            pl.lit(before["as_at_day"].item(0)).alias("since_day"),
            pl.lit(moved).alias("moved"),
        )
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many actions changed their status since the earlier day."""
    moved, every = table["moved"].item(0), int(table["now"].sum())
    since = day(table["since_day"].item(0))
    if not moved:
        return f"No action has changed its status since {since}."
    return f"{moved} of {counted(every, 'action')} {verb(moved, 'has', 'have')} changed status since {since}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the two days."""
    first, last = day(table["since_day"].item(0)), day(table["as_at_day"].item(0))
    return f"{counted(table['now'].sum(), 'action')}, {first} to {last}"
