"""The same files through SQLite and through PostgreSQL give the same release, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import Manifest
from data_access.vault.engine import open_vault

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def published(url: str, folder: Path, polis_data: Path) -> Manifest:
    engine = open_vault(url)
    for bundle in ("scoop-hivemind.ubi", "london.youth.policing"):
        import_files(
            engine=engine,
            keys_folder=folder / "keys",
            adapter="polis",
            paths=[polis_data / bundle],
            conversation=None,
            started_by="a test",
            now=NOON,
            progress=silent,
        )
    manifest = publish(engine=engine, releases_folder=folder / "releases", now=NOON, progress=silent)
    engine.dispose()
    return manifest


@pytest.mark.postgres
def test_both_databases_give_the_same_release(postgres: str, tmp_path: Path, polis_data: Path):
    manifests = []
    try:
        for name, url in (("sqlite", f"sqlite:///{tmp_path / 'vault.db'}"), ("server", postgres)):
            (tmp_path / name).mkdir()
            manifests.append(published(url, tmp_path / name, polis_data))
    finally:
        engine = open_vault(postgres)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    assert manifests[0].files == manifests[1].files
    assert manifests[0].content_hash == manifests[1].content_hash
