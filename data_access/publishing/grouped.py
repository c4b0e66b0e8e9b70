"""The grouped tables of one conversation: count, protect together with all earlier releases, prove, cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data_access.disclosure.bands import band
from data_access.disclosure.batches import small_losses
from data_access.disclosure.check import faults
from data_access.disclosure.coarsen import protect_or_coarsen
from data_access.disclosure.grouped_votes import sides, with_votes
from data_access.disclosure.increments import joined
from data_access.disclosure.model import TOTAL, System, system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from
from data_access.disclosure.protection import Protection, Rule
from data_access.frames import table_named
from data_access.frames.grouped import DATED_FAMILY, gives_votes, slice_column
from data_access.progress import Progress
from data_access.publishing.ground import Ground
from data_access.publishing.grouped_count import counted, memberships, places, votes_cast
from data_access.reference.lattice import EVERYONE, GroupedTable, Lattice


@dataclass(frozen=True)
class Grouped:
    """The grouped tables of a conversation, their proof (for `proofs/`, never the release) and the report."""

    tables: Mapping[str, pl.DataFrame]
    proof: Mapping[str, pl.DataFrame]
    report: Mapping[str, float]


class LossesWait(Exception):
    """A cell would lose 1 to k-1 people since the last grouped release: its tables stay until more have changed."""


@dataclass(frozen=True)
class Earlier:
    """A grouped release of the same conversation: its number, its proof and its report."""

    number: int
    proof: Mapping[str, pl.DataFrame]
    report: Mapping[str, float]

    @property
    def system(self) -> System:
        """Its cells as later releases see them."""
        return earlier_system(self.proof, self.number)


def grouped(
    ground: Ground,
    lattice: Lattice,
    *,
    earlier: Sequence[Earlier],
    hidden_slices: frozenset[tuple[str, str]],
    through: date,
    progress: Progress,
) -> Grouped:
    """Make the grouped tables.

    `earlier` releases come oldest first; where nobody has moved since the last, its pattern stays. `hidden_slices`
    names (family, slice) whose totals the ungrouped tables hide: they get no grouped cells.
    `through` is the last closed day. Raises `NotProtected` where no proof is found, `ValueError` (a bug of ours)
    where the checker refuses the proof; nothing may be published then.
    """
    facts = ground.facts
    rule = Rule(facts.threshold, lattice.known_records, lattice.widen_covers_up_to)
    where = places(ground, lattice)
    people = counted(memberships(ground, lattice, through), where)
    offered = people.filter(
        ~pl.concat_str("family", "slice", separator="\0").is_in(["\0".join(pair) for pair in sorted(hidden_slices)])
    )
    now = system(offered, lattice)
    if earlier and small_losses(earlier[-1].system, now, facts.threshold):
        raise LossesWait
    frames, figures = _unchanged(earlier, now) or _protected(earlier, now, rule, lattice, progress)
    wrong = faults(proof_from(frames))
    if wrong:
        raise ValueError(f"{facts.key}: the proof does not hold: {'; '.join(wrong[:3])}")
    votes = votes_cast(ground, where)
    cells = frames["cells"].filter((pl.col("release") == 0) & ~pl.col("is_increment"))
    tables = {table.name: _table(cells, votes, table, lattice, ground) for table in lattice.tables}
    return Grouped(tables, frames, figures)


def _protected(
    earlier: Sequence[Earlier], now: System, rule: Rule, lattice: Lattice, progress: Progress
) -> tuple[Mapping[str, pl.DataFrame], Mapping[str, float]]:
    protection = protect_or_coarsen(joined([one.system for one in earlier], now), rule, progress=progress)
    return proof_frames(protection, lattice.version), report(protection)


def _unchanged(
    earlier: Sequence[Earlier], now: System
) -> tuple[Mapping[str, pl.DataFrame], Mapping[str, float]] | None:
    """Give the last proof if every count is what it was: the same people must not get another pattern."""
    if not earlier:
        return None
    last = earlier[-1]
    system_ = last.system
    names = [name for name in now.labels.columns if name != "release"]
    same = system_.labels.select(names).equals(now.labels.select(names)) and np.array_equal(system_.value, now.value)
    return (last.proof, last.report) if same else None


def report(protection: Protection) -> dict[str, int]:
    """Give the figures of the privacy report of one conversation."""
    now = (protection.system.labels["release"] == 0).to_numpy() & ~protection.system.is_increment
    now &= (protection.system.labels["table"] != TOTAL).to_numpy()
    width = (protection.highest - protection.lowest)[protection.is_small]
    return {
        "cells": int(now.sum()),
        "hidden": int((protection.is_hidden & now).sum()),
        "secondary": int((protection.is_secondary & now).sum()),
        "small_growths": int((protection.is_small & protection.system.is_increment).sum()),
        "narrowest_interval": int(width.min()) if len(width) else 0,
        "witnessed": int(protection.is_small.sum()),
        "worlds": len(protection.worlds),
        "programmes": protection.programmes,
    }


def _table(
    cells: pl.DataFrame, votes: pl.DataFrame, table: GroupedTable, lattice: Lattice, ground: Ground
) -> pl.DataFrame:
    family = lattice.family(table.family)
    promised = table_named(table.name)
    named = {"slice": table.family} if table.family != EVERYONE else {}
    own = cells.filter(pl.col("table") == table.name).rename({**named, "value": "participants"})
    by = [*slice_column(table), *table.by]
    shown = own.select(
        *by, pl.when(~pl.col("is_hidden")).then(pl.col("participants")).alias("participants"), "is_hidden"
    )
    if family.name == DATED_FAMILY:
        shown = shown.with_columns(pl.col(DATED_FAMILY).str.to_date())
    else:
        cast = votes.filter(pl.col("family") == table.family).rename(named)
        shown = _with_votes(shown, sides(cast, by), table, lattice, ground)
    return (
        shown.with_columns(conversation=pl.lit(ground.facts.key))
        .select(pl.col(name).cast(kind) for name, kind in promised.columns.items())
        .sort(promised.key)
    )


def _with_votes(
    shown: pl.DataFrame, cast: pl.DataFrame, table: GroupedTable, lattice: Lattice, ground: Ground
) -> pl.DataFrame:
    by = [*slice_column(table), *table.by]
    if not gives_votes(lattice.family(table.family)):
        share = pl.col("agree") / pl.sum_horizontal("agree", "pass", "disagree")
        banded = shown.join(cast, on=by, how="left")
        return banded.with_columns(agree_band=pl.when(~pl.col("is_hidden")).then(band(share, lattice.band_bounds)))
    is_one_way = table.ways == 1
    return with_votes(
        shown,
        cast,
        by=by,
        whole=[*slice_column(table), *(table.by[:-1] if is_one_way else [])],
        k=ground.facts.threshold,
        bounds=lattice.band_bounds,
        has_pass=ground.facts.has_pass,
    )
