"""Corrections and erasures take people away from cells: few at a time they would give those few away."""

from __future__ import annotations

import polars as pl

from data_access.disclosure.model import TOTAL, System


def small_losses(before: System, now: System, k: int) -> int:
    """Count the cells that would lose 1 to k-1 people between two grouped releases.

    Cells that only one of the two has are left out: they have nothing to be subtracted from.
    """
    names = [name for name in now.labels.columns if name != "release"]
    then = before.labels.with_columns(then=pl.Series(before.value)).filter(pl.col("table") != TOTAL).drop("release")
    since = now.labels.with_columns(now=pl.Series(now.value)).drop("release")
    both = then.join(since, on=names, nulls_equal=True)
    return both.filter((pl.col("then") - pl.col("now")).is_between(1, k - 1)).height
