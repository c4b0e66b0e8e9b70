"""A PostgreSQL server of our own on loopback, for as long as the tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.prove.postgres_server import server, server_programs


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of an empty database. Skips where PostgreSQL is not installed."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with server(programs) as url:
        yield url
