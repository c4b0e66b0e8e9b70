"""Publish: resolve → count → protect → check → write. The only maker of a release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.disclosure import shown_counts
from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions
from data_access.frames import TABLES
from data_access.problems import NothingThere
from data_access.progress import Progress
from data_access.publishing.carried import Carried, carried
from data_access.publishing.count import count, protected
from data_access.publishing.counting import Counting
from data_access.publishing.ground import prepare
from data_access.publishing.grouped_release import GroupedPart, carried_over, cut
from data_access.publishing.material import facts_of, gather
from data_access.publishing.proof_store import Proofs, keep, set_aside
from data_access.publishing.renewed import NAMES, earlier_programmes, renewed
from data_access.publishing.withdrawals import Withdrawals, blank_withdrawn, withdrawals
from data_access.releases.redacting import Redacted
from data_access.releases.store import Manifest, ReleaseFacts, current_number, list_releases, withdraw_releases
from data_access.releases.writing import content_hash_of, write_release
from data_access.vault import reading
from data_access.vault.engine import plain_words

__all__ = ["cells_of", "publish", "withdraw_after", "withdraw_releases"]

RULES: Final[Mapping[str, str]] = {
    "days": "counted once closed, by the conversation's own clock",
    "moderation": "merge, split, remove, restore, retitle; the latest vote of a participant on an idea stands",
    "protection": "counts of 1 to k-1 participants hidden, and a row beside them; idea votes exact",
    "text": "checked for personal details; flagged wording held back",
    "words": "used by at least k participants; lower bound of a step only",
}


def publish(
    *,
    engine: Engine,
    releases_folder: Path,
    now: datetime,
    progress: Progress,
    is_forced: bool = False,
    grouped_proofs: Path | None = None,
    ending: frozenset[str] = frozenset(),
    decisions: Mapping[str, TextDecisions] | None = None,
    keys_folder: Path | None = None,
    when_blanked: Callable[[Redacted], object] | None = None,
    counting: Counting | None = None,
) -> Manifest:
    """Publish the ungrouped tables of every conversation that has a committed import.

    `grouped_proofs` names the folder of proofs and asks for grouped tables cut anew; without it those of the
    newest grouped release are carried over as they are. Conversations that are `ending` with this release get the
    tables that wait for their end. `decisions` says, by conversation, what people decided about flagged wording.
    With `keys_folder`, whose key signs redactions, wording that was removed, reworded or withdrawn since is blanked
    in earlier releases too; `when_blanked` is told, to look after copies. Completed conversations, and those from
    which fewer than k people were erased since they were last counted, keep the figures they had:
    `Manifest.carried` names them.

    `counting` says what counts over votes; this machine where it is left out.
    Only days that are over by `now` are counted. A vault that says nothing new writes nothing and gives the
    current release, unless `is_forced`.

    Raises `NothingThere` where nothing was imported yet, `ValueError` (a bug of ours) where the last check
    finds a number that must not be shown, `NotProtected` where grouped tables cannot be proved safe; then
    nothing is written.
    """
    with plain_words(engine), reading.snapshot(engine) as connection:
        kept = carried(connection, releases_folder)
        on = counting or Counting()
        counted = cells_of(connection, now=now, progress=progress, kept=kept, decisions=decisions or {}, counting=on)
        tables, thresholds = _renewed(counted, releases_folder), counted.thresholds
        imports = reading.imports(connection)
        part = carried_over(releases_folder)
        if grouped_proofs:
            folders = {"releases_folder": releases_folder, "proofs_folder": grouped_proofs}
            kept_as_are = frozenset(kept.tables)
            part = cut(connection, tables, **folders, kept=kept_as_are, ending=ending, now=now, progress=progress)
    tables |= part.tables
    about = _facts(thresholds, imports, part, kept, now)
    _check(tables, thresholds)
    unchanged = None if is_forced else _current_with(releases_folder, content_hash_of(tables, about))
    made = unchanged or _written(releases_folder, tables, about, part.proofs, grouped_proofs)
    if keys_folder is not None:
        blanked = blank_withdrawn(releases_folder, counted.gone, keys_folder=keys_folder, now=now)
        if when_blanked is not None and blanked.count:
            when_blanked(blanked)
    return made


def _facts(
    thresholds: Mapping[str, int], imports: pl.DataFrame, part: GroupedPart, kept: Carried, now: datetime
) -> ReleaseFacts:
    return ReleaseFacts(
        published_at=now.astimezone(UTC).replace(microsecond=0),
        code_version=version("lookforward"),
        thresholds=thresholds,
        imports=tuple(imports["content_hash"].unique().sort()),
        rules=RULES,
        is_grouped=part.is_grouped,
        privacy=part.privacy,
        carried=kept.counted_for,
    )


def withdraw_after(*, engine: Engine, releases_folder: Path, undone_import: int) -> list[int]:
    """Withdraw the releases that rest on an import that was undone; give their numbers, none if none does.

    To be called after the undo. A release stays while the same files are still imported by another run.
    """
    with plain_words(engine), reading.snapshot(engine) as connection:
        content = reading.content_hash(connection, undone_import)
        still_there = reading.imports(connection)["content_hash"].to_list()
    if content is None or content in still_there:
        return []
    return withdraw_releases(releases_folder, resting_on=content)


@dataclass(frozen=True)
class Counted:
    """The protected tables of all conversations by name, each conversation's threshold, and wording that must go."""

    tables: Mapping[str, pl.DataFrame]
    thresholds: Mapping[str, int]
    gone: Withdrawals


