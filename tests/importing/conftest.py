"""A vault in a folder of its own, and short ways of writing files and importing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.progress import silent
from tests.brought import vault

__all__ = ["bring", "contents", "files", "keys", "rows", "vault"]
NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
Import = Callable[..., ImportReport]
Files = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "home" / "keys"


@pytest.fixture
def bring(vault: Engine, keys: Path) -> Import:
    """Import a folder or files; options as `import_files`."""

    def run(adapter: str, *paths: Path, **options: Any) -> ImportReport:
        given = {"conversation": None, "started_by": "a test", "now": NOON, "progress": silent} | options
        return import_files(engine=vault, keys_folder=keys, adapter=adapter, paths=paths, **given)

    return run


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Write files of text into a folder and give it; a second call replaces what it names."""

    def write(texts: Mapping[str, str], folder: str = "talk") -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        for name, content in texts.items():
            (place / name).write_text(content, encoding="utf-8", newline="")
        return place

    return write


@pytest.fixture
def rows(vault: Engine) -> Callable[[str], list[tuple[Any, ...]]]:
    """Run a query on the vault; days come as SQLite writes them."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        with vault.connect() as connection:
            found = connection.execute(text(sql)).all()
        return [tuple(str(cell) if isinstance(cell, date) else cell for cell in row) for row in found]

    return query


@pytest.fixture
def contents(vault: Engine) -> Callable[[], dict[str, list[tuple[Any, ...]]]]:
    """Give all rows of the tables that hold what participants did, for comparing two moments."""

    def everything() -> dict[str, list[tuple[Any, ...]]]:
        with vault.connect() as connection:
            return {
                table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]
                for table in ("participant", "participant_version", "idea", "idea_version", "vote", "comment")
            }

    return everything
