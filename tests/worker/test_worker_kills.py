"""kill -9 of the worker at random moments: what it was writing is there whole or not at all, and it is said."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data_access.desk import jobs
from data_access.desk.engine import reading
from data_access.desk.jobs import STOPPED, JobRecord, JobState
from data_access.settings import Settings
from data_access.vault.engine import has_vault, open_vault

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a matter of POSIX systems")
WORKER = "import sys; sys.argv = ['lookforward', 'worker']; from dashboard.cli import main; main()"
# Chance, but the same in every run.
MOMENTS = random.Random(7)
KILLS = 4


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start a worker as `lookforward serve` does."""
    environment = {**os.environ, "LOOKFORWARD_HOME": str(home)}
    home.mkdir(exist_ok=True)  # where vault and desk are on a server nothing may be there yet
    with (home / "worker.log").open("a") as log:
        return subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=log, stderr=log)


def seen(desk: Engine, number: int) -> JobRecord:
    with reading(desk) as connection:
        return jobs.job(connection, number)


def wait_for(desk: Engine, number: int, *states: JobState, seconds: float = 90) -> JobRecord:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if (found := seen(desk, number)).state in states:
            return found
        time.sleep(0.05)
    raise AssertionError(f"job {number} is {seen(desk, number).state}")


def stored(settings: Settings) -> tuple[int, int]:
    """Imports and votes in the vault."""
    if not has_vault(settings.vault_url):
        return 0, 0
    engine = open_vault(settings.vault_url)
    with engine.connect() as connection:
        found = tuple(int(connection.scalar(text(f"SELECT count(*) FROM {one}"))) for one in ("import_run", "vote"))
    engine.dispose()
    return found


def test_a_killed_worker_leaves_all_or_nothing_and_its_successor_says_so(desk, settings, send, texts, worker):
    for turn in range(KILLS):
        before = stored(settings)
        with desk.begin() as connection:
            arguments = {"token": send(texts(30 + turn), token=f"{turn:032x}"), "conversation": f"talk-{turn}"}
            number = jobs.ask(connection, kind="commit import", arguments=arguments, asked_by="ann", now=worker.clock())
        process = start(settings.home)
        wait_for(desk, number, JobState.RUNNING, JobState.DONE)
        time.sleep(MOMENTS.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        whole = (before[0] + 1, before[1] + 30 + turn)
        assert stored(settings) in (before, whole)
        if seen(desk, number).state is JobState.RUNNING:
            successor = start(settings.home)
            told = wait_for(desk, number, JobState.FAILED)
            assert told.result == {"problem": STOPPED}
            successor.terminate()
            assert successor.wait(30) == 0


def test_a_second_worker_of_one_installation_is_refused(desk, settings):
    first = start(settings.home)
    try:
        log = settings.home / "worker.log"
        ends = time.monotonic() + 60
        while "ready" not in log.read_text() and time.monotonic() < ends:
            time.sleep(0.1)
        second = start(settings.home)
        assert second.wait(60) == 3
        assert "runs for this installation already" in log.read_text()
    finally:
        first.terminate()
        first.wait(30)
