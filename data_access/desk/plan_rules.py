"""What follows from the register and its history: status on a day, overdue, slip. Pure functions on frames.

* The **status on a day** is the newest update whose `as_at` is not later than the day and which was recorded
  by the moment asked about; of two for one day the later recorded stands. Without any it is 'no status
  recorded': 'not started' is a thing somebody says, not a thing we assume.
* **The status expected at the year's end** is what the same update expects for 31 March that follows the day
  it is about; it is shown beside the status, never in its place.
* **A withdrawn update** counts until the moment its withdrawal was recorded and not after.
* **Overdue** is past the latest day of its deadline and not recorded as complete or closed. 'Proposed
  closed' is not agreed yet and stays open. An action without a latest day is never overdue: the plan gives
  dates to national actions only, and those who own the others set their own.
* **Slip** is the latest day now minus the latest day first recorded, in days; negative when brought forward.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import polars as pl

from data_access.vocabulary import FINISHED, NO_STATUS, ActionStatus

STATUS_ORDER: Final = (*(status.value for status in ActionStatus), NO_STATUS)
SAID_BY_UPDATE: Final = (
    "status",
    "reason",
    "note",
    "expected_status",
    "expected_by",
    "as_at",
    "recorded_at",
    "recorded_by",
)


def standing(versions: pl.DataFrame, key: tuple[str, ...], day: date, known: datetime | None) -> pl.DataFrame:
    """Keep the newest version of each key that is valid on `day` and recorded by `known`, unless withdrawn."""
    return (
        versions.filter((pl.col("valid_from") <= day) & _recorded_by(known))
        .sort("valid_from", "version", "id")
        .unique(key, keep="last", maintain_order=True)
        .filter(~pl.col("is_withdrawn"))
        .sort(key)
    )


def updates_until(updates: pl.DataFrame, day: date, known: datetime | None) -> pl.DataFrame:
    """Keep the updates about days up to `day` that were recorded, and not withdrawn, by `known`; oldest first."""
    said = updates.filter(_recorded_by(known))
    withdrawn = said["withdraws"].drop_nulls().to_list()
    stands = pl.col("withdraws").is_null() & ~pl.col("id").is_in(withdrawn)
    return said.filter((pl.col("as_at") <= day) & stands).sort("action", "as_at", "recorded_at", "id")


def year_end(day: date) -> date:
    """Give the end of the financial year that a day lies in: 31 March, the day itself included."""
    end = date(day.year, 3, 31)
    return end if day <= end else date(day.year + 1, 3, 31)


def with_status(actions: pl.DataFrame, updates: pl.DataFrame, day: date) -> pl.DataFrame:
    """Add what the newest update says, who recorded it and when, and `is_overdue`."""
    newest = updates.unique("action", keep="last", maintain_order=True).select(
        pl.col("action").alias("number"), *SAID_BY_UPDATE
    )
    return actions.join(newest, on="number", how="left", maintain_order="left").with_columns(
        pl.col("status").fill_null(NO_STATUS),
        is_overdue=_is_past(day) & ~pl.col("status").is_in(FINISHED).fill_null(False),
    )


def with_slip(rows: pl.DataFrame, versions: pl.DataFrame, key: tuple[str, ...], known: datetime | None) -> pl.DataFrame:
    """Add `first_due_latest`, the latest day as first recorded, and `slip_days` since; null without both."""
    first = (
        versions.filter(pl.col("due_latest").is_not_null() & _recorded_by(known))
        .sort("recorded_at", "version", "id")
        .unique(key, keep="first", maintain_order=True)
        .select(*key, first_due_latest="due_latest")
    )
    return rows.join(first, on=key, how="left", maintain_order="left").with_columns(
        slip_days=(pl.col("due_latest") - pl.col("first_due_latest")).dt.total_days()
    )


def milestones_on(milestones: pl.DataFrame, day: date) -> pl.DataFrame:
    """Say of each milestone whether it was reached by `day` and whether it is past its latest day unreached."""
    reached = pl.col("reached_on").is_not_null() & (pl.col("reached_on") <= day).fill_null(False)
    return milestones.with_columns(
        reached_on=pl.when(reached).then("reached_on"), is_reached=reached, is_overdue=_is_past(day) & ~reached
    )


def counts_by_status(actions: pl.DataFrame) -> pl.DataFrame:
    """Count actions by status, and those of them that are overdue.

    Out:  one row a status, every word of the register in its order and 'no status recorded', even at 0; the
          counts sum to the number of actions
    """
    words = pl.DataFrame({"status": STATUS_ORDER}, schema={"status": pl.String})
    counted = actions.group_by("status").agg(
        pl.len().cast(pl.Int64).alias("actions"), pl.col("is_overdue").sum().cast(pl.Int64).alias("overdue")
    )
    return words.join(counted, on="status", how="left", maintain_order="left").with_columns(
        pl.col("actions", "overdue").fill_null(0)
    )


def _is_past(day: date) -> pl.Expr:
    return (pl.col("due_latest") < day).fill_null(False)


def _recorded_by(known: datetime | None) -> pl.Expr:
    return pl.lit(True) if known is None else pl.col("recorded_at") <= known
