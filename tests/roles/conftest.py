"""The app of a small installation with an account a role, and the cookie of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dashboard.web.door import Door, door_of
from data_access.settings import Settings
from tests.roles.home import ACCOUNTS, set_up
from tests.web.spoken import app_of, client_of, installed, signed_in


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The installation, also set in the environment."""
    with installed(tmp_path_factory.mktemp("home"), set_up) as settings:
        yield settings


@pytest.fixture(scope="module")
def door(installation: Settings) -> Door:
    """Its door."""
    return door_of(installation)


@pytest.fixture(scope="module")
def client(installation: Settings) -> Iterator[TestClient]:
    """Its running app."""
    with app_of(installation) as app, client_of(app) as started:
        yield started


@pytest.fixture(scope="module")
def cookies(door: Door, client: TestClient) -> dict[str, str]:
    """A visit of every account."""
    return {name: signed_in(door, name) for name in ACCOUNTS}
