"""A running dashboard and a browser for it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data_access.desk.engine import open_desk
from data_access.desk.users import add_user
from data_access.vocabulary import Role

PASSWORD = "seven quiet elements"
# A desk of the tests needs no slow hashes; the product's cost is tested where it is chosen.
QUICK = 4
STARTS_WITHIN_SECONDS = 240
STOPS_WITHIN_SECONDS = 60
# A click takes a fifth of a second; machines that run tests are busy.
expect.set_options(timeout=30_000)


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """Start `lookforward serve` for an installation, give its address, and stop it."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOOKFORWARD_")}
    environment["LOOKFORWARD_HOME"] = str(home)
    command = [str(Path(sys.executable).with_name("lookforward")), "serve", "--port", str(port)]
    log = (home / "serve.log").open("w")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=home)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}", process, home / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=STOPS_WITHIN_SECONDS)
        log.close()


def _with_people(home: Path) -> Path:
    """Add one account a role to an installation: leader, hr, analyst, administrator, auditor."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_desk(f"sqlite:///{home / 'desk.db'}")
    with engine.begin() as connection:
        for role in Role:
            regions = ("London",) if role is Role.HR else ()
            now = datetime.now(UTC)
            add_user(connection, name=role, password=PASSWORD, role=role, regions=regions, now=now, cost=QUICK)
    engine.dispose()
    return home


def _sign_in(page: Page, name: str = "leader", password: str = PASSWORD) -> None:
    """Fill the form in and send it; what follows is for the caller to expect."""
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture(scope="session")
def password() -> str:
    """The password of every account of these tests."""
    return PASSWORD


@pytest.fixture(scope="session")
def sign_in() -> Callable[..., None]:
    """Give `sign_in(page, name="leader", password=…)`, which sends the form."""
    return _sign_in


@pytest.fixture(scope="session")
def with_people() -> Callable[[Path], Path]:
    """Give `with_people(home)`, which adds one account a role to an installation, named like its role."""
    return _with_people


@pytest.fixture(scope="session")
def served() -> Callable[[Path], AbstractContextManager[str]]:
    """Give `served(home)`, a context in which the dashboard of a home folder runs at the address it gives."""
    return _served


@pytest.fixture(scope="session")
def demo_without_vault(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration, because signing in writes to the desk; vault and keys are moved away.

    Every test that is served from it therefore shows that the dashboard does without them.
    """
    copy = Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("pages") / "home"))
    away = tmp_path_factory.mktemp("away")
    for name in ("vault.db", "keys"):
        shutil.move(copy / name, away / name)
    return copy


@pytest.fixture(scope="session")
def demo_address(demo_without_vault: Path) -> Iterator[str]:
    """The dashboard of the demonstration: started once for all files of a run."""
    with _served(demo_without_vault) as started:
        yield started


@pytest.fixture
def running_app() -> Iterator[Callable[[Path], str]]:
    """Give `running_app(home)`, which starts the dashboard, gives its address, and stops it after the test."""
    with ExitStack() as running:
        yield lambda home: running.enter_context(_served(home))


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of its own, without cookies; anything it asks of another computer fails the test."""
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    strangers: list[str] = []

    def only_here(route: Any) -> None:
        if route.request.url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    window.route("**/*", only_here)
    yield window
    window.close()
    assert strangers == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped:\n{log.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the dashboard did not answer:\n{log.read_text()}")
