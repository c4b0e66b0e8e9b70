"""Conversations whose figures a new release takes over from an earlier one instead of counting them anew.

A completed conversation keeps the figures of its final release. One from which fewer than k people were erased
since it was last counted waits: subtracting the next release from the last would give what those few had done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from sqlalchemy import Connection

from data_access.frames import GROUPED_TABLES, TABLES
from data_access.problems import UserProblem
from data_access.publishing.material import facts_of
from data_access.releases.manifest import SCHEMA_VERSION, Manifest
from data_access.releases.store import list_releases, open_release, withdrawn_numbers
from data_access.vault import reading
from data_access.vault.retention import erased_since, states

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Carried:
    """Tables by conversation, and the release each conversation was last counted for."""

    tables: Mapping[str, Tables] = field(default_factory=dict)
    counted_for: Mapping[str, int] = field(default_factory=dict)


def carried(connection: Connection, releases_folder: Path) -> Carried:
    """Give what the next release takes over.

    Raises `UserProblem` where erasures wait and no release stands whose figures could stay.
    """
    releases = list_releases(releases_folder)
    ended = {state.conversation: state.final_release for state in states(connection) if state.completed_at}
    tables: dict[str, Tables] = {}
    counted_for: dict[str, int] = {}
    for row in reading.conversations(connection).sort("key").rows(named=True):
        facts = facts_of(row)
        if facts.key not in ended and not _is_waiting(connection, facts.key, facts.threshold, releases):
            continue
        source = _source(facts.key, releases_folder, releases, ended.get(facts.key))
        tables[facts.key] = _tables_of(releases_folder, source, facts.key)
        counted_for[facts.key] = source.carried.get(facts.key, source.number)
    return Carried(tables, counted_for)


def waiting_erasures(connection: Connection, releases_folder: Path, key: str) -> int:
    """Count the people erased from a conversation since it was last counted for a release."""
    return _erased_since_count(connection, key, list_releases(releases_folder))


def _is_waiting(connection: Connection, key: str, threshold: int, releases: list[Manifest]) -> bool:
    return 0 < _erased_since_count(connection, key, releases) < threshold


def _erased_since_count(connection: Connection, key: str, releases: list[Manifest]) -> int:
    """Withdrawn releases count too: what was read stays read."""
    by_number = {one.number: one for one in releases}
    holding = [one for one in releases if key in one.thresholds]
    if not holding:
        return 0
    last = by_number.get(holding[-1].carried.get(key, holding[-1].number), holding[-1])
    return erased_since(connection, key, last.published_at)


def _source(key: str, folder: Path, releases: list[Manifest], final: int | None) -> Manifest:
    """Give the release to take over from: the final one, or the newest that stands."""
    withdrawn = withdrawn_numbers(folder)
    standing = [
        one
        for one in releases
        if key in one.thresholds and one.number not in withdrawn and one.schema_version == SCHEMA_VERSION
    ]
    chosen = [one for one in standing if one.number == final] or standing[-1:]
    if not chosen:
        raise UserProblem(
            f"Nothing can be published of '{key}' yet: people were erased from it since it was last published, too few "
            "for new figures to keep what they did to themselves. Restore its last release, or wait for more erasures."
        )
    return chosen[0]


def _tables_of(folder: Path, source: Manifest, key: str) -> dict[str, pl.DataFrame]:
    release = open_release(folder, source.number)
    ungrouped = {table.name: table for table in TABLES if table not in GROUPED_TABLES}
    return {
        name: release.table(name, key) if source.file_of(name) else table.empty() for name, table in ungrouped.items()
    } | {table.name: table.empty() for table in GROUPED_TABLES}
