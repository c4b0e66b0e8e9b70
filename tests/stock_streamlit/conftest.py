"""Two servers: an app as the documentation would have it, and ours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bcrypt
import jwt
import pytest
from sqlalchemy import Engine

from data_access.desk import users, visits
from data_access.desk.engine import open_desk
from data_access.vocabulary import Role
from tests.stock_streamlit.spoken import fetched

STOCK = Path(__file__).parent / "stock"
PASSWORD = "seven quiet elements"
LIMITS = visits.Limits(timedelta(minutes=30), timedelta(hours=12))
STARTS_WITHIN_SECONDS = 90


@dataclass
class Target:
    """A running server and what an attacker may have come by: a cookie of somebody who signed in."""

    address: str
    cookie: str
    signed_in: str
    page: str
    restarted: Callable[[], str]
    processor_seconds: Callable[[], float]
    sign_out: Callable[[], None]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, cwd: Path, health: str) -> Iterator[tuple[str, int]]:
    """Start a server, wait until it answers, stop it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LOOKFORWARD_", "STREAMLIT_"))}
    own["LOOKFORWARD_HOME"] = str(cwd)
    log = (cwd / f"{port}.log").open("w")
    process = subprocess.Popen(command, cwd=cwd, env=own, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        ends = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < ends:
            try:
                if fetched(address, health)[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError((cwd / f"{port}.log").read_text())
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The app of the documentation. Its cookie is what its library sets: a token anybody with the key can make."""
    folder = tmp_path_factory.mktemp("stock") / "app"
    shutil.copytree(STOCK, folder)
    (folder / "hash.txt").write_text(bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(12)).decode())
    said = {"username": "leader", "exp_date": datetime.now(UTC).timestamp() + 86_400}
    cookie = f"stock={jwt.encode(said, 'a-key-of-the-stock-app-that-is-long', algorithm='HS256')}"
    port = free_port()

    @contextmanager
    def running() -> Iterator[tuple[str, int]]:
        options = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1"]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
        with served(command, port, folder, "/_stcore/health") as started:
            yield started

    yield from _target(running, cookie, "SIGNED-IN-CONTENT", "secret", lambda: None)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Our dashboard, with a visit of an auditor."""
    folder = tmp_path_factory.mktemp("ours")
    desk = open_desk(f"sqlite:///{folder / 'desk.db'}")
    with desk.begin() as connection:
        for role in (Role.LEADER, Role.AUDITOR):
            users.add_user(connection, name=role, password=PASSWORD, role=role, now=datetime.now(UTC))
    secret = visit_of(desk, "auditor")
    port = free_port()

    @contextmanager
    def running() -> Iterator[tuple[str, int]]:
        command = [sys.executable, "-P", "-m", "dashboard", "--address", "127.0.0.1", "--port", str(port)]
        with served(command, port, folder, "/healthz") as started:
            yield started

    def sign_out() -> None:
        with desk.begin() as connection:
            visits.end_visit(connection, secret)

    yield from _target(running, f"lookforward_visit={secret}", "Sign out", "audit", sign_out)


def visit_of(desk: Engine, name: str) -> str:
    """Open a visit as the sign-in does, and give the cookie's value."""
    now = datetime.now(UTC)
    with desk.begin() as connection:
        ticket = visits.issue_ticket(connection, users.user_named(connection, name), page="/", now=now)
        started = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
        assert started is not None
        return started[0]


def _target(running, cookie: str, signed_in: str, page: str, sign_out: Callable[[], None]) -> Iterator[Target]:
    state = {}

    def restarted() -> str:
        if "context" in state:
            state.pop("context").__exit__(None, None, None)
        state["context"] = running()
        address, state["pid"] = state["context"].__enter__()
        return str(address)

    def processor_seconds() -> float:
        fields = Path(f"/proc/{state['pid']}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    try:
        yield Target(restarted(), cookie, signed_in, page, restarted, processor_seconds, sign_out)
    finally:
        state["context"].__exit__(None, None, None)
