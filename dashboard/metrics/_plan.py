"""What the metrics of the plan share: where they come from, how actions and days are written."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.specs import Cells
from dashboard.wording import counted, day

SOURCE: Final = "The register of the plan and the statuses recorded on the desk; no participant data"
NO_ELEMENT: Final = "The plan has themes of its own, so the element filter does not apply."
PAST: Final = (
    "past the last day its stated date can mean, and not recorded as complete or closed; "
    "an action without such a day is never overdue"
)
NO_WORDING: Final = "wording not loaded"
NO_THEME: Final = "theme not known"


def theme(column: str = "theme") -> pl.Expr:
    """Write the theme of the plan, or that it is not known; candidates joined by | read as alternatives."""
    return pl.col(column).fill_null(NO_THEME).str.replace_all(" | ", " or ", literal=True)


def base(table: pl.DataFrame) -> str:
    """Say how many actions and as at which day; the table carries `as_at_day` beside its columns."""
    return f"{counted(table.height, 'action')} as at {day(table['as_at_day'].item(0))}"


def overdue() -> pl.Expr:
    """Write whether an action is past its latest date: 'yes' or 'no'."""
    return pl.when("is_overdue").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("overdue")


def expected() -> pl.Expr:
    """Give the status expected at the year's end; null where none was said, or for a year end that is past."""
    return pl.when(pl.col("expected_by") >= pl.col("as_at_day")).then("expected_status").alias("expected")


def day_shown(cells: Cells) -> pl.Expr:
    """Give the day the plan is shown as at, as a column `as_at_day`."""
    return pl.lit(cells["plan_actions"]["as_at_day"].item(0)).alias("as_at_day")


def past_dates(count: int) -> str:
    """Say how many are past their latest date: 'none is …', '1 is …', '2 are …'."""
    if count == 1:
        return "1 is past its latest date"
    return f"{count or 'none'} {'are past their' if count else 'is past its'} latest date"


def dates_note(actions: pl.DataFrame) -> str:
    """Say how many actions have a day they can be overdue against."""
    dated = actions["due_latest"].count()
    without = actions.height - dated
    return (
        f"{dated} of {counted(actions.height, 'action')} have a latest date; {without} have none and are never overdue."
    )
