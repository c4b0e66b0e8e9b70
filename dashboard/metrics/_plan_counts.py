"""Counting the actions by status within groups of the register, and between two days."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._plan import NO_THEME
from dashboard.specs import Column
from data_access.desk.plan_rules import STATUS_ORDER
from data_access.vocabulary import slug

# One column a status; the label of each is the word itself, so that charts and tables name it alike.
STATUS_COLUMNS: Final = {word: slug(word).replace("-", "_") for word in STATUS_ORDER}
COUNT_COLUMNS: Final = tuple(
    Column(name, word[:1].upper() + word[1:], "count", "actions") for word, name in STATUS_COLUMNS.items()
)
NO_OWNER: Final = "owner not known"


def by_group(actions: pl.DataFrame, group: str, unknown: str) -> pl.DataFrame:
    """Count the actions of each group by status.

    Out:  one row a group in the order of its first action, those not known last: group, actions, one column a
          status, overdue; the counts of a row sum to its actions, and those of all rows to all actions
    """
    counts = [(pl.col("status") == word).sum().cast(pl.Int64).alias(name) for word, name in STATUS_COLUMNS.items()]
    return (
        actions.group_by(group)
        .agg(
            pl.len().cast(pl.Int64).alias("actions"),
            *counts,
            pl.col("is_overdue").sum().cast(pl.Int64).alias("overdue"),
            pl.col("number").min().alias("first"),
        )
        .sort(pl.col(group) == unknown, "first")
        .drop("first")
    )


def most_needing(table: pl.DataFrame, group: str) -> str:
    """Say in a sentence which group has most of the actions at risk or off track."""
    risky = table.with_columns(risky=pl.col("at_risk") + pl.col("off_track"))
    top = risky.sort("risky", group, descending=[True, False]).row(0, named=True)
    if not top["risky"]:
        return "No action is at risk or off track."
    every = int(risky["risky"].sum())
    how_many = f"{top['risky']} of {every}" if top["risky"] < every else f"All {every}"
    place = top[group] if top[group] in (NO_THEME, NO_OWNER) else f"‘{top[group]}’"
    return f"{how_many} at risk or off track: {place}."
