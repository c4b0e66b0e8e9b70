"""Where deliveries and reviews lie, and how long: folders for their owner only, named by chance, never by people."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from data_access.problems import BadSelection

INBOX: Final = "inbox"
TRAY: Final = "tray"
# Long enough to ask a colleague about a fault, short enough that nothing lies about.
KEPT_FOR: Final = timedelta(hours=24)
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_ROOMS: Final = (INBOX, TRAY)


def place(home: Path, room: str, token: str) -> Path:
    """Give the folder of one delivery; raises `BadSelection` for a token that is none, so that no path gets in."""
    if not _TOKEN.fullmatch(token):
        raise BadSelection("There is no such delivery.")
    return home / room / token


def make(folder: Path) -> Path:
    """Make a folder, and those above it, for their owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.parent.chmod(0o700)
    return folder


def write(file: Path, data: bytes) -> None:
    """Write a file for its owner only, whole or not at all: readers never see half of it."""
    make(file.parent)
    waiting = file.with_name(f".{file.name}.new")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(data)
    waiting.replace(file)


def throw_away(home: Path, token: str) -> None:
    """Delete what came and what was found in it."""
    for room in _ROOMS:
        shutil.rmtree(place(home, room, token), ignore_errors=True)


def sweep(home: Path, now: datetime) -> int:
    """Delete every delivery and review older than `KEPT_FOR`, and give how many."""
    old = [folder for folder in _folders(home) if now - _age_mark(folder) > KEPT_FOR]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _folders(home: Path) -> Iterator[Path]:
    for room in _ROOMS:
        if (home / room).is_dir():
            yield from (folder for folder in (home / room).iterdir() if _TOKEN.fullmatch(folder.name))


def _age_mark(folder: Path) -> datetime:
    try:
        return datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC)
    except FileNotFoundError:  # swept by another worker between the listing and now
        return datetime.now(UTC)
