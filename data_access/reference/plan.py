"""The register of the 35 actions of the plan, and the commitments whose action number is not known.

The published wording of the actions could not be read anywhere, so `wording` is empty in every row:
pages say 'wording not loaded' and an import brings the real one. What is known about an action stands in
`priority`, in our own words, with where it was read and how sure it is.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import polars as pl

from data_access.reference._tables import text_table

_NO_WORDING = "text not available"
_UNKNOWN = ("unknown", "not stated")
_BOUNDS = {"due_stated": pl.String, "due_earliest": pl.Date, "due_latest": pl.Date}


@cache
def plan_actions() -> pl.DataFrame:
    """Give the register, one row for each number from 1 to 35.

    Columns: number, theme ("" where it is not known), owner_level, wording ("": not loaded), priority (what a
    source says of it, "" for nothing), due_stated, due_earliest, due_latest (null: no bound is stated),
    is_priority_to_2023, source (address), confidence (what is confirmed and what is not).
    """
    return _with_bounds(text_table("plan_actions")).select(
        pl.col("action_no").cast(pl.Int64).alias("number"),
        # 'one of: A | B' names two candidates; a register has to say which, or nothing.
        pl.when(pl.col("theme").str.starts_with("one of")).then(pl.lit("")).otherwise(_known("theme")).alias("theme"),
        _known("owner_level").alias("owner_level"),
        pl.lit("").alias("wording"),
        _without_placeholder("summary").alias("priority"),
        *_BOUNDS,
        (pl.col("priority_to_march_2023") == "yes").alias("is_priority_to_2023"),
        pl.col("source_url").alias("source"),
        "confidence",
    )


@cache
def plan_commitments() -> pl.DataFrame:
    """Give the commitments known by content but not by action number; never counted among the 35.

    Columns: commitment (U01 …), theme (inferred; two joined by |), owner_level, wording (in our own words),
    due_stated, due_earliest, due_latest, source, confidence.
    """
    return _with_bounds(text_table("plan_actions_unnumbered")).select(
        pl.col("item_id").alias("commitment"),
        "theme",
        _known("owner_level").alias("owner_level"),
        pl.col("summary").alias("wording"),
        *_BOUNDS,
        pl.col("source_url").alias("source"),
        "confidence",
    )


def date_bounds(stated: str) -> tuple[date | None, date | None]:
    """Give the earliest and the latest day that meet a date as a plan states it.

    'from 2024' begins on 1 January and never ends; '2023', 'by 2023' and 'end of 2023' last until
    31 December. A text without a year has no bounds: an action without a date is never overdue.
    """
    found = re.match(r"(from |by |end of |by the end of )?(20\d\d)\b", stated.strip().lower())
    if found is None:
        return None, None
    year = int(found.group(2))
    if found.group(1) == "from ":
        return date(year, 1, 1), None
    return None, date(year, 12, 31)


def _with_bounds(table: pl.DataFrame) -> pl.DataFrame:
    stated = ["" if due.startswith(_UNKNOWN) else due for due in table["due"]]
    bounds = [date_bounds(due) for due in stated]
    columns = {
        "due_stated": stated,
        "due_earliest": [earliest for earliest, _ in bounds],
        "due_latest": [latest for _, latest in bounds],
    }
    return table.hstack(pl.DataFrame(columns, schema=_BOUNDS))


def _known(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_in(_UNKNOWN)).then(pl.lit("")).otherwise(pl.col(column))


def _without_placeholder(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text == _NO_WORDING).then(pl.lit("")).otherwise(text)
