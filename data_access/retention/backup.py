"""Copies of a whole installation but its keys, each in a dated folder, kept for a month at most.

    2026-11-22T021500Z/manifest.json   when, by which version, hash of every file
                       vault.db | vault.dump, desk.db | desk.dump
                       releases/ proofs/ snapshots/ certificates/

The keys stay outside: a copy holds pseudonyms that are final once a purge has destroyed their key. Uploads, reviews and
exports are not copied, because they expire or can be made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Final

from data_access.problems import NothingThere, Tampered
from data_access.progress import Progress
from data_access.retention.databases import copy_name, copy_out, has_database
from data_access.settings import Settings

MANIFEST: Final = "manifest.json"
_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
_FORM: Final = "%Y-%m-%dT%H%M%SZ"
_MIB: Final = 1024 * 1024


@dataclass(frozen=True)
class Backup:
    """One copy of an installation."""

    folder: Path
    files: int
    bytes: int
    dropped: tuple[str, ...] = ()


def rooms(settings: Settings) -> dict[str, Path]:
    """Give the folders that are copied, by their name in a backup."""
    return {
        "releases": settings.releases_folder,
        "proofs": settings.proofs_folder,
        "snapshots": settings.home / "snapshots",
        "certificates": settings.home / "certificates",
    }


def back_up(settings: Settings, target: Path, *, keep_days: int, now: datetime, progress: Progress) -> Backup:
    """Copy an installation into a new folder of `target`, then delete older backups there than `keep_days`.

    A backup has its manifest last: a folder without one was interrupted. Raises `NothingThere` where there is neither
    vault nor desk, `UserProblem` where a database cannot be copied.
    """
    databases = {name: url for name, url in _databases(settings).items() if has_database(url)}
    if not databases:
        raise NothingThere("There is nothing to back up: neither a vault nor a desk.")
    folder = target / f"{now.astimezone(UTC):{_FORM}}"
    folder.mkdir(parents=True, mode=0o700)
    for done, (name, url) in enumerate(databases.items()):
        progress("copy databases", done, len(databases))
        copy_out(url, folder / copy_name(url, name))
    progress("copy databases", len(databases), len(databases))
    for name, room in rooms(settings).items():
        if room.is_dir():
            shutil.copytree(room, folder / name)
    hashes = _hashes(folder)
    said = {"made_at": now.astimezone(UTC).isoformat(), "version": version("lookforward"), "files": hashes}
    (folder / MANIFEST).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Backup(folder, len(hashes), size, _drop_older(target, now - timedelta(days=keep_days)))


def check_backup(folder: Path) -> None:
    """Hold a backup against its manifest. Raises `NothingThere` where it has none, `Tampered` where a file differs."""
    file = folder / MANIFEST
    if not file.is_file():
        raise NothingThere(f"{folder} is no whole backup: it has no {MANIFEST}.")
    try:
        written = json.loads(file.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError):
        raise Tampered(f"{file} is damaged. Take another backup.") from None
    found = _hashes(folder)
    wrong = sorted(name for name in {*written, *found} if written.get(name) != found.get(name))
    if wrong:
        raise Tampered(f"{folder} is not as it was written: {', '.join(wrong[:5])}. Take another backup.")


def _databases(settings: Settings) -> dict[str, str]:
    return {"vault": settings.vault_url, "desk": settings.desk_url}


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): _hash(path) for path in files}


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(_MIB):
            digest.update(part)
    return digest.hexdigest()


def _drop_older(target: Path, moment: datetime) -> tuple[str, ...]:
    """Delete our own backups from before a moment: what was erased since must not be kept in them."""
    named = [path for path in sorted(target.iterdir()) if path.is_dir() and _NAME.fullmatch(path.name)]
    old = [path for path in named if datetime.strptime(path.name, _FORM).replace(tzinfo=UTC) < moment]
    for path in old:
        shutil.rmtree(path)
    return tuple(path.name for path in old)
