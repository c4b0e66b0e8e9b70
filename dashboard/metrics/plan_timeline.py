"""The dates of the plan as stated, with the days they can mean."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._plan import NO_ELEMENT, SOURCE, overdue, theme
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, verb

METRIC = Metric(
    key="plan_timeline",
    title="When things are due, as stated",
    question="What is due next, and how exactly does the plan say when?",
    cells=("plan_actions", "plan_commitments"),
    columns=(
        Column("item", "Action or commitment"),
        Column("kind", "Kind"),
        Column("theme", "Theme of the plan"),
        Column("due_stated", "Due, as stated"),
        Column("due_earliest", "Earliest", "date", absent="[z]"),
        Column("due_latest", "Latest", "date", absent="[z]"),
        Column("precision", "Stated to the"),
        Column("status", "Status", "status", absent="[z]"),
        Column("overdue", "Past its latest date"),
    ),
    chart=Chart(
        kind="timeline", category="item", values=("due_stated",), low="due_earliest", high="due_latest", focus="overdue"
    ),
    measure="Earliest and latest day the stated date can mean, both included",
    numerator="Not a count",
    denominator="Actions and commitments with at least one bound",
    interval="The two bounds: 'by 2023' runs from 1 January to 31 December 2023; 'from 2024' has no latest day",
    source=SOURCE,
    caveat="Commitments whose action number is not known stand beside the actions and are never counted among "
    f"them; they have no status. {NO_ELEMENT}",
    takes_element=False,
    row=("stated date", "stated dates"),
)
ACTION, COMMITMENT = "action", "commitment without a number"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List what has a date, soonest latest day first, open-ended last, actions before commitments; as_at_day."""
    actions = cells["plan_actions"].with_columns(
        pl.format("Action {}", "number").alias("item"),
        pl.lit(ACTION).alias("kind"),
        pl.col("number").alias("order"),
        overdue(),
    )
    commitments = cells["plan_commitments"].with_columns(
        pl.col("commitment").alias("item"),
        pl.lit(COMMITMENT).alias("kind"),
        pl.lit(None, dtype=pl.String).alias("status"),
        pl.lit(0, dtype=pl.Int64).alias("order"),
        pl.lit("no").alias("overdue"),
    )
    names = [column.name for column in METRIC.columns]
    both = pl.concat([part.select(*names, "order", "as_at_day") for part in (actions, commitments)])
    return (
        both.filter(pl.col("due_earliest").is_not_null() | pl.col("due_latest").is_not_null())
        .with_columns(theme())
        .sort("due_latest", "due_earliest", "kind", "order", "item", nulls_last=True)
        .select(*names, "as_at_day")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the next latest date on or after the day shown."""
    if table.is_empty():
        return "The register states no dates."
    coming = table.filter(pl.col("due_latest") >= pl.col("as_at_day"))
    if coming.is_empty():
        return f"Every stated latest date is past; {_open_ended(table)}."
    until = coming["due_latest"].item(0)
    names = coming.filter(pl.col("due_latest") == until)["item"].to_list()
    told = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return f"Next: {told}, due by {day(until)} at the latest."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give how many dates are stated, of actions and of commitments."""
    actions = table.filter(pl.col("kind") == ACTION).height
    return f"{counted(actions, 'action')} and {counted(table.height - actions, 'commitment')} with a date"


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many actions state no date at all; that is right for actions of systems and organisations."""
    without = cells["plan_actions"].height - table.filter(pl.col("kind") == ACTION).height
    if not without:
        return ()
    told = f"{counted(without, 'action')} {verb(without, 'has', 'have')} no stated date."
    return (f"{told} The plan dates national actions only; systems and organisations set their own.",)


def _open_ended(table: pl.DataFrame) -> str:
    open_ended = table["due_latest"].null_count()
    return f"{open_ended or 'none'} {verb(open_ended or 1, 'is', 'are')} open-ended"
