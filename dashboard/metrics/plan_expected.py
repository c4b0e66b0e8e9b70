"""The status of the actions as at the day shown beside the one expected at the year's end."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, SOURCE, expected
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, verb
from data_access.desk.plan_rules import STATUS_ORDER, year_end
from data_access.vocabulary import FINISHED, NO_STATUS

METRIC = Metric(
    key="plan_expected",
    title="Where the plan stands, and where it is expected to stand at the year's end",
    question="Will the year end better than it stands?",
    cells=("plan_actions",),
    columns=(
        Column("status", "Status", "status"),
        Column("actions", "On the day shown", "count", "actions"),
        Column("expected", "Expected by year end", "count", "actions"),
    ),
    chart=Chart(kind="pair", category="status", values=("actions", "expected")),
    measure="Actions by status as at the day shown, and by the status expected for 31 March that follows",
    numerator="Actions at the status, as reported and as expected by whoever reported it",
    denominator="All actions of the register",
    interval="None: a full count; an expectation is somebody's judgement, not a forecast with an error",
    source=SOURCE,
    caveat=f"An action of which nothing is expected yet counts as '{NO_STATUS}' on the expected side. {NO_ELEMENT}",
    takes_element=False,
    row=("status", "statuses"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count the actions at each status, as at the day and as expected; both sum to all; as_at_day."""
    actions = cells["plan_actions"].with_columns(expected().fill_null(NO_STATUS))
    counts = [
        {
            "status": word,
            "actions": actions.filter(pl.col("status") == word).height,
            "expected": actions.filter(pl.col("expected") == word).height,
        }
        for word in STATUS_ORDER
    ]
    schema = {"status": pl.String, "actions": pl.Int64, "expected": pl.Int64}
    return pl.DataFrame(counts, schema=schema).with_columns(_plan.day_shown(cells))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many are finished and how many are expected to be."""
    every = int(table["actions"].sum())
    done, hoped = (int(table.filter(pl.col("status").is_in(FINISHED))[name].sum()) for name in ("actions", "expected"))
    unsaid = int(table.filter(pl.col("status") == NO_STATUS)["expected"].sum())
    if unsaid == every:
        return f"No status at the year's end is recorded for any of the {counted(every, 'action')}."
    told = f"{done or 'None'} of {counted(every, 'action')} {verb(done or 1, 'is', 'are')} complete or closed"
    until = day(year_end(table["as_at_day"].item(0)))
    return f"{told}; {hoped or 'none'} {verb(hoped or 1, 'is', 'are')} expected to be by {until}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions, the day, and of how many something is expected."""
    every = int(table["actions"].sum())
    said = every - int(table.filter(pl.col("status") == NO_STATUS)["expected"].sum())
    return f"{counted(every, 'action')} as at {day(table['as_at_day'].item(0))}; of {said} something is expected"
