"""The analyst's weekly load, P1 to P10: in a real browser, with the vault where the dashboard cannot see it."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from data_access.desk.engine import open_desk
from data_access.desk.plan import load_register
from data_access.desk.plan_reference import default_register

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SLOWLY = 90_000  # milliseconds: machines that run tests are busy
STARTS_WITHIN_SECONDS = 240
PEOPLE = 40
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
FIGURE = '[data-testid="stMetricValue"]'


def week(people: int) -> dict[str, str]:
    """Two ideas, a comment and a vote of everybody on each idea; the last vote of all cannot be read."""
    votes = [
        f"p{number},i{idea},2022-02-0{idea}T{8 + number // 60:02d}:{number % 60:02d}:00Z,agree"
        for number in range(people)
        for idea in (1, 2)
    ]
    return {
        "ideas.csv": "idea,posted_at,text,author\ni1,2022-02-01T07:00:00Z,Rotas in good time,p0\n"
        "i2,2022-02-02T07:00:00Z,Ring Dr Ann Onymous on 07700 900123,p1\n",
        "comments.csv": "comment,idea,posted_at,text,author\nc1,i1,2022-02-01T12:00:00Z,Yes please,p2\n",
        "votes.csv": "\n".join(["participant,idea,cast_at,vote", *votes, "p0,i1,2022-02-03T09:00:00Z,maybe"]) + "\n",
    }


@dataclass
class Dashboard:
    """The dashboard's process as the system sees it, looked at all the time."""

    process: int
    seen: set[str] = field(default_factory=set)
    looks: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Note every file it has open, many times a second."""
        folder = Path(f"/proc/{self.process}/fd")
        while not self.stop.wait(0.02):
            for one in folder.iterdir():
                try:
                    self.seen.add(str(one.readlink()))
                except FileNotFoundError:
                    continue
            self.looks += 1

    @property
    def environment(self) -> str:
        """Everything its environment says."""
        return Path(f"/proc/{self.process}/environ").read_text(errors="replace")


@dataclass(frozen=True)
class Installation:
    """A served installation whose vault and keys lie outside its home."""

    address: str
    vault: Path
    dashboard: Dashboard


@pytest.fixture
def installation(tmp_path: Path, with_people: Callable[[Path], Path]) -> Iterator[Installation]:
    home, private = with_people(tmp_path / "home"), tmp_path / "private"
    load_register(open_desk(f"sqlite:///{home / 'desk.db'}"), default_register(), recorded_by="test", now=EARLIER)
    private.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOOKFORWARD_")}
    environment |= {
        "LOOKFORWARD_HOME": str(home),
        "LOOKFORWARD_VAULT_URL": f"sqlite:///{private / 'vault.db'}",
        "LOOKFORWARD_KEYS": str(private / "keys"),
    }
    command = [str(Path(sys.executable).with_name("lookforward")), "serve", "--port", str(port)]
    with (tmp_path / "log").open("w") as log:
        served = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=tmp_path)
        try:
            dashboard = Dashboard(_dashboard_of(served.pid, f"http://127.0.0.1:{port}"))
            watching = threading.Thread(target=dashboard.watch, daemon=True)
            watching.start()
            yield Installation(f"http://127.0.0.1:{port}", private / "vault.db", dashboard)
            dashboard.stop.set()
            watching.join()
        finally:
            served.terminate()
            served.wait(30)


def _dashboard_of(parent: int, address: str) -> int:
    """Wait until it answers; give the child of `serve` that is the dashboard."""
    ends = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            break
        except OSError:
            assert time.monotonic() < ends, "the dashboard did not answer"
            time.sleep(0.2)
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    [found] = [int(one) for one in children if b"dashboard\0--address" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return found


@pytest.fixture
def weekly(tmp_path: Path) -> list[str]:
    """This week's files: three of text and a workbook."""
    paths = []
    for name, text in week(PEOPLE).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))
    with xlsxwriter.Workbook(tmp_path / "sessions.xlsx") as book:
        sheet = book.add_worksheet("sessions")
        sheet.write_row(0, 0, ["session", "title", "element", "held_on"])
        sheet.write_row(1, 0, ["s1", "Team hour", "We are a team", "2022-02-04"])
    return [*paths, str(tmp_path / "sessions.xlsx")]


