"""`lookforward worker`: the process that opens the vault and does what the dashboard asks for."""

from __future__ import annotations

import logging
import os
import platform
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import typer

from dashboard.cli._console import errors
from dashboard.worker.loop import Worker
from data_access.desk.engine import open_desk
from data_access.problems import BadConfiguration
from data_access.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command("worker")(worker)


def worker() -> None:
    """Do what the Data page asks for, until stopped. `lookforward serve` starts one by itself."""
    settings = load_settings()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    with only_one(settings.home):
        desk = open_desk(settings.desk_url)
        errors.print("The worker is ready (stop with Ctrl+C)", highlight=False)
        Worker(worker_name(settings.home), settings, desk, lambda: datetime.now(UTC)).run(stop)
        desk.dispose()


def worker_name(home: Path) -> str:
    """Name the worker of an installation on this computer: the same for every process that follows it."""
    return f"{platform.node()[:80]}-{sha256(str(home.resolve()).encode()).hexdigest()[:8]}"


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the installation's lock; the system lets go of it however this process ends.

    Raises `BadConfiguration` where another worker of this home holds it.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "posix":
        yield
        return
    import fcntl  # noqa: PLC0415 - not there on Windows

    with (home / "worker.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadConfiguration("A worker runs for this installation already. One is enough.") from None
        yield
