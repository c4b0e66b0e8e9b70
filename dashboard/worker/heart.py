"""The worker's heartbeat: shows that it lives and that its job is held, however long a step takes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from data_access.desk import jobs, worker_signs
from data_access.problems import ChangedMeanwhile

# Nine beats fit into the silence after which a worker counts as gone.
SECONDS_BETWEEN_BEATS = 5.0
log = logging.getLogger("lookforward.worker")


class Heart:
    """Beats in a thread of its own while the worker runs."""

    def __init__(self, desk: Engine, name: str, clock: Callable[[], datetime]) -> None:
        """Keep what a beat needs; nothing beats before `start`."""
        self._desk, self._name, self._clock = desk, name, clock
        self._started_at = clock()
        self._held: tuple[int, str] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def start(self) -> None:
        """Beat once at once, then every few seconds."""
        self.beat()
        self._thread.start()

    def stop(self) -> None:
        """Stop beating and say that the worker has left."""
        self._stop.set()
        self._thread.join(timeout=10)
        with self._desk.begin() as connection:
            worker_signs.leave(connection, self._name)

    @contextmanager
    def holding(self, number: int, secret: str) -> Iterator[None]:
        """Beat for a job as well while it is worked on."""
        self._held = (number, secret)
        try:
            yield
        finally:
            self._held = None

    def beat(self) -> None:
        """Show the worker, and the job it holds, as alive now."""
        held, now = self._held, self._clock()
        with self._desk.begin() as connection:
            worker_signs.show(connection, self._name, started_at=self._started_at, now=now)
        if held is not None:
            try:
                with self._desk.begin() as connection:
                    jobs.beat(connection, *held, now=now)
            except ChangedMeanwhile:
                log.info("job %s has ended or was taken away", held[0])

    def _run(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_BEATS):
            try:
                self.beat()
            except SQLAlchemyError as problem:
                # A desk that does not answer for a moment must not end the heart; the next beat tries again.
                log.warning("the desk did not take a heartbeat: %s", type(problem).__name__)
