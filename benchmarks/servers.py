"""Servers that a measurement starts for itself: a dashboard of ours, a bare Streamlit page, PostgreSQL."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.homes import settings_of
from data_access.desk import users, visits
from data_access.desk.engine import open_desk
from data_access.problems import UserProblem
from data_access.vocabulary import Role
from tests.prove.postgres_server import server, server_programs

BARE: Final = Path(__file__).with_name("bare_page.py")
ACCOUNT: Final = "benchmark"
LIMITS: Final = visits.Limits(timedelta(hours=2), timedelta(hours=12))
STARTS_WITHIN: Final = 120.0
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that answers. `cookie` is of a visit of a leader, '' where nobody signs in."""

    port: int
    pid: int
    cookie: str = ""

    def processor_seconds(self) -> float:
        """Give what the process has used of the processor so far."""
        words = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / TICKS

    def memory_mib(self) -> float:
        """Give the memory the process holds now."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def dashboard(home: Path) -> Iterator[Server]:
    """Serve an installation, with a visit of a leader's."""
    cookie = f"lookforward_visit={_visit(home)}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOOKFORWARD_")}
    environment["LOOKFORWARD_HOME"] = str(home)
    port = free_port()
    command = [sys.executable, "-P", "-m", "dashboard", "--address", "127.0.0.1", "--port", str(port)]
    with _running(command, environment, home) as process:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(port, process.pid, cookie)


@contextmanager
def bare(*, is_frozen: bool) -> Iterator[Server]:
    """Serve a Streamlit page with nothing but charts; frozen, as ours is, what is loaded is left out of collections."""
    port = free_port()
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(BARE), f"--server.port={port}", *options]
    environment = {**os.environ, "BARE_PAGE_FREEZES": "yes" if is_frozen else ""}
    with TemporaryDirectory() as folder, _running(command, environment, Path(folder)) as process:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Server(port, process.pid)


@contextmanager
def database_server() -> Iterator[str]:
    """Start PostgreSQL with an empty database; give its URL."""
    programs = server_programs()
    if programs is None:
        raise UserProblem("PostgreSQL is not on this computer: tests/system-packages installs it.")
    with server(programs) as url:
        yield url


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _visit(home: Path) -> str:
    """Sign a leader in at the desk, without a browser; give the cookie's value."""
    desk, now = open_desk(settings_of(home).desk_url), datetime.now(UTC)
    with desk.begin() as connection:
        user, _ = users.credentials(connection, ACCOUNT)
        if user is None:
            password = "nobody signs in with this"
            user = users.add_user(connection, name=ACCOUNT, password=password, role=Role.LEADER, now=now, cost=4)
        ticket = visits.issue_ticket(connection, user, page="/", now=now)
        started = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
    desk.dispose()
    assert started is not None
    return started[0]


@contextmanager
def _running(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")
