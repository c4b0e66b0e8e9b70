"""How the actions of each theme of the plan stand."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, NO_THEME, PAST, SOURCE, theme
from dashboard.metrics._plan_counts import COUNT_COLUMNS, by_group, most_needing
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day

METRIC = Metric(
    key="plan_by_theme",
    title="Status by theme of the plan",
    question="Under which theme of the plan is work held up?",
    cells=("plan_actions",),
    columns=(
        Column("theme", "Theme of the plan"),
        Column("actions", "Actions", "count", "actions"),
        *COUNT_COLUMNS,
        Column("overdue", "Past their latest date", "count", "actions"),
    ),
    chart=Chart(kind="status_bars", category="theme", values=tuple(column.name for column in COUNT_COLUMNS)),
    measure="Actions by theme of the plan and by the newest status recorded for the day shown",
    numerator=f"Actions of the theme of the plan at the status; overdue: {PAST}",
    denominator="All actions of the register, each once",
    interval="None: a full count",
    source=SOURCE,
    caveat=f"A theme in the register may be inferred from the order of the plan; the register says where. {NO_ELEMENT}",
    takes_element=False,
    row=("theme", "themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Count the actions of each theme by status, in the order of their first action, not known last; as_at_day."""
    actions = cells["plan_actions"].with_columns(theme())
    names = [column.name for column in METRIC.columns]
    return by_group(actions, "theme", NO_THEME).select(names).with_columns(_plan.day_shown(cells))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say where most of the actions at risk or off track lie."""
    return most_needing(table, "theme")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions and the day."""
    return f"{counted(table['actions'].sum(), 'action')} as at {day(table['as_at_day'].item(0))}"
