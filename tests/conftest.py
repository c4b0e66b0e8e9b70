"""What many tests share: an empty installation, real conversations, and the demo built once a run."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import polars as pl
import pytest

from data_access.demo.facts import DemoFacts
from data_access.frames import BY_NAME as TABLES_BY_NAME
from data_access.settings import Settings
from tests import databases

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DATA = Path(__file__).parent / "data"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# A shared machine pauses for longer than hypothesis lets one example take; time is measured in benchmarks/. Examples
# are the same in every run, so that a build fails for what was changed and not by chance; EXAMPLES=new draws others,
# as `make prove` does.
IS_DRAWN_ANEW = os.environ.get("EXAMPLES", "") == "new"
hypothesis.settings.register_profile("house", deadline=None, derandomize=not IS_DRAWN_ANEW)
hypothesis.settings.load_profile("house")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty installation in a folder of its own, also set in the environment."""
    databases.set_home(monkeypatch, tmp_path / "home")
    return Settings()


@pytest.fixture
def polis_data() -> Path:
    """Folder of the real conversations."""
    return DATA / "polis"


class MadeUpRelease:
    """Release cells that a test writes by hand; every table it does not name is empty.

    Rows name the columns that matter: `conversation` is 'talk' and a row is shown unless it says otherwise.
    """

    number = 3
    published_at = datetime(2021, 3, 2, 9, 14, tzinfo=UTC)

    def __init__(self, conversation: dict[str, object] | None = None, **tables: list[dict[str, object]]) -> None:
        facts = {
            "title": "Staff voice",
            "source": "template",
            "opens_on": date(2021, 2, 1),
            "closes_on": date(2021, 2, 28),
            "data_to": date(2021, 2, 28),
            "timezone": "Europe/London",
            "threshold": 10,
            "moderation_mode": "permissive",
            "has_pass": True,
            "has_places": False,
            "is_demo": False,
            "imports": 1,
            "rows": 1234,
        }
        self.tables = {"conversations": [{**facts, **(conversation or {})}], **tables}

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        promised = TABLES_BY_NAME[name]
        shown = {"is_hidden": False} if promised.has_hidden else {}
        rows = [{"conversation": "talk", **shown, **row} for row in self.tables.get(name, [])]
        frame = pl.DataFrame(rows, schema=promised.schema) if rows else promised.empty()
        return frame if conversation is None else frame.filter(pl.col("conversation") == conversation)

    def plan(self, name: str) -> pl.DataFrame:
        raise LookupError(f"this release was made without a plan, so there is no {name}")


@pytest.fixture(scope="session")  # a class, so that properties may use it
def made_up_release() -> type[MadeUpRelease]:
    """A release of hand-written cells: `made_up_release(votes_by_idea=[{...}])`."""
    return MadeUpRelease


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let one worker of a run in; the others wait. The kernel lets go of the lock if a worker dies."""
    import fcntl

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The home of `lookforward demo`: made once a run, for all workers. Read only; see `demo_home_copy`."""
    from dashboard.cli._demo_home import make_demo
    from data_access.demo.write import USUAL_SEED
    from data_access.progress import silent

    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "demo-home"
    with one_at_a_time(home.with_suffix(".lock")):
        if not (home / "facts").exists():
            now = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
            settings = Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None)
            made = make_demo(settings, folder=home / "demo", seed=USUAL_SEED, is_added=False, now=now, progress=silent)
            (home / "facts").write_bytes(pickle.dumps(made.facts))
    return home


@pytest.fixture(scope="session")
def demo_facts(demo_home: Path) -> DemoFacts:
    """What is known beforehand about the demonstration."""
    facts: DemoFacts = pickle.loads((demo_home / "facts").read_bytes())
    return facts


@pytest.fixture
def demo_home_copy(demo_home: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's home, for a test that changes something."""
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, closed after each file: while it is open its thread has a running event loop, which the
    tests of other files that bring a loop of their own could not bear."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()
