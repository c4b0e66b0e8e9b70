"""Which grouped tables a release gives: all once a conversation is over, while it runs those of large enough cells."""

from __future__ import annotations

import polars as pl

from data_access.disclosure.model import TOTAL, System, of_tables, system
from data_access.frames.grouped import DATED_FAMILY
from data_access.reference.lattice import Lattice


def tables_now(people: pl.DataFrame, lattice: Lattice, k: int, *, is_over: bool, last: System | None) -> frozenset[str]:
    """Name the tables to cut.

    While the conversation runs, those of the last grouped release again; in the first one, those that need not wait
    (`at_the_close`) and whose cells hold enough people on average (`mean_while_running` times k). Weeks do not grow
    once they are closed and never wait. In: people: as `grouped_count.counted` gives them.
    """
    offered = lattice.cut_now(is_over=is_over)
    if is_over:
        return offered
    if last is not None:
        return offered & given_tables(last)
    made = of_tables(system(people, lattice), offered)
    means = made.labels.with_columns(value=made.value).group_by("table", "family").agg(pl.col("value").mean())
    enough = (pl.col("value") >= lattice.mean_while_running * k) | (pl.col("family") == DATED_FAMILY)
    return offered & frozenset(means.filter(enough)["table"])


def given_tables(last: System) -> frozenset[str]:
    """Name the tables that the newest grouped release gave."""
    newest = last.labels.filter(pl.col("release") == pl.col("release").max())
    return frozenset(newest["table"]) - {TOTAL}
