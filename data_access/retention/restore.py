"""Bringing a backup back, and doing again what was erased and purged since it was made, before anybody opens it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data_access.desk.engine import open_desk
from data_access.desk.retention import Certificate
from data_access.problems import BadConfiguration, NothingThere
from data_access.progress import Progress
from data_access.releases.current import current_number, point_to, withdrawn_numbers
from data_access.releases.writing import release_numbers
from data_access.retention.backup import check_backup, rooms
from data_access.retention.databases import bring_back, copy_name
from data_access.retention.erase import erase_again
from data_access.retention.purge import purge_conversation
from data_access.retention.register import ErasedBefore, PurgedBefore, remembered
from data_access.settings import Settings
from data_access.vault.engine import has_vault, open_vault, plain_words, writing
from data_access.vault.retention import complete, states


@dataclass(frozen=True)
class Restored:
    """What was brought back, and what was done again: certificates of erasures and purges that found something."""

    databases: tuple[str, ...]
    files: int
    again: tuple[Certificate, ...]


def restore(settings: Settings, backup: Path, *, by: str, now: datetime, progress: Progress) -> Restored:
    """Put vault and desk back as a backup has them, add files that are missing, and do erasures and purges again.

    Files that are there stay: a release's wording here is newer than the backup's. Nobody may work with the
    installation meanwhile. Raises `Tampered` or `NothingThere` for a backup that is not whole and `BadConfiguration`
    where the keys to do erasures again are missing, before anything is changed.
    """
    check_backup(backup)
    known = remembered(settings.keys_folder)
    _check_keys(settings.keys_folder, known)
    copies = {
        name: (backup / copy_name(url, name), url)
        for name, url in (("vault", settings.vault_url), ("desk", settings.desk_url))
    }
    there = {name: pair for name, pair in copies.items() if pair[0].is_file()}
    if not there:
        raise NothingThere(f"{backup} has no copy of a database of the kind configured here.")
    for done, (copy, url) in enumerate(there.values()):
        progress("bring databases back", done, len(there))
        bring_back(copy, url)
    progress("bring databases back", len(there), len(there))
    files = sum(_added(backup / name, room) for name, room in rooms(settings).items())
    _point_somewhere(settings.releases_folder)
    open_desk(settings.desk_url).dispose()
    return Restored(tuple(there), files, do_again(settings, by=by, now=now, progress=progress))


def do_again(settings: Settings, *, by: str, now: datetime, progress: Progress) -> tuple[Certificate, ...]:
    """Erase and purge everything again that ever was; give the certificates of what found something.

    For a vault that was brought back by other means than ours. Doing it twice is doing it once.
    """
    known = remembered(settings.keys_folder)
    _check_keys(settings.keys_folder, known)
    if not has_vault(settings.vault_url):
        return ()
    made: list[Certificate] = []
    for place, one in enumerate(known):
        progress("erase again", place, len(known))
        if isinstance(one, PurgedBefore):
            made += _purged_again(settings, one, by=by, now=now, progress=progress)
        elif one.people is not None and _goes_on(settings, one.conversation):
            made += erase_again(settings, one, by=by, now=now, progress=progress)
    progress("erase again", len(known), len(known))
    return tuple(made)


def _check_keys(keys_folder: Path, known: Sequence[ErasedBefore | PurgedBefore]) -> None:
    purged = {one.state.conversation for one in known if isinstance(one, PurgedBefore)}
    lost = {one.conversation for one in known if isinstance(one, ErasedBefore) and one.people is None} - purged
    if lost:
        raise BadConfiguration(
            f"The keys of {', '.join(sorted(lost))} are not in {keys_folder}: what was erased there could not be "
            "erased again. Bring the copy of the keys' folder back first; nothing was changed."
        )


def _goes_on(settings: Settings, conversation: str) -> bool:
    """Whether the vault holds a conversation's rows: it may be older than the conversation, or purged."""
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine), engine.connect() as connection:
            return any(one.conversation == conversation and one.purged_at is None for one in states(connection))
    finally:
        engine.dispose()


def _purged_again(
    settings: Settings, one: PurgedBefore, *, by: str, now: datetime, progress: Progress
) -> list[Certificate]:
    key = one.state.conversation
    if not _goes_on(settings, key):
        return []
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine), writing(engine, lock=f"lookforward import {key}") as connection:
            state = next(state for state in states(connection) if state.conversation == key)
            if state.completed_at is None:
                people = {"asked_by": one.state.asked_by, "confirmed_by": one.state.confirmed_by}
                moment = one.state.completed_at
                assert moment is not None
                complete(connection, key, **people, final_release=one.state.final_release, now=moment)
    finally:
        engine.dispose()
    return [purge_conversation(settings, key, by=by, now=now, progress=progress)]


def _added(source: Path, room: Path) -> int:
    """Copy the files that are missing; give how many."""
    files = [path for path in sorted(source.rglob("*")) if path.is_file()] if source.is_dir() else []
    missing = [path for path in files if not (room / path.relative_to(source)).exists()]
    for path in missing:
        target = room / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return len(missing)


def _point_somewhere(releases: Path) -> None:
    """Show the newest release that was not withdrawn, where nothing says which is shown."""
    if releases.is_dir() and current_number(releases) is None:
        standing = [number for number in release_numbers(releases) if number not in withdrawn_numbers(releases)]
        point_to(releases, max(standing, default=None))
