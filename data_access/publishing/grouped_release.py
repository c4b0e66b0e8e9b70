"""Grouped tables of a whole release: cut anew for `publish --grouped`, carried over unchanged otherwise."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Connection

from data_access.frames import GROUPED_TABLES
from data_access.progress import Progress
from data_access.publishing.calendar import FIRST_DAY, last_closed_day
from data_access.publishing.ground import Ground, prepare
from data_access.publishing.grouped import Earlier, LossesWait, grouped
from data_access.publishing.grouped_count import can_be_grouped
from data_access.publishing.material import facts_of, gather
from data_access.publishing.proof_store import Proofs, proof_of
from data_access.reference.lattice import lattice
from data_access.releases.manifest import SCHEMA_VERSION
from data_access.releases.store import list_releases, open_release, withdrawn_numbers
from data_access.vault import reading

Tables = Mapping[str, pl.DataFrame]
HIDING = (("element", "votes_by_element", "element"), ("theme", "votes_by_theme", "theme"))


@dataclass(frozen=True)
class GroupedPart:
    """The grouped tables of a release, with proofs and reports of the conversations that were cut anew."""

    tables: Tables
    proofs: Proofs = field(default_factory=dict)
    privacy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def is_grouped(self) -> bool:
        """Whether there is any grouped cell."""
        return any(frame.height for frame in self.tables.values())


def cut(
    connection: Connection,
    ungrouped: Tables,
    *,
    releases_folder: Path,
    proofs_folder: Path,
    kept: frozenset[str],
    ending: frozenset[str] = frozenset(),
    now: datetime,
    progress: Progress,
) -> GroupedPart:
    """Cut the grouped tables of every conversation whose participants carry a region or a staff group.

    Each is protected together with all earlier grouped releases, withdrawn ones too: what was read stays read.
    Those in `kept` keep the grouped tables they have, and so does one that too few came to or left since; those
    `ending` with this release are cut as ended ones are. Raises `NotProtected` where no proof is found or an earlier
    one is missing.
    """
    parts: list[Tables] = []
    proofs: dict[str, Mapping[str, pl.DataFrame]] = {}
    privacy: dict[str, Mapping[str, Any]] = {}
    for row in reading.conversations(connection).sort("key").rows(named=True):
        facts = facts_of(row)
        if facts.key in kept:
            parts.append(_kept(releases_folder, facts.key))
            continue
        if not can_be_grouped(ground := prepare(gather(connection, facts, now=now, progress=progress))):
            continue
        started = time.monotonic()
        try:
            made = grouped(
                ground,
                lattice(),
                earlier=_earlier(facts.key, releases_folder, proofs_folder),
                hidden_slices=_hidden_slices(ungrouped, ground),
                through=_date(last_closed_day(now, facts.timezone)),
                is_ending=facts.key in ending,
                progress=progress,
            )
        except LossesWait:
            parts.append(_kept(releases_folder, facts.key))
        else:
            parts.append(made.tables)
            proofs[facts.key] = made.proof
            privacy[facts.key] = {**made.report, "seconds": round(time.monotonic() - started, 1)}
    tables = {table.name: pl.concat([table.empty(), *(part[table.name] for part in parts)]) for table in GROUPED_TABLES}
    return GroupedPart(tables, proofs, privacy)


def _kept(releases_folder: Path, conversation: str) -> Tables:
    tables = carried_over(releases_folder).tables
    return {name: frame.filter(pl.col("conversation") == conversation) for name, frame in tables.items()}


def carried_over(releases_folder: Path) -> GroupedPart:
    """Give the grouped tables of the newest release that stands, unchanged; empty ones where there is none."""
    withdrawn = withdrawn_numbers(releases_folder)
    standing = [
        one.number
        for one in list_releases(releases_folder)
        if one.number not in withdrawn and one.is_grouped and one.schema_version == SCHEMA_VERSION
    ]
    if not standing:
        return GroupedPart({table.name: table.empty() for table in GROUPED_TABLES})
    release = open_release(releases_folder, max(standing))
    return GroupedPart({table.name: release.table(table.name) for table in GROUPED_TABLES})


def _earlier(conversation: str, releases_folder: Path, proofs_folder: Path) -> Earlier | None:
    """Give the newest grouped release of a conversation, withdrawn or not: what was read stays read."""
    cut_ = [one for one in list_releases(releases_folder) if conversation in one.privacy]
    if not cut_:
        return None
    last = max(cut_, key=lambda one: one.number)
    tables = {}
    if last.schema_version == SCHEMA_VERSION:
        release = open_release(releases_folder, last.number)
        tables = {table.name: release.table(table.name, conversation) for table in GROUPED_TABLES}
    proof = proof_of(proofs_folder, last.number, conversation)
    return Earlier(last.number, proof, last.privacy[conversation], tables)


def _hidden_slices(ungrouped: Tables, ground: Ground) -> frozenset[tuple[str, str]]:
    """Name the slices whose England total the ungrouped tables hide: their grouped cells would give it away."""
    found = set()
    for family, table, column in HIDING:
        own = ungrouped[table].filter((pl.col("conversation") == ground.facts.key) & pl.col("is_hidden"))
        found |= {(family, name) for name in own[column]}
    return frozenset(found)


def _date(day: int) -> date:
    return date.fromordinal(FIRST_DAY.toordinal() + day)
