"""Actions behind which nothing stands that people said."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._links import CHAIN, CHAIN_SOURCE, ONE_CONVERSATION, resolved_links
from dashboard.metrics._plan import NO_ELEMENT, NO_WORDING, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_unevidenced",
    title="Actions without evidence",
    question="Which actions rest on nothing people said here?",
    cells=CHAIN,
    columns=(
        Column("number", "Action", "number"),
        Column("wording", "Wording"),
        Column("theme", "Theme of the plan"),
        Column("status", "Status", "status"),
        Column("links", "Links recorded", "count"),
        Column("lost", "Links that lead nowhere", "count"),
    ),
    chart=Chart(kind="none", category="number"),
    measure="Actions none of whose links leads to something that stands in the release shown",
    numerator="Actions without a link that resolves",
    denominator="All actions of the register",
    interval="None: a full count",
    source=CHAIN_SOURCE,
    caveat="An action may be right without evidence from a conversation; this list says only that none is linked. "
    f"{ONE_CONVERSATION}. {NO_ELEMENT}",
    takes_element=False,
    row=("action", "actions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the actions without a link that resolves, by number; of_all is how many actions there are; as_at_day."""
    links = (
        resolved_links(cells)
        .group_by("action")
        .agg(pl.len().cast(pl.Int64).alias("links"), pl.col("resolved").null_count().cast(pl.Int64).alias("lost"))
    )
    actions = cells["plan_actions"]
    names = [column.name for column in METRIC.columns]
    return (
        actions.join(links, left_on="number", right_on="action", how="left")
        .with_columns(pl.col("links", "lost").fill_null(0), theme(), pl.col("wording").fill_null(NO_WORDING))
        .filter(pl.col("links") == pl.col("lost"))
        .sort("number")
        .select(*names, "as_at_day", pl.lit(actions.height).alias("of_all"))
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many actions have no evidence, and how many lost it."""
    if table.is_empty():
        return "Every action rests on something people said."
    told = f"{table.height} of {table['of_all'].item(0)} actions {verb(table.height, 'has', 'have')} no evidence"
    lost = table.filter(pl.col("lost") > 0).height
    return f"{told}; {lost} of them lost what they had." if lost else f"{told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of actions listed and the day."""
    return counted(0, "action") if table.is_empty() else _plan.base(table)
