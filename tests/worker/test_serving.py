"""`serve` keeps two processes: the worker is started again when it dies, and both end together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest

from dashboard.cli._processes import LIVED_LONG, LONGEST_PAUSE, Kept, end, run_together, started

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are a matter of POSIX systems")
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
DIES = [sys.executable, "-c", "raise SystemExit(1)"]


def test_a_worker_that_cannot_start_is_tried_less_and_less_often():
    now = [0.0]
    kept = Kept(DIES, os.environ, clock=lambda: now[0])
    pauses = []
    for _ in range(9):
        kept.look()
        assert kept.process is not None
        kept.process.wait()
        assert kept.look()
        pauses.append(kept.pause)
        assert not kept.look()
        assert kept.process is None
        now[0] += kept.pause
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_one_that_ran_for_long_is_started_again_at_once():
    now = [0.0]
    kept = Kept(DIES, os.environ, clock=lambda: now[0])
    kept.pause = 32.0
    kept.look()
    kept.process.wait()
    now[0] += LIVED_LONG + 1
    assert kept.look()
    assert kept.pause == 1


def test_both_end_when_serve_is_told_to_stop():
    dashboard, worker = started(SLEEPS, os.environ), Kept(SLEEPS, os.environ)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        assert run_together(dashboard, worker, print) == 0
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert dashboard.poll() is not None
    assert worker.process.poll() is not None


def test_the_worker_ends_with_a_dashboard_that_fails_and_its_code_is_given():
    dashboard = started([sys.executable, "-c", "import time; time.sleep(0.5); raise SystemExit(7)"], os.environ)
    worker = Kept(SLEEPS, os.environ)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        assert run_together(dashboard, worker, print) == 7
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert worker.process.poll() is not None


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells children of their parent's death on Linux")
def test_children_end_even_when_their_parent_is_killed(tmp_path):
    note = tmp_path / "child"
    parent = started(
        [
            sys.executable,
            "-c",
            f"import os, sys, time; from dashboard.cli._processes import started; "
            f"child = started([sys.executable, '-c', 'import time; time.sleep(60)'], os.environ); "
            f"open({str(note)!r}, 'w').write(str(child.pid)); time.sleep(60)",
        ],
        os.environ,
    )
    ends = time.monotonic() + 60
    while not (note.exists() and note.read_text()) and time.monotonic() < ends:
        time.sleep(0.05)
    child = int(note.read_text())
    parent.kill()
    parent.wait()
    while time.monotonic() < ends and _is_alive(child):
        time.sleep(0.05)
    assert not _is_alive(child)
    end(parent)


def _is_alive(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as told:  # noqa: PTH123
            return told.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
