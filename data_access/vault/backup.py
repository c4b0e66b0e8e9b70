"""A copy of the vault's file before its schema is moved forward.

It holds what the vault holds, so whatever purges a conversation must delete it too: `backups` finds them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine

_MARK = ".before-"


def back_up(engine: Engine, label: str) -> Path | None:
    """Copy an SQLite vault to `FILE.before-LABEL`, readable by its owner only, and give the copy.

    Gives None for a server, whose keeper backs it up, and for a vault in memory. An older copy of the same
    label is replaced.
    """
    file = _file(engine.url)
    if file is None:
        return None
    copy = file.with_name(f"{file.name}{_MARK}{label}")
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def backups(url: URL) -> tuple[Path, ...]:
    """Give every copy that `back_up` made of the vault at this address and nobody has deleted."""
    file = _file(url)
    return () if file is None else tuple(sorted(file.parent.glob(f"{file.name}{_MARK}*")))


def _file(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if is_file else None
