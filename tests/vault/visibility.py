"""What a second connection sees while an import runs: one specification for every database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from data_access.importing.run import import_files
from data_access.vault import reading
from data_access.vault.engine import open_vault

Seen = tuple[int, int]


def seen_while_importing(vault: Engine, url: str, keys: Path, source: Path) -> tuple[list[Seen], Seen]:
    """Import a Polis folder while another connection looks at every step of storing it.

    Gives (conversations, votes) as that connection saw them at each step, and once the import was over.
    """
    watcher = open_vault(url)
    seen: list[Seen] = []

    def look(_step: str, _done: int, _total: int) -> None:
        with reading.snapshot(watcher) as connection:
            found = reading.conversations(connection)["id"].to_list()
            seen.append((len(found), sum(frame.height for one in found for frame in reading.votes(connection, one))))

    import_files(
        engine=vault,
        keys_folder=keys,
        adapter="polis",
        paths=[source],
        conversation=None,
        started_by="a test",
        now=datetime(2026, 3, 1, 12, tzinfo=UTC),
        progress=look,
    )
    during = list(seen)
    look("after", 1, 1)
    watcher.dispose()
    return during, seen[-1]
