"""Asking for what is counted over votes: plans the work, has the conversation's engine do it, remembers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import polars as pl

from data_access.progress import Progress, silent
from data_access.publishing.beside import (
    bits,
    calendar,
    carrying,
    closes,
    moved_stood,
    posted_under,
    said,
    said_by_day,
    sliced,
    steady,
    theme_slices,
    words_of_weeks,
    wrote,
)
from data_access.publishing.engines import Plan, Tally
from data_access.publishing.ground import Ground
from data_access.publishing.tallies import KEPT, NOW
from data_access.publishing.tallies_by_week import KEPT_BY_WEEK, weeks_tallies

# What is known without the votes: see `tallies` for how each is used.
BESIDE: Final[Mapping[str, Callable[[Ground], pl.DataFrame]]] = {
    "now": lambda ground: ground.now.select("idea", "root", "reason"),
    "standings": carrying,
    "calendar": calendar,
    "slices": lambda ground: sliced(ground).select("slice", "root"),
    "authors": lambda ground: said(ground).select("participant", "root").unique(),
    "said": lambda ground: said(ground).drop_nulls(),
    "said_by_day": said_by_day,
    "wrote": wrote,
    "opinion_groups": lambda ground: ground.material.opinion_groups.select("participant", "opinion_group"),
    "steady": steady,
    "moved_stood": moved_stood,
    "posted_under": posted_under,
    "bits": bits,
    "closes": closes,
    "theme_slices": theme_slices,
}


def tally(ground: Ground, name: str) -> pl.DataFrame:
    """Give a tally by name: its key and measures, in no promised order."""
    if name not in ground.tallied:
        work_out(ground, [name])
    return ground.tallied[name]


def work_out(ground: Ground, names: Iterable[str] = (), progress: Progress = silent) -> None:
    """Count the tallies named, all of them where none is, in one go through the votes."""
    every = {**NOW, **weeks_tallies(words_of_weeks(ground))}
    wanted = {name: every[name] for name in names or every}
    ground.tallied.update(ground.engine.tallied(ground.rows, plan(ground, wanted), wanted, progress))


def plan(ground: Ground, tallies: Mapping[str, Tally]) -> Plan:
    """Give what these tallies start from, and nothing else."""
    needed = {name for tally_ in tallies.values() for name in tally_.needs}
    kept = {name: steps for name, steps in {**KEPT, **KEPT_BY_WEEK}.items() if name in needed}
    return Plan({name: frame(ground) for name, frame in BESIDE.items() if name in needed}, kept)
