"""Two processes that live and end together: the dashboard, and the worker beside it, started again if it dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

SECONDS_TO_STOP: Final = 15.0
SECONDS_BETWEEN_LOOKS: Final = 0.2
# One, two, four … seconds: a worker that cannot start must not fill the log or the processor.
SHORTEST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
# One that ran for so long did start; its next death is a new story.
LIVED_LONG: Final = 60.0
_PR_SET_PDEATHSIG: Final = 1


@dataclass
class Kept:
    """A process that is started again when it ends by itself, each time after a longer pause."""

    command: Sequence[str]
    environment: Mapping[str, str]
    clock: Callable[[], float] = time.monotonic
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    pause: float = field(default=SHORTEST_PAUSE / 2, init=False)
    _next: float = field(default=float("-inf"), init=False)
    _began: float = field(default=0.0, init=False)

    def look(self) -> bool:
        """Start it if it is due; whether it was found dead just now."""
        now = self.clock()
        if self.process is not None and self.process.poll() is not None:
            self.process = None
            self.pause = SHORTEST_PAUSE if now - self._began > LIVED_LONG else min(self.pause * 2, LONGEST_PAUSE)
            self._next = now + self.pause
            return True
        if self.process is None and now >= self._next:
            self.process, self._began = started(self.command, self.environment), now
        return False

    def stop(self) -> None:
        """End it, if it runs."""
        if self.process is not None:
            end(self.process)


def started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process that is told to stop when this one dies, however it dies (on Linux)."""
    before = _die_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, env=dict(environment), preexec_fn=before)  # noqa: S603, PLW1509 - our own interpreter; one thread


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to stop, and make it after a while."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run_together(dashboard: subprocess.Popen[bytes], worker: Kept | None, say: Callable[[str], None]) -> int:
    """Keep a worker beside the dashboard until that ends or we are told to stop; give the dashboard's exit code."""
    told: list[int] = []
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _frame: told.append(number))
    try:
        while not told and dashboard.poll() is None:
            if worker is not None and worker.look():
                say(f"The worker stopped; it is started again in {worker.pause:.0f} s.")
            time.sleep(SECONDS_BETWEEN_LOOKS)
    finally:
        end(dashboard)
        if worker is not None:
            worker.stop()
    return 0 if told else int(dashboard.returncode or 0)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:
        os._exit(1)
