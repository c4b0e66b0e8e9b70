"""Everything beside the vault and the releases that may hold what people wrote, emptied by erasures and purges."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from data_access.publishing.counting import drop_left_votes
from data_access.releases.redacting import Redacted
from data_access.retention.containers import OPAQUE, holds_any
from data_access.settings import Settings
from data_access.tray.places import INBOX, TRAY
from data_access.vault.backup import backups

REJECTS: Final = "rejects.json"
# Where copies of released wording lie: snapshots and files kept from exports.
COPIES: Final = ("snapshots", "exports")
_OURS: Final = re.compile(r"lookforward-[a-z0-9_]{8}")
_SURELY_LEFT: Final = timedelta(hours=1)


def empty_rooms(settings: Settings, now: datetime) -> dict[str, int]:
    """Delete uploads, reviews, files of faulty rows, the vault's backups, and what killed processes left behind.

    Gives how many of each. Uploads that waited must be sent again.
    """
    return {
        "uploads": _emptied(settings.home / INBOX),
        "reviews": _emptied(settings.home / TRAY),
        "files of faulty rows": _drop_rejects(settings.home),
        "backups of the vault": _drop(backups(make_url(settings.vault_url))),
        "temporary folders": _drop_temporary(now),
        "votes a publish left": drop_left_votes(settings.scratch_folder),
    }


def remember_rejects(home: Path, files: Collection[Path]) -> None:
    """Remember where faulty rows were written, whole rows with people's ids, so that a purge finds them."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = sorted({*_rejects(home), *(str(file.resolve()) for file in files)})
    (home / REJECTS).write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def drop_copies(home: Path, wordings: Collection[str], now: datetime) -> int:
    """Delete the files of snapshots and exports that say any of these wordings; give how many.

    PDFs and pictures cannot be looked into and go with them. Each leaves a note in its place; all can be made anew.
    """
    if not wordings:
        return 0
    files = [path for room in COPIES for path in sorted((home / room).rglob("*")) if path.is_file()]
    gone = [path for path in files if path.suffix.lower() in OPAQUE or holds_any(path, wordings)]
    for path in gone:
        path.unlink()
        note = f"Deleted on {now:%-d %B %Y}: it may have shown wording that was withdrawn or erased. Make it anew.\n"
        path.with_name(f"{path.name}.deleted.txt").write_text(note, encoding="utf-8")
    return len(gone)


def copies_dropped(settings: Settings, now: datetime) -> Callable[[Redacted], int]:
    """Give what publishing calls when it has blanked wording: copies of it go as well."""
    return lambda blanked: drop_copies(settings.home, blanked.wordings, now)


def _emptied(room: Path) -> int:
    found = sorted(room.iterdir()) if room.is_dir() else []
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(found)


def _rejects(home: Path) -> list[str]:
    try:
        return [str(file) for file in json.loads((home / REJECTS).read_text(encoding="utf-8"))]
    except (FileNotFoundError, ValueError):
        return []


def _drop_rejects(home: Path) -> int:
    dropped = _drop([Path(file) for file in _rejects(home)])
    (home / REJECTS).unlink(missing_ok=True)
    return dropped


def _drop(files: Collection[Path]) -> int:
    there = [file for file in files if file.is_file()]
    for file in there:
        file.unlink()
    return len(there)


def _drop_temporary(now: datetime) -> int:
    """Delete our own temporary folders that a killed process left; one in use is younger than an hour."""
    left = [
        path
        for path in Path(tempfile.gettempdir()).glob("lookforward-*")
        if _OURS.fullmatch(path.name)
        and path.is_dir()
        and now.timestamp() - path.stat().st_mtime > _SURELY_LEFT.total_seconds()
    ]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)
