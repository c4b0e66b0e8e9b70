"""How strongly people want what each action is about."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._links import CHAIN, CHAIN_SOURCE, ONE_CONVERSATION, SUPPORT_COLUMNS, support
from dashboard.metrics._plan import NO_ELEMENT
from dashboard.metrics._votes import ALIKE, INTERVAL, SHARE_DENOMINATOR, SHARE_NUMERATOR
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent

METRIC = Metric(
    key="plan_support",
    title="Strength of opinion behind each action",
    question="How strongly do people want what each action is about?",
    cells=CHAIN,
    columns=(Column("action", "Action"), *SUPPORT_COLUMNS),
    chart=Chart(
        kind="interval", category="action", values=("agree_share",), low="agree_low", high="agree_high", limit=15
    ),
    measure="Agree share of the votes on the ideas behind each action, with its 95% interval",
    numerator=SHARE_NUMERATOR,
    denominator=SHARE_DENOMINATOR,
    interval=INTERVAL,
    source=CHAIN_SOURCE,
    caveat="Behind an action stand the ideas linked to it and the ideas of the themes linked to it, each once. "
    f"People voted on ideas, not on the action. {ALIKE}. {ONE_CONVERSATION}. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give all actions, the surest agreement first, those without votes last by number; as_at_day."""
    behind = support(cells).sort("agree_low", "number", descending=[True, False], nulls_last=True)
    names = [column.name for column in SUPPORT_COLUMNS]
    return behind.select(pl.format("Action {}", "number").alias("action"), *names).with_columns(_plan.day_shown(cells))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the action with the surest agreement behind it."""
    voted = table.filter(pl.col("agree_share").is_not_null())
    if voted.is_empty():
        return "No action has votes behind it."
    top = voted.row(0, named=True)
    told = f"{top['action']} has the surest agreement behind it: {per_cent(top['agree_share'])}"
    return f"{told} ({per_cent(top['agree_low'])} to {per_cent(top['agree_high'])})."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions with votes behind them."""
    voted = table["agree_share"].count()
    return f"{voted} of {counted(table.height, 'action')} with votes behind them"