def cells_of(
    connection: Connection,
    *,
    now: datetime,
    progress: Progress,
    kept: Carried,
    decisions: Mapping[str, TextDecisions],
    counting: Counting,
) -> Counted:
    """Count and protect every conversation but those whose figures are kept."""
    # Sorted here: databases differ in how they order text, releases must not.
    rows = reading.conversations(connection).sort("key").rows(named=True)
    if not rows:
        raise NothingThere(
            "There is nothing to publish yet. Type 'lookforward import ADAPTER PATH', or 'lookforward demo'."
        )
    imports = reading.imports(connection)
    parts: list[Mapping[str, pl.DataFrame]] = []
    thresholds: dict[str, int] = {}
    gone = Withdrawals()
    for done, row in enumerate(rows):
        progress("publish conversations", done, len(rows))
        facts = facts_of(row)
        thresholds[facts.key] = facts.threshold
        if facts.key in kept.tables:
            parts.append(kept.tables[facts.key])
            continue
        known = decisions.get(facts.key, UNDECIDED)
        with counting.scratch() as scratch:
            material = gather(connection, facts, now=now, progress=progress, decisions=known, scratch=scratch)
            ground = prepare(material, counting.engine)
            own = imports.filter(pl.col("conversation_id") == facts.id)
            parts.append(protected(count(ground, own, progress), facts.key, facts.threshold))
        gone |= withdrawals(ground)
    progress("publish conversations", len(rows), len(rows))
    tables = {table.name: pl.concat([part[table.name] for part in parts]) for table in TABLES}
    return Counted(tables, thresholds, gone)


def _renewed(counted: Counted, releases_folder: Path) -> dict[str, pl.DataFrame]:
    """Give the tables with figures of programmes as they may be told after earlier releases."""
    fresh = {name: counted.tables[name] for name in NAMES}
    return {**counted.tables, **renewed(fresh, earlier_programmes(releases_folder), counted.thresholds)}


def _check(tables: Mapping[str, pl.DataFrame], thresholds: Mapping[str, int]) -> None:
    found = shown_counts.faults(tables, thresholds)
    if found:
        raise ValueError("Nothing was published: " + "; ".join(found))


def _current_with(folder: Path, content: str) -> Manifest | None:
    """Give the current release if it holds just this content."""
    current = current_number(folder)
    return next((one for one in list_releases(folder) if (one.number, one.content_hash) == (current, content)), None)


def _written(
    releases_folder: Path, tables: Mapping[str, pl.DataFrame], about: ReleaseFacts, proofs: Proofs, kept_in: Path | None
) -> Manifest:
    """Write the release; its proofs, true counts and all, wait beside it until it has its number."""
    waiting = set_aside(kept_in, proofs) if kept_in else None
    manifest = write_release(releases_folder, tables, about)
    if waiting:
        keep(waiting, manifest.number)
    return manifest
