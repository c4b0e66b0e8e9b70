"""The whole ASGI app in this process; `spoken` speaks its websocket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import streamlit as st
from starlette.testclient import TestClient

from dashboard.web.door import Door, door_of
from data_access.desk.users import add_user
from data_access.settings import Settings
from data_access.vocabulary import Role
from tests.web.spoken import app_of, client_of, installed, signed_in

PASSWORD = "seven quiet elements"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation with a leader, an hr account of London and an administrator, and no release."""
    with installed(tmp_path_factory.mktemp("home"), _people) as settings:
        yield settings


def _people(settings: Settings) -> None:
    with door_of(settings).engine.begin() as connection:
        for role, regions in ((Role.LEADER, ()), (Role.HR, ("London",)), (Role.ADMINISTRATOR, ())):
            now = datetime.now(UTC)
            add_user(connection, name=role, password=PASSWORD, role=role, regions=regions, now=now, cost=4)


@pytest.fixture(scope="module")
def door(installation: Settings) -> Door:
    """The door of that installation."""
    return door_of(installation)


@pytest.fixture(scope="module")
def app(installation: Settings) -> Iterator[st.App]:
    """The app as it is served."""
    with app_of(installation) as served:
        yield served


@pytest.fixture(scope="module")
def started(app: st.App) -> Iterator[TestClient]:
    """The running app."""
    with client_of(app) as client:
        yield client


@pytest.fixture
def client(started: TestClient) -> TestClient:
    """A browser without cookies."""
    started.cookies.clear()
    return started


@pytest.fixture
def visit(door: Door) -> Iterator[str]:
    """The cookie's value of a leader who has just signed in."""
    secret = signed_in(door, "leader")
    yield secret
    door.end(secret)
