"""The 35 actions as tiles, by theme of the plan."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._plan import NO_ELEMENT, NO_THEME, PAST, SOURCE, expected, overdue, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb
from data_access.vocabulary import NO_STATUS, ActionStatus

METRIC = Metric(
    key="plan_board",
    title="The actions by theme",
    question="Which actions need attention, and under which theme of the plan?",
    cells=("plan_actions",),
    columns=(
        Column("number", "Action", "number"),
        Column("theme", "Theme of the plan"),
        Column("status", "Status", "status"),
        Column("expected", "Expected at the year's end", "status"),
        Column("due_stated", "Due, as stated"),
        Column("overdue", "Past its latest date"),
    ),
    chart=Chart(kind="tiles", category="number", values=("status",)),
    measure="One tile an action: its number, the newest status recorded for the day shown, by word and shape",
    numerator=f"Not a count. Overdue: {PAST}",
    denominator="All actions of the register",
    interval="None: a full count",
    source=SOURCE,
    caveat=f"A theme in the register may be inferred from the order of the plan; the register says where. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)
ATTENTION = (ActionStatus.AT_RISK.value, ActionStatus.OFF_TRACK.value)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Lay out the tiles.

    In:   plan_actions
    Out:  one row an action, all of them, by number within the order in which themes first occur, actions
          without a known theme last; overdue is 'yes' or 'no'; as_at_day
    """
    actions = cells["plan_actions"].with_columns(theme())
    first = pl.col("number").min().over("theme")
    return actions.sort(pl.col("theme") == NO_THEME, first, "number").select(
        "number",
        "theme",
        "status",
        expected(),
        "due_stated",
        overdue(),
        "as_at_day",
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many are at risk or off track, and whether that is known of all."""
    rated = table.filter(pl.col("status") != NO_STATUS).height
    if not rated:
        return f"No status is recorded for any of the {counted(table.height, 'action')}."
    risky = table.filter(pl.col("status").is_in(ATTENTION)).height
    of_all = f"the {counted(rated, 'action')} with a status" if rated < table.height else counted(rated, "action")
    return f"{risky or 'None'} of {of_all} {verb(risky or 1, 'is', 'are')} at risk or off track."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions and the day."""
    return _plan.base(table)
