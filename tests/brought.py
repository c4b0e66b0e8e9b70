"""Fixtures of rooms that import: a vault, texts of the template brought into it, its release at the room's `noon`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import Release, open_release
from data_access.vault.engine import open_vault
from tests.databases import vault_url

Bring = Callable[[Mapping[str, str]], ImportReport]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Engine]:
    made = open_vault(vault_url(tmp_path / "home"))
    yield made
    made.dispose()


@pytest.fixture
def bring(vault: Engine, tmp_path: Path, noon: datetime) -> Bring:
    """Import files of the template given as texts; each call is an import of its own."""
    numbers = iter(range(1_000))

    def run(texts: Mapping[str, str]) -> ImportReport:
        folder = tmp_path / f"files {next(numbers)}"
        folder.mkdir()
        for name, content in texts.items():
            (folder / name).write_text(content, encoding="utf-8")
        return import_files(
            engine=vault,
            keys_folder=tmp_path / "home" / "keys",
            adapter="template",
            paths=[folder],
            conversation="talk",
            started_by="a test",
            now=noon,
            progress=silent,
        )

    return run


@pytest.fixture
def published(vault: Engine, tmp_path: Path, noon: datetime) -> Callable[[], Release]:
    """Publish what is there and open it."""

    def run() -> Release:
        releases = tmp_path / "home" / "releases"
        made = publish(engine=vault, releases_folder=releases, now=noon, progress=silent)
        return open_release(releases, made.number)

    return run
