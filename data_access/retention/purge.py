"""Purging a completed conversation: rows, key, copies, backups and the databases' own leftovers."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data_access.desk.engine import open_desk
from data_access.desk.retention import Certificate, forget_decisions
from data_access.problems import Tampered, UserProblem
from data_access.progress import Progress
from data_access.releases.store import verify_release
from data_access.retention.certify import certified, tell_desk
from data_access.retention.proof import pseudonyms_left
from data_access.retention.register import remember_purge
from data_access.retention.sweep import empty_rooms
from data_access.settings import Settings
from data_access.vault.compact import compact, files
from data_access.vault.engine import has_vault, open_vault, plain_words, writing
from data_access.vault.retention import RetentionState, pseudonyms, purge, rows_left, state_of, states


def purge_conversation(settings: Settings, key: str, *, by: str, now: datetime, progress: Progress) -> Certificate:
    """Delete everything of a completed conversation but its releases, counts and days; give the certificate.

    Raises `UserProblem` where it was not completed, `Tampered` where its final release is not as it was written:
    the rows are all there is to make it anew. Can be run again, after an interruption or a year later.
    """
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine):
            state = _purgeable(settings, engine, key)
            progress("delete rows", 0, 3)
            remember_purge(settings.keys_folder, state, now)
            with writing(engine, lock=f"lookforward import {key}") as connection:
                known = pseudonyms(connection, key)
                deleted = purge(connection, key, now)
            is_key_gone = destroy_key(settings.keys_folder, key)
            progress("delete copies", 1, 3)
            swept = empty_rooms(settings, now) | _demo_files(settings, key)
            progress("rewrite files", 2, 3)
            undone = compact(engine)
            progress("rewrite files", 3, 3)
            facts = {
                "completed on": f"{state.completed_at:%-d %B %Y}",
                "final release": str(state.final_release),
                "rows deleted": deleted,
                "key destroyed": "yes" if is_key_gone else "was gone already",
                "deleted elsewhere": swept,
                "not done": list(undone),
                **_searched(engine, key, known),
            }
            return _certified(settings, engine, Certificate("purge", key, now, by, facts))
    finally:
        engine.dispose()


def due(settings: Settings, now: datetime, ahead: timedelta) -> list[str]:
    """Give the keys of completed conversations whose rows must be deleted within a time, the overdue among them."""
    if not has_vault(settings.vault_url):
        return []
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine), engine.connect() as connection:
            waiting = [one for one in states(connection) if one.purged_at is None]
    finally:
        engine.dispose()
    return [one.conversation for one in waiting if one.due_at is not None and one.due_at - now <= ahead]


def destroy_key(folder: Path, conversation: str) -> bool:
    """Overwrite and delete the key of a conversation: pseudonyms in any copy of the vault are final then."""
    file = folder / f"{conversation}.key"
    if not file.exists():
        return False
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.write(os.urandom(size))
        stream.flush()
        os.fsync(stream.fileno())
    file.unlink()
    return True


def _purgeable(settings: Settings, engine: Engine, key: str) -> RetentionState:
    with engine.connect() as connection:
        state = state_of(connection, key)
    if state.completed_at is None:
        raise UserProblem(
            f"The conversation '{key}' was not completed yet: two people complete it first, see 'lookforward complete'."
        )
    if state.final_release is not None:
        differences = verify_release(settings.releases_folder, state.final_release)
        if differences:
            raise Tampered(
                f"Nothing was deleted: the final release {state.final_release} of '{key}' is not as it was written "
                f"({differences[0]}). Restore it from a backup first; its rows are all there is to make it anew."
            )
    return state


def _demo_files(settings: Settings, key: str) -> dict[str, int]:
    """Delete the made-up files of the demonstration, which lie in the home where real files would not."""
    folder = settings.home / "demo"
    if key != "look-forward-demo" or not folder.is_dir():
        return {}
    count = sum(1 for _ in folder.iterdir())
    shutil.rmtree(folder)
    return {"files of the demonstration": count}


def _searched(engine: Engine, key: str, known: frozenset[str]) -> dict[str, Any]:
    with engine.connect() as connection:
        found: dict[str, Any] = {"rows left": rows_left(connection, key)}
    there = files(engine)
    if not there:
        return {**found, "searched": "a database server's files are its keeper's to search"}
    return {**found, "pseudonyms looked for": len(known), "pseudonyms found": pseudonyms_left(there, known)}


def _certified(settings: Settings, engine: Engine, made: Certificate) -> Certificate:
    with open_desk(settings.desk_url).begin() as desk:
        forget_decisions(desk, made.conversation)
        tell_desk(engine, desk)
        return certified(desk, settings.home, made)
