"""The grouped tables of one conversation: count, protect together with all earlier releases, prove, cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from data_access.disclosure.bands import band
from data_access.disclosure.check import faults
from data_access.disclosure.coarsen import NotProtected, protect_or_coarsen
from data_access.disclosure.grouped_votes import sides, with_votes
from data_access.disclosure.increments import Slice, joined
from data_access.disclosure.model import TOTAL, of_tables, system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from, worlds_of
from data_access.disclosure.protection import Flags, Protection, Rule
from data_access.frames import table_named
from data_access.frames.grouped import DATED_FAMILY, gives_votes, slice_column
from data_access.progress import Progress
from data_access.publishing.ground import Ground
from data_access.publishing.grouped_carried import (
    families_with,
    is_same,
    nothing_new,
    rows_as_published,
    with_carried,
    with_hidden_slices,
)
from data_access.publishing.grouped_count import counted, memberships, places, votes_cast
from data_access.publishing.grouped_merge import Merges, joined_merges, merged, merges_for
from data_access.publishing.grouped_waiting import given_tables, tables_now
from data_access.reference.lattice import EVERYONE, GroupedTable, Lattice

MERGES: Final = 4  # times that labels are merged before giving up


class LossesWait(Exception):
    """Too few have come or gone since the last grouped release: its tables stay until more have changed."""


@dataclass(frozen=True)
class Grouped:
    """The grouped tables of a conversation, their proof (for `proofs/`, never the release) and the report."""

    tables: Mapping[str, pl.DataFrame]
    proof: Mapping[str, pl.DataFrame]
    report: Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """The newest grouped release of the same conversation: its number, proof (which covers all before it) and report.

    `tables` are its grouped tables of the conversation; none where this version can no longer read them.
    """

    number: int
    proof: Mapping[str, pl.DataFrame]
    report: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Asked:
    """What protection is asked for: by which rule, of which lattice, and which of its tables now."""

    rule: Rule
    lattice: Lattice
    cut_now: frozenset[str]


@dataclass(frozen=True)
class ProtectedCells:
    """What protecting gave: proof, report, slices carried, everybody with the labels that are published, the tables."""

    cut: frozenset[str]
    proof: Mapping[str, pl.DataFrame]
    report: Mapping[str, Any]
    carried: frozenset[Slice]
    places: pl.DataFrame


def grouped(
    ground: Ground,
    lattice: Lattice,
    *,
    earlier: Earlier | None,
    hidden_slices: frozenset[Slice],
    through: date,
    is_ending: bool = False,
    progress: Progress,
) -> Grouped:
    """Make the grouped tables.

    `earlier` is the newest grouped release. Raises `LossesWait` where the people of fewer than k have changed since.
    `hidden_slices` names (family, slice) whose totals the ungrouped tables hide: all their grouped cells are hidden.
    `through` is the last closed day; while the conversation runs longer, and is not `is_ending` with this release,
    tables that wait for its end are empty. Raises `NotProtected` where no proof is found, `ValueError` (a bug of ours)
    where the checker refuses the proof; nothing may be published then.
    """
    facts = ground.facts
    rule = Rule(facts.threshold, lattice.known_records, lattice.widen_covers_up_to)
    members = memberships(ground, lattice, through).filter(
        ~pl.concat_str("family", "slice", separator="\0").is_in(["\0".join(pair) for pair in sorted(hidden_slices)])
    )
    divided = places(ground, lattice)
    is_over = is_ending or facts.closes_on is None or facts.closes_on <= through
    last = None if earlier is None else earlier_system(earlier.proof, earlier.number)
    cut_now = tables_now(counted(members, divided), lattice, rule.k, is_over=is_over, last=last)
    made = protected_cells(members, divided, rule, lattice, cut_now=cut_now, earlier=earlier, progress=progress)
    wrong = faults(proof_from(made.proof))
    if wrong:
        raise ValueError(f"{facts.key}: the proof does not hold: {'; '.join(wrong[:3])}")
    cells = made.proof["cells"].filter((pl.col("release") == 0) & ~pl.col("is_increment"))
    tables = dict(tables_of(cells, votes_cast(ground, made.places), lattice, ground))
    for table in lattice.tables:
        if table.name not in made.cut:
            continue
        own = tables[table.name]
        before = None if earlier is None else earlier.tables.get(table.name)
        kept = {name for family, name in made.carried if family == table.family}
        own = rows_as_published(own, before, table, kept) if kept else own
        hidden = sorted(name for family, name in hidden_slices if family == table.family)
        rows = with_hidden_slices(own, hidden, cells, table)
        tables[table.name] = rows.with_columns(conversation=pl.lit(facts.key))  # where every slice is hidden, too
    waiting = sorted({table.name for table in lattice.tables} - made.cut)
    told = {**made.report, "slices_hidden": len(hidden_slices), **({"tables_waiting": waiting} if waiting else {})}
    return Grouped(tables, made.proof, told)


def protected_cells(
    members: pl.DataFrame,
    places_: pl.DataFrame,
    rule: Rule,
    lattice: Lattice,
    *,
    cut_now: frozenset[str],
    earlier: Earlier | None,
    progress: Progress,
) -> ProtectedCells:
    """Protect; where hiding more is not enough, merge labels in a first release, leave new tables out in a later one.

    In: members: participant, family, slice; places_: participant and the partitions; `cut_now` names the tables.
    Raises `NotProtected` where that is not enough either, and `LossesWait`.
    """
    asked = Asked(rule, lattice, cut_now)
    merges: Merges = {} if earlier is None else earlier.report.get("merged", {})
    given = frozenset[str]() if earlier is None else given_tables(earlier_system(earlier.proof, earlier.number))
    for attempt in range(MERGES + 1):
        labelled = merged(places_, merges)
        people = counted(members, labelled)
        try:
            frames, figures, carried = _protected(people, earlier, asked, progress)
        except NotProtected as problem:
            if given and asked.cut_now - given and asked.cut_now & given:
                # Tables that waited stay away rather than everything: those given before are cut as they were.
                asked = replace(asked, cut_now=asked.cut_now & given)
                continue
            more = merges_for(labelled, problem.uncovered) if problem.uncovered is not None else {}
            if earlier is not None or not more or attempt == MERGES:
                raise
            merges = joined_merges(merges, more)
        else:
            figures = {**figures, **({"merged": merges} if merges else {})}
            return ProtectedCells(asked.cut_now, frames, figures, carried, labelled)
    raise AssertionError("the last attempt returns or raises")


def _protected(
    people: pl.DataFrame, earlier: Earlier | None, asked: Asked, progress: Progress
) -> tuple[Mapping[str, pl.DataFrame], Mapping[str, Any], frozenset[Slice]]:
    rule, lattice, cut_now = asked.rule, asked.lattice, asked.cut_now
    if earlier is None:
        protection = protect_or_coarsen(of_tables(system(people, lattice), cut_now), rule, progress=progress)
        return proof_frames(protection, lattice.version), report(protection), frozenset()
    last = earlier_system(earlier.proof, earlier.number)
    if is_same(people, last) and families_with(last, lattice, cut_now) == {one.name for one in lattice.families}:
        return earlier.proof, earlier.report, frozenset()
    now, carried = with_carried(people, last, lattice, rule.k, cut_now)
    if nothing_new(carried):
        if earlier.tables:
            raise LossesWait
        return earlier.proof, earlier.report, carried  # written anew, because no version reads the old ones any more
    bands = {family.name for family in lattice.families if family.shows_band}
    whole = joined(last, now, carried=carried, without_counts=bands)
    protection = protect_or_coarsen(whole, rule, worlds_of(earlier.proof), progress=progress)
    figures = {**report(protection), "slices_carried": len(carried)}
    return proof_frames(protection, lattice.version), figures, carried


def report(protection: Protection) -> dict[str, int]:
    """Give the figures of the privacy report of one conversation.

    `secondary` counts every hidden cell of k people and more; `grown_by_few` those of them that grew by 1 to k-1
    people since an earlier release, and so are hidden for their own sake.
    """
    now = (protection.system.labels["release"] == 0).to_numpy() & ~protection.system.is_increment
    now &= (protection.system.labels["table"] != TOTAL).to_numpy()
    width = (protection.highest - protection.lowest)[protection.is_small]
    return {
        "cells": int(now.sum()),
        "hidden": int((protection.is_hidden & now).sum()),
        "secondary": int((protection.is_secondary & now).sum()),
        "grown_by_few": _grown_by_few(protection, now),
        "small_growths": int((protection.is_small & protection.system.is_increment).sum()),
        "narrowest_interval": int(width.min()) if len(width) else 0,
        "witnessed": int(protection.is_small.sum()),
        "worlds": len(protection.worlds),
        "programmes": protection.programmes,
    }


def _grown_by_few(protection: Protection, now: Flags) -> int:
    system = protection.system
    names = [name for name in system.labels.columns if name != "release"]
    few = system.labels.filter(pl.Series(system.is_increment & protection.is_small)).select(names).unique()
    own = system.labels.filter(pl.Series(protection.is_secondary & now))
    return own.join(few, on=names, how="semi", nulls_equal=True).height


def tables_of(cells: pl.DataFrame, votes: pl.DataFrame, lattice: Lattice, ground: Ground) -> Mapping[str, pl.DataFrame]:
    """Cut the tables of a release from cells of a proof: table, slice, partitions, value, is_hidden.

    In: votes: as `grouped_count.votes_cast` gives them.
    """
    return {table.name: _table(cells, votes, table, lattice, ground) for table in lattice.tables}


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
        total = pl.sum_horizontal("agree", "pass", "disagree")
        share = pl.col("agree") / total
        banded = shown.join(cast, on=by, how="left")
        told = band(share, lattice.band_bounds, total)
        return banded.with_columns(agree_band=pl.when(~pl.col("is_hidden")).then(told))
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
