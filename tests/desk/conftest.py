"""A desk of its own for every test, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from data_access.desk.engine import open_desk
from tests.databases import desk_url

MONDAY = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Engine]:
    """A new desk in a file."""
    engine = open_desk(desk_url(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(desk: Engine) -> Iterator[Connection]:
    """A transaction on the desk."""
    with desk.begin() as connection:
        yield connection


@pytest.fixture
def now() -> datetime:
    """Nine o'clock on a Monday."""
    return MONDAY
