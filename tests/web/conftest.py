"""The whole ASGI app in this process, and a client that speaks Streamlit's websocket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime import Runtime

from dashboard.web.door import Door, door_of
from dashboard.web.options import file_options
from data_access.desk.users import add_user
from data_access.settings import Settings, load_settings
from data_access.vocabulary import Role

PASSWORD = "seven quiet elements"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation with a leader, an hr account of London and an administrator, and no release."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOOKFORWARD_HOME", str(tmp_path_factory.mktemp("home")))
        settings = load_settings()
        with door_of(settings).engine.begin() as connection:
            for role, regions in ((Role.LEADER, ()), (Role.HR, ("London",)), (Role.ADMINISTRATOR, ())):
                now = datetime.now(UTC)
                add_user(connection, name=role, password=PASSWORD, role=role, regions=regions, now=now, cost=4)
        yield settings


@pytest.fixture(scope="module")
def door(installation: Settings) -> Door:
    """The door of that installation."""
    return door_of(installation)


@pytest.fixture(scope="module")
def app(installation: Settings) -> Iterator[st.App]:
    """The app as it is served. Streamlit allows one runtime a process, so it is put away afterwards."""
    from dashboard import app as module

    config.get_config_options(force_reparse=True, options_from_flags=file_options())
    middleware, routes = module.guards(installation, "")
    yield st.App(
        Path(module.__file__),
        middleware=middleware,
        routes=routes,
        lifespan=module.alive,
        on_script_error=module.incident,
    )
    Runtime._instance = None


@pytest.fixture(scope="module")
def started(app: st.App) -> Iterator[TestClient]:
    """The running app."""
    with TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(started: TestClient) -> TestClient:
    """A browser without cookies."""
    started.cookies.clear()
    return started


@pytest.fixture
def visit(door: Door) -> Iterator[str]:
    """The cookie's value of a leader who has just signed in."""
    user, _ = door.credentials("leader")
    assert user is not None
    secret, _ = door.start(door.ticket(user, "/"), None) or ("", "")
    yield secret
    door.end(secret)
