"""The worker's round: claim a job, do it, say what came of it, look again."""

from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.worker.chores import do_chores
from dashboard.worker.heart import Heart
from dashboard.worker.kind import Work
from dashboard.worker.kinds import kinds
from dashboard.worker.rights import check_may
from dashboard.worker.telling import Telling
from data_access.desk import jobs
from data_access.desk.configuration_notes import note_configuration
from data_access.desk.engine import reading
from data_access.desk.jobs import CancelWanted, JobRecord, JobState
from data_access.problems import ChangedMeanwhile, UserProblem
from data_access.settings import Settings

SECONDS_BETWEEN_LOOKS: Final = 0.25
BETWEEN_CHORES: Final = timedelta(minutes=1)
OUR_FAULT: Final = (
    "Something went wrong on our side; nothing was changed. Say this number to whoever runs the installation: {number}"
)
log = logging.getLogger("lookforward.worker")


@dataclass(frozen=True)
class Worker:
    """One worker. `name` is the same for every process that replaces it; `clock` gives the time with its zone."""

    name: str
    settings: Settings
    desk: Engine
    clock: Callable[[], datetime]

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; a job that runs is finished first."""
        note_configuration(self.desk, self.settings, who="worker", now=self.clock())
        heart = Heart(self.desk, self.name, self.clock)
        heart.start()
        try:
            self.take_back(is_first=True)
            self._rounds(stop, heart)
        finally:
            heart.stop()

    def take_back(self, *, is_first: bool = False) -> None:
        """Report the jobs of dead workers as failed; at the start those of our own predecessor at once."""
        with self.desk.begin() as connection:
            lost = jobs.take_back(connection, now=self.clock(), worker=self.name if is_first else "")
        for number in lost:
            log.warning("job %s was left in the middle; it is reported as failed", number)

    def one(self, heart: Heart | None = None) -> bool:
        """Do the oldest job that waits; whether there was one."""
        secret = f"{self.name}:{secrets.token_hex(5)}"
        if not self._is_waited_for():
            return False
        with self.desk.begin() as connection:
            found = jobs.claim(connection, kinds=kinds(), secret=secret, now=self.clock())
        if found is None:
            return False
        if heart is None:
            self._do(found, secret)
        else:
            with heart.holding(found.id, secret):
                self._do(found, secret)
        return True

    def _rounds(self, stop: threading.Event, heart: Heart) -> None:
        next_chores = self.clock()
        while not stop.is_set():
            try:
                if self.clock() >= next_chores:
                    next_chores = self.clock() + BETWEEN_CHORES
                    self._chores()
                did_something = self.one(heart)
            except SQLAlchemyError as problem:
                log.warning("the desk does not answer: %s", type(problem).__name__)
                stop.wait(5)
                continue
            if not did_something:
                stop.wait(SECONDS_BETWEEN_LOOKS)

    def _chores(self) -> None:
        self.take_back()
        try:
            do_chores(self.settings, self.clock())
        except UserProblem as problem:
            # A vault that is away for a moment keeps nobody from asking; the job that needs it will say so.
            log.warning("chores were left undone: %s", problem)

    def _is_waited_for(self) -> bool:
        """Look without the write lock first: four looks a second must not hold anybody up."""
        with reading(self.desk) as connection:
            return any(one.state is JobState.WAITING and one.kind in kinds() for one in jobs.waiting(connection))

    def _do(self, job: JobRecord, secret: str) -> None:
        began = time.monotonic()
        state, result = self._answer(job, secret)
        try:
            with self.desk.begin() as connection:
                jobs.finish(connection, job.id, secret, state=state, result=result, now=self.clock())
        except ChangedMeanwhile as problem:
            log.warning("%s", problem)
        log.info("job %s (%s): %s after %.1f s", job.id, job.kind, state.value, time.monotonic() - began)

    def _answer(self, job: JobRecord, secret: str) -> tuple[JobState, dict[str, Any]]:
        kind = kinds()[job.kind]
        telling = Telling(self.desk, job.id, secret, self.clock, time.monotonic)
        try:
            with reading(self.desk) as connection:
                check_may(connection, kind, job)
            telling("Begins", 0, 1)
            return JobState.DONE, kind.run(Work(job, self.settings, self.desk, self.clock, telling))
        except CancelWanted as problem:
            return JobState.CANCELLED, {"problem": str(problem)}
        except UserProblem as problem:
            return JobState.FAILED, {"problem": str(problem)}
        except Exception as error:
            return JobState.FAILED, {"problem": OUR_FAULT.format(number=_incident(error))}


def _incident(error: Exception) -> str:
    """Write where it happened, without the error's own words, which may be a participant's; give its number."""
    number = secrets.token_hex(4)
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("incident %s: %s\n%s", number, type(error).__name__, places)
    return number
