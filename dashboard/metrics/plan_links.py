"""Every link from an action to what people said, and what it resolves to in this release."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _plan
from dashboard.metrics._links import CHAIN, CHAIN_SOURCE, ONE_CONVERSATION, resolved_links
from dashboard.metrics._plan import NO_ELEMENT
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="plan_links",
    title="The chain of evidence, link by link",
    question="What does each action rest on, and does every link still lead somewhere?",
    cells=CHAIN,
    columns=(
        Column("action", "Action", "number"),
        Column("kind", "Kind of evidence"),
        Column("item", "Linked id"),
        Column("state", "What became of it"),
        Column("resolved", "Stands now as", absent="[z]"),
        Column("name", "What it is", absent="[z]"),
        Column("response", "Answer", absent="[z]"),
        Column("response_text", "What was done, or why it cannot be", absent="[z]"),
    ),
    chart=Chart(kind="none", category="item"),
    measure="Links from actions to themes, ideas, feedback points and sessions",
    numerator="Links whose id leads to something that stands in the release shown",
    denominator="All links recorded as at the day shown",
    interval="None: a full count",
    source=CHAIN_SOURCE,
    caveat="An idea that was merged away counts as the idea it stands as; one that was removed leads nowhere. "
    f"{ONE_CONVERSATION}. {NO_ELEMENT}",
    takes_element=False,
    row=("link", "links"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the links, those that lead nowhere first, then by action, kind and item; as_at_day."""
    names = [column.name for column in METRIC.columns]
    links = resolved_links(cells).sort(pl.col("resolved").is_not_null(), "action", "kind", "item")
    return links.select(names).with_columns(_plan.day_shown(cells))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say whether every link leads somewhere."""
    if table.is_empty():
        return "No action is linked to anything people said."
    lost = table["resolved"].null_count()
    if not lost:
        return f"All {counted(table.height, 'link')} lead to something that stands."
    return f"{lost} of {counted(table.height, 'link')} {verb(lost, 'leads', 'lead')} nowhere any more."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of links and of actions that have any."""
    return f"{counted(table.height, 'link')} of {counted(table['action'].n_unique(), 'action')}"
