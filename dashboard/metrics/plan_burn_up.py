"""What was done of the plan against what was due by then, month by month."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, SOURCE, dates_note
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, number
from data_access.desk.plan_dates import PUBLISHED
from data_access.vocabulary import FINISHED

METRIC = Metric(
    key="plan_burn_up",
    title="Done against due",
    question="Is the plan keeping up with its own dates?",
    cells=("plan_actions", "plan_milestones", "plan_updates"),
    columns=(
        Column("day", "Day", "date"),
        Column("milestones_due", "Milestones due by then", "count", "milestones"),
        Column("milestones_reached", "Milestones reached by then", "count", "milestones", absent="[z]"),
        Column("actions_due", "Actions due by then", "count", "actions"),
        Column("actions_finished", "Actions complete or closed then", "count", "actions", absent="[z]"),
    ),
    chart=Chart(
        kind="burn_up",
        category="day",
        values=("milestones_due", "milestones_reached", "actions_due", "actions_finished"),
    ),
    measure="Milestones and actions done by the end of each month against those due by then",
    numerator="Reached: milestones with a day on or before it; finished: actions complete or closed on it",
    denominator="Due: milestones and actions whose latest date lies on or before the day",
    interval="None: a full count",
    source=SOURCE,
    caveat="Due dates are those that stand on the day shown, not those first recorded; slip is in the register. "
    f"Actions and milestones without a latest date are never due. {NO_ELEMENT}",
    takes_element=False,
    row=("day", "days"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count month by month, from publication to the last due date or the day shown, whichever is later.

    What was done is null after the day shown: it has not happened yet. as_at_day.
    """
    actions, milestones = cells["plan_actions"], cells["plan_milestones"]
    shown = actions["as_at_day"].item(0)
    due = [*milestones["due_latest"].drop_nulls(), *actions["due_latest"].drop_nulls()]
    days = pl.DataFrame({"day": _days(shown, max([shown, *due]))}, schema={"day": pl.Date})
    finished = _finished(days, cells["plan_updates"])
    counts = {
        "milestones_due": _by(days, milestones["due_latest"]),
        "milestones_reached": _by(days, milestones["reached_on"]),
        "actions_due": _by(days, actions["due_latest"]),
        "actions_finished": finished,
    }
    is_past = pl.col("day") <= shown
    done = ("milestones_reached", "actions_finished")
    return (
        days.with_columns(pl.Series(name, values, dtype=pl.Int64) for name, values in counts.items())
        .with_columns(pl.when(is_past).then(pl.col(name)).alias(name) for name in done)
        .with_columns(_plan.day_shown(cells))
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many milestones were reached of those due by the day shown."""
    now = table.filter(pl.col("day") == pl.col("as_at_day")).row(0, named=True)
    reached, due = now["milestones_reached"], now["milestones_due"]
    if not max(table["milestones_due"], default=0):
        return "No milestone has a date to be held against."
    told = f"{number(reached) if reached else 'No'} milestones reached; {number(due) if due else 'none'} due by then"
    finished = now["actions_finished"]
    return f"{told}. {counted(finished, 'action') if finished else 'No action'} complete or closed."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of dated milestones and the day."""
    dated = max(table["milestones_due"], default=0)
    return f"{counted(dated, 'dated milestone')} as at {day(table['as_at_day'].item(0))}"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many actions have a date they could be held against."""
    return (dates_note(cells["plan_actions"]),)


def _days(shown: date, last: date) -> list[date]:
    """Give the ends of months from publication on, and the day shown."""
    ends, first = set(), PUBLISHED.replace(day=1)
    while first <= last:
        first = (first + timedelta(days=32)).replace(day=1)
        ends.add(first - timedelta(days=1))
    return sorted(ends | {shown})


def _by(days: pl.DataFrame, dates: pl.Series) -> list[int]:
    """Count the dates that lie on or before each day."""
    known = dates.drop_nulls().to_list()
    return [sum(one <= until for one in known) for until in days["day"]]


def _finished(days: pl.DataFrame, updates: pl.DataFrame) -> list[int]:
    """Count the actions that stood at complete or closed on each day."""
    newest = (
        days.join(updates, how="cross")
        .filter(pl.col("as_at") <= pl.col("day"))
        .sort("day", "action", "as_at", "recorded_at", maintain_order=True)
        .unique(("day", "action"), keep="last", maintain_order=True)
        .filter(pl.col("status").is_in(FINISHED))
    )
    counts = dict(newest.group_by("day").agg(pl.len()).sort("day").iter_rows())
    return [int(counts.get(until, 0)) for until in days["day"]]
