"""A desk, and a release in which nothing is counted: the numbers of a snapshot come from what a test makes up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.desk.engine import open_desk
from data_access.frames import TABLES
from data_access.releases.store import Release, ReleaseFacts, open_release, write_release

PUBLISHED_AT = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Engine:
    """A new desk in a file."""
    return open_desk(f"sqlite:///{tmp_path / 'desk.db'}")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Release 1 of a conversation, written once and only read."""
    about = ReleaseFacts(published_at=PUBLISHED_AT, code_version="test", thresholds={"talk": 10})
    folder = tmp_path_factory.mktemp("home") / "releases"
    write_release(folder, {table.name: table.empty() for table in TABLES}, about)
    return open_release(folder)
