"""One session as a trust published it, entered through the template; a vault and releases of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
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

LEARNING = Path(__file__).parents[1] / "data" / "sessions" / "learning"
NOON = datetime(2022, 7, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Home:
    """A vault with its keys and releases, filled by import and read by release."""

    folder: Path
    engine: Engine

    def bring(self, adapter: str, *paths: Path, **options: object) -> ImportReport:
        given = {"conversation": "talk", "started_by": "a test", "now": NOON, "progress": silent} | options
        return import_files(
            engine=self.engine,
            keys_folder=self.folder / "keys",
            adapter=adapter,
            paths=paths,
            **given,  # type: ignore[arg-type]  # options of one call, named by the test
        )

    def template(self, texts: Mapping[str, str], name: str = "files", **options: object) -> ImportReport:
        place = self.folder / name
        place.mkdir()
        for file, content in texts.items():
            (place / file).write_text(content, encoding="utf-8")
        return self.bring("template", place, **options)

    def release(self, now: datetime = NOON) -> Release:
        releases = self.folder / "releases"
        made = publish(engine=self.engine, releases_folder=releases, now=now, progress=silent)
        return open_release(releases, made.number)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "home"
    folder.mkdir()
    engine = open_vault(vault_url(folder))
    yield Home(folder, engine)
    engine.dispose()


@pytest.fixture
def learning(home: Home) -> Callable[[], Release]:
    """Import the trust's session and publish it."""

    def made() -> Release:
        home.bring("template", LEARNING / "sessions.csv", LEARNING / "feedback.csv")
        return home.release()

    return made