class Analyst:
    """Somebody at the page, whose every action is counted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.actions = page, address, 0

    def drop(self, files: list[str]) -> None:
        self.actions += 1
        self.page.locator('input[type="file"]').set_input_files(files)
        expect(self.page.get_by_role("heading", name="What these files would do")).to_be_visible(timeout=SLOWLY)

    def press(self, label: str) -> None:
        """Press once the page has run, as somebody would who reads: what is still coming may move a button."""
        self.actions += 1
        _has_run(self.page)
        self.page.get_by_role("button", name=label, exact=True).click()

    def go(self, name: str) -> None:
        self.actions += 1
        bar = self.page.get_by_test_id("stTopNav")
        if bar.get_by_role("link", name=name, exact=True).count():
            bar.get_by_role("link", name=name, exact=True).click()
        else:
            bar.get_by_role("button", name="Look after").click()
            self.page.get_by_role("menuitem", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=SLOWLY)

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=SLOWLY)

    def reads_of_release(self, number: int) -> None:
        """Wait until it is shown and publishing is over."""
        self.says(f"The pages show release {number}")
        self.says("Nothing is being published now.")
        _has_run(self.page)


def figures(page: Page) -> list[str]:
    """The numbers of the first page, as they are written, once the page has run to its end."""
    expect(page.locator(FIGURE).first).to_be_visible(timeout=SLOWLY)
    _has_run(page)
    return page.locator(FIGURE).all_inner_texts()


def _has_run(page: Page) -> None:
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=SLOWLY)


def fingerprint(vault: Path) -> str:
    """Hash of the rows that anybody could count."""
    import sqlite3

    with sqlite3.connect(f"file:{vault}?mode=ro", uri=True) as connection:
        rows = [connection.execute(f"SELECT * FROM {one} ORDER BY id").fetchall() for one in ("import_run", "vote")]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def test_a_leader_does_not_have_the_page(installation: Installation, visitor: BrowserContext, sign_in) -> None:
    """P1: the menu does not name it, and its address opens nothing of it."""
    page = visitor.new_page()
    page.goto(f"{installation.address}/data")
    sign_in(page, "leader")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_role("link", name="Data", exact=True)).to_have_count(0)
    expect(page.locator('input[type="file"]')).to_have_count(0)


def test_the_end_of_publishing_moves_nothing(installation: Installation, visitor: BrowserContext, sign_in) -> None:
    """It moved the buttons below it by 80 px once, and a click on one of them was lost."""
    page = visitor.new_page()
    page.goto(f"{installation.address}/data")
    sign_in(page, "analyst")
    below = page.get_by_role("button", name="Propose to cut the tables by region anew")
    expect(page.get_by_text("Nothing is being published now.")).to_be_visible(timeout=SLOWLY)
    _has_run(page)
    idle = below.bounding_box()
    worker = _sibling_of(installation.dashboard.process)
    os.kill(worker, signal.SIGSTOP)
    try:
        Analyst(page, installation.address).press("Publish again without regions")
        expect(page.get_by_text("Publishing: waits for its turn")).to_be_visible(timeout=SLOWLY)
        expect(page.get_by_role("button", name="Stop this")).to_be_visible(timeout=SLOWLY)
        busy = below.bounding_box()
    finally:
        os.kill(worker, signal.SIGCONT)
    assert idle is not None
    assert busy == pytest.approx(idle, abs=1)


def _sibling_of(dashboard: int) -> int:
    """Give the worker: the other child of the command that serves."""
    parent = Path(f"/proc/{dashboard}/stat").read_text().rsplit(")", 1)[1].split()[1]
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    [worker] = [int(one) for one in children if int(one) != dashboard]
    return worker


def test_the_weekly_load_and_its_undo(
    installation: Installation, visitor: BrowserContext, sign_in, weekly: list[str], tmp_path: Path
) -> None:
    """P2 to P10, within fifteen actions; the dashboard's process never has the vault."""
    page = visitor.new_page()
    page.goto(f"{installation.address}/data")
    sign_in(page, "analyst")
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible(timeout=SLOWLY)
    ann = Analyst(page, installation.address)

    ann.drop(weekly)  # P2
    ann.says("85 rows of template: 84 new, 0 changed, 0 unchanged, 1 refused.")
    assert not installation.vault.exists()
    ann.says("one of: agree, pass, disagree")  # P3
    ann.says("Possible personal details")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 refused row of votes").click()
    assert "maybe" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert not Axe().run(page, options={"runOnly": RULES}).response["violations"]

    _name_the_conversation(ann)
    ann.press("Load 84 rows")  # P4
    ann.says("Loaded 2 rows of ideas")
    ann.press("Done")
    ann.reads_of_release(1)

    after = fingerprint(installation.vault)
    ann.drop(weekly)  # P5
    ann.says("0 new, 0 changed, 84 unchanged")
    ann.says("Nothing here is new.")
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "votes.csv").write_text(week(PEOPLE)["votes.csv"].replace("cast_at", "moment"), encoding="utf-8")
    ann.drop([str(wrong / "votes.csv")])  # P6
    ann.says("These files cannot be loaded as they are.")
    ann.says("the header participant, idea, cast_at, vote")
    assert fingerprint(installation.vault) == after

    _records_progress(ann)  # P8
    ann.go("Overview")  # P9
    ann.says("Release 1")
    before = figures(page)
    ann.go("Data")
    (wrong / "votes.csv").write_text(week(PEOPLE + 15)["votes.csv"], encoding="utf-8")
    ann.drop([str(wrong / "votes.csv")])
    ann.press("Load 30 rows")
    ann.reads_of_release(2)
    ann.actions -= 2  # a second load, so that there is something to take back: no step of the journey

    page.get_by_text("Undo the last import").click()  # P10
    page.get_by_label("Type undo 2 to confirm").fill("undo 2")
    ann.press("Undo this import")
    ann.says("Release 2 is withdrawn. Release 1 is shown again.")
    ann.actions += 2
    page.goto(installation.address)
    expect(page.locator(FIGURE)).to_have_text(before, timeout=SLOWLY)
    assert ann.actions <= 15

    _never_had_the_vault(installation)


