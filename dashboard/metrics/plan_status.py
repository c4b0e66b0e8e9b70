"""How many of the 35 actions stand at each status."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, PAST, SOURCE, dates_note, past_dates
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, verb
from data_access.desk.plan_rules import counts_by_status
from data_access.vocabulary import FINISHED, NO_STATUS, ActionStatus

METRIC = Metric(
    key="plan_status",
    title="Status of the actions",
    question="How far has the plan come?",
    cells=("plan_actions",),
    columns=(
        Column("status", "Status", "status"),
        Column("actions", "Actions", "count", "actions"),
        Column("overdue", "Past their latest date", "count", "actions"),
    ),
    chart=Chart(kind="bar", category="status", values=("actions",)),
    measure="Actions of the plan by the newest status recorded for the day shown",
    numerator=f"Actions at the status; overdue: {PAST}",
    denominator="All actions of the register",
    interval="None: a full count",
    source=SOURCE,
    caveat=f"An action without a recorded status is counted as '{NO_STATUS}', never as not started. {NO_ELEMENT}",
    takes_element=False,
    row=("status", "statuses"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count the actions at each status and those of them that are overdue.

    In:   plan_actions, one row an action
    Out:  one row a status, every word of the register in its order and 'no status recorded', even at 0;
          the counts sum to the number of actions; as_at_day
    """
    actions = cells["plan_actions"]
    return counts_by_status(actions).with_columns(pl.lit(actions["as_at_day"].item(0)).alias("as_at_day"))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many are complete or closed and how many are past their latest date."""
    every, unknown = table["actions"].sum(), _at(table, (NO_STATUS,))
    if unknown == every:
        return f"No status is recorded for any of the {counted(every, 'action')}."
    done = _at(table, FINISHED)
    word = "complete or closed" if _at(table, (ActionStatus.CLOSED.value,)) else "complete"
    told = f"{done or 'None'} of {counted(every, 'action')} {verb(done or 1, 'is', 'are')} {word}"
    return f"{told}; {past_dates(int(table['overdue'].sum()))}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions and the day."""
    return f"{counted(table['actions'].sum(), 'action')} as at {day(table['as_at_day'].item(0))}"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many have no status and how many could be overdue at all."""
    unknown = _at(table, (NO_STATUS,))
    told = (f"{counted(unknown, 'action')} {verb(unknown, 'has', 'have')} no status recorded.",) if unknown else ()
    return (*told, dates_note(cells["plan_actions"]))


def _at(table: pl.DataFrame, words: tuple[str, ...]) -> int:
    return int(table.filter(pl.col("status").is_in(words))["actions"].sum())
