"""How a job tells the desk how far it is: often enough for a person, seldom enough for a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from data_access.desk import jobs

# A page looks once a second; more often than this nobody sees, and each time is a write to the disk.
SECONDS_BETWEEN: float = 0.3


@dataclass
class Telling:
    """Called as `progress(step, done, total)`: writes at the first call, at a new step, and now and then between.

    Raises `CancelWanted` where somebody asked for the job to stop, `ChangedMeanwhile` where it was taken away.
    """

    desk: Engine
    number: int
    secret: str
    clock: Callable[[], datetime]
    seconds: Callable[[], float]
    _step: str = field(default="", init=False)
    _last: float = field(default=float("-inf"), init=False)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say that `done` of `total` units of `step` are finished."""
        at = self.seconds()
        if step == self._step and at - self._last < SECONDS_BETWEEN:
            return
        self._step, self._last = step, at
        with self.desk.begin() as connection:
            jobs.tell(connection, self.number, self.secret, step=step, done=done, total=total, now=self.clock())
