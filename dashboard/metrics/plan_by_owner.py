"""How the actions of each owner level stand."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, PAST, SOURCE
from dashboard.metrics._plan_counts import COUNT_COLUMNS, NO_OWNER, by_group, most_needing
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day

METRIC = Metric(
    key="plan_by_owner",
    title="Status by owner level",
    question="At which level is work held up?",
    cells=("plan_actions",),
    columns=(
        Column("owner_level", "Owner"),
        Column("actions", "Actions", "count", "actions"),
        *COUNT_COLUMNS,
        Column("overdue", "Past their latest date", "count", "actions"),
    ),
    chart=Chart(kind="status_bars", category="owner_level", values=tuple(column.name for column in COUNT_COLUMNS)),
    measure="Actions by owner level and by the newest status recorded for the day shown",
    numerator=f"Actions of the owner level at the status; overdue: {PAST}",
    denominator="All actions of the register, each once",
    interval="None: a full count",
    source=SOURCE,
    caveat="Levels as the register states them; several that own an action together are a level of their own. "
    f"{NO_ELEMENT}",
    takes_element=False,
    row=("owner level", "owner levels"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count the actions of each level by status, in the order of their first action, not known last; as_at_day."""
    actions = cells["plan_actions"].with_columns(pl.col("owner_level").fill_null(NO_OWNER))
    names = [column.name for column in METRIC.columns]
    return by_group(actions, "owner_level", NO_OWNER).select(names).with_columns(_plan.day_shown(cells))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say where most of the actions at risk or off track lie."""
    return most_needing(table, "owner_level")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions and the day."""
    return f"{counted(table['actions'].sum(), 'action')} as at {day(table['as_at_day'].item(0))}"
