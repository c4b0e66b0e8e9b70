"""When a small cell cannot be covered: hide more around it and try again; failing that, publish nothing new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from data_access.disclosure.model import TOTAL, System
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Flags, Protection, Rule, World
from data_access.disclosure.together import protect_together
from data_access.problems import UserProblem
from data_access.progress import Progress, silent

ROUNDS = 3
ROUNDS_TOGETHER = 2  # a round with earlier releases takes several times as long


class NotProtected(UserProblem):
    """No grouped release can be proved safe; the earlier ones stand and nothing new is published.

    `uncovered` gives the partitions of the cells in question, for jobs only: never to be shown.
    """

    exit_code = 10

    def __init__(self, message: str, uncovered: pl.DataFrame | None = None) -> None:
        super().__init__(message)
        self.uncovered = uncovered


def protect_or_coarsen(
    system: System, rule: Rule, worlds: Sequence[World] = (), progress: Progress = silent
) -> Protection:
    """Protect; where worlds are missing, hide the region's cells of that slice, then of everybody, and try again.

    `worlds` prove the earlier releases that the system was joined with. Raises `NotProtected` after the last round,
    saying how many cells were left and never which.
    """
    also_hide: Flags = np.zeros(system.cells.height, dtype=np.bool_)
    is_first = not system.is_increment.any()
    for attempt in range(ROUNDS if is_first else ROUNDS_TOGETHER):
        protection = (
            protect(system, rule, also_hide, progress)
            if is_first
            else protect_together(system, worlds, rule, also_hide, progress)
        )
        if not protection.uncovered:
            return protection
        also_hide = also_hide | _around(system, protection.uncovered, with_everybody=attempt > 0)
    raise NotProtected(
        f"{len(protection.uncovered):,} small cells could not be hidden beyond doubt, whatever else was hidden. "
        "No grouped release was published; the earlier ones stand. Publish again when more people have taken part.",
        system.labels[list(protection.uncovered)],
    )


def _around(system: System, cells: tuple[int, ...], *, with_everybody: bool) -> Flags:
    """Give the cells of the same slice and region as any of these, also the coarser ones; then everybody's too."""
    labels = system.labels.with_row_index("cell")
    bad = labels[list(cells)].select("release", "family", "slice", "region").unique()
    near = labels.filter((pl.col("table") != TOTAL) & (pl.col("release") == 0)).join(
        bad.select("family", "slice", "region").unique(), on=["family", "slice", "region"], how="semi", nulls_equal=True
    )
    chosen = near["cell"].to_list()
    if with_everybody:
        regions = bad["region"].to_list()
        own = labels.filter(
            (pl.col("table") != TOTAL)
            & (pl.col("release") == 0)
            & (pl.col("family") == "everyone")
            & pl.col("region").is_in(regions)
        )
        chosen += own["cell"].to_list()
    answer: Flags = np.zeros(labels.height, dtype=np.bool_)
    answer[chosen] = True
    return answer