def _records_progress(ann: Analyst) -> None:
    """Set action 12 to on track with a note; the history keeps who and when, and the leader's board shows it."""
    page = ann.page
    ann.go("Plan")
    ann.actions += 1  # the form: which action, its status, a note
    page.locator(".st-key-plan-view").get_by_text("Record", exact=True).click()
    page.get_by_role("combobox", name="Action to change").click()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Action 12: ")).to_be_visible(timeout=SLOWLY)
    page.get_by_role("combobox", name="Status", exact=True).click()
    page.get_by_role("option", name="on track", exact=True).click()
    page.get_by_label("Note", exact=True).fill("The first cohort has met")
    page.get_by_role("button", name="Record the status").click()
    ann.says("Action 12 is recorded as on track")
    expect(page.get_by_role("heading", name=re.compile("Action 12: . on track"))).to_be_visible()
    expect(page.get_by_role("cell", name="analyst").first).to_be_visible()


def _name_the_conversation(ann: Analyst) -> None:
    """Say once, for the first load, which conversation these rows belong to."""
    ann.page.get_by_label("Conversation they belong to").fill("Staff voice")
    ann.press("Look again")
    ann.says("a new conversation, staff-voice")


def _never_had_the_vault(installation: Installation) -> None:
    dashboard = installation.dashboard
    assert dashboard.looks > 100
    assert [path for path in dashboard.seen if str(installation.vault.parent) in path] == []
    assert any(path.endswith("desk.db") for path in dashboard.seen)
    assert "VAULT" not in dashboard.environment
    assert "LOOKFORWARD_KEYS" not in dashboard.environment
    assert str(installation.vault.parent) not in dashboard.environment
