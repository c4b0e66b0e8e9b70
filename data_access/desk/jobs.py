"""The job queue: the dashboard asks, the worker claims, tells how far it is, and says what came of it.

A job is claimed by one worker only, on SQLite by the desk's write lock, on PostgreSQL by a row lock that others
skip. Each claim has a secret of its own, without which nothing can be written to the job: a worker that was
thought dead and was not cannot disturb whoever came after it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from data_access.desk import audit
from data_access.desk.work_schema import Job
from data_access.problems import ChangedMeanwhile, NothingThere, UserProblem

LONGEST_STEP: Final = 200
# A worker beats every few seconds; one that was silent for this long is gone, or its computer is.
STALE_AFTER: Final = timedelta(seconds=45)
STOPPED: Final = (
    "The worker stopped in the middle of this. Nothing is half done: what it was writing is there whole or not at "
    "all. Look at the list of imports and releases, then ask again; the same files twice change nothing."
)


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN: Final = (JobState.WAITING, JobState.RUNNING)


class CancelWanted(UserProblem):
    """Somebody asked for the running job to be stopped; raised where it tells how far it is."""

    def __init__(self) -> None:
        """Say so in plain words."""
        super().__init__("Stopped as asked. Nothing was changed.")


@dataclass(frozen=True)
class JobRecord:
    """One job. `done` of `total` units of `step` are finished; `result` is what came of it, or why nothing did.

    A failed job's result has `problem`, one plain text with its remedy.
    """

    id: int
    kind: str
    asked_by: str
    asked_at: datetime
    arguments: Mapping[str, Any]
    state: JobState
    step: str
    done: int
    total: int
    result: Mapping[str, Any]
    is_cancel_asked: bool
    started_at: datetime | None
    seen_at: datetime | None
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN


def ask(
    connection: Connection, *, kind: str, arguments: Mapping[str, Any], asked_by: str, now: datetime, scope: str = ""
) -> int:
    """Put a job into the queue and give its number. Arguments are plain data without participants' words.

    scope: what it is about, for the audit log. Whether the person may ask is for the caller to check.
    """
    values = {"kind": kind, "arguments": dict(arguments), "asked_by": asked_by, "asked_at": now}
    start = {"state": JobState.WAITING.value, "step": "", "done": 0, "total": 0, "is_cancel_asked": False}
    number: int | None = connection.scalar(insert(Job).values(**values, **start).returning(Job.id))
    assert number is not None
    about = f"job {number}" + (f": {scope}" if scope else "")
    audit.record(connection, who=asked_by, what=f"asked: {kind}", scope=about[:300], release=None, now=now)
    return number


def claim(connection: Connection, *, kinds: Collection[str], secret: str, now: datetime) -> JobRecord | None:
    """Take the oldest waiting job of these kinds; nothing where none waits.

    secret: names this claim; it begins with the worker's name, so that its successor can take jobs back.
    """
    query = select(Job.id).where(Job.state == JobState.WAITING.value, Job.kind.in_(sorted(kinds))).order_by(Job.id)
    number: int | None = connection.scalar(query.limit(1).with_for_update(skip_locked=True))
    if number is None:
        return None
    values = {"state": JobState.RUNNING.value, "claim": secret, "started_at": now, "seen_at": now}
    connection.execute(update(Job).where(Job.id == number).values(**values))
    return job(connection, number)


def tell(connection: Connection, number: int, secret: str, *, step: str, done: int, total: int, now: datetime) -> None:
    """Say how far a claimed job is, and that it lives.

    Raises `CancelWanted` where somebody asked for it to stop, `ChangedMeanwhile` where the claim was lost.
    """
    values = {"step": step[:LONGEST_STEP], "done": done, "total": total, "seen_at": now}
    _own(connection, number, secret, values)
    if connection.scalar(select(Job.is_cancel_asked).where(Job.id == number)):
        raise CancelWanted


def beat(connection: Connection, number: int, secret: str, *, now: datetime) -> None:
    """Say that a claimed job lives; raises `ChangedMeanwhile` where the claim was lost."""
    _own(connection, number, secret, {"seen_at": now})


def finish(
    connection: Connection, number: int, secret: str, *, state: JobState, result: Mapping[str, Any], now: datetime
) -> JobRecord:
    """Close a claimed job; raises `ChangedMeanwhile` where the claim was lost."""
    _own(connection, number, secret, {"state": state.value, "result": dict(result), "claim": None, "ended_at": now})
    known = job(connection, number)
    _audited(connection, known, f"job {state.value}: {known.kind}", now)
    return known


def cancel(connection: Connection, number: int, *, by: str, now: datetime) -> JobRecord:
    """Take a waiting job out of the queue, or ask a running one to stop at its next step.

    Raises `UserProblem` for a job that has ended.
    """
    known = job(connection, number)
    if not known.is_open:
        raise UserProblem(f"Job {number} has ended already: {known.state.value}.")
    ended = {"state": JobState.CANCELLED.value, "ended_at": now, "result": {}}
    is_waiting = (Job.id == number, Job.state == JobState.WAITING.value)
    if connection.execute(update(Job).where(*is_waiting).values(**ended)).rowcount == 0:
        connection.execute(update(Job).where(Job.id == number).values(is_cancel_asked=True))
    audit.record(connection, who=by, what=f"asked to stop: {known.kind}", scope=f"job {number}", release=None, now=now)
    return job(connection, number)


def take_back(connection: Connection, *, now: datetime, worker: str = "") -> list[int]:
    """Close, as failed, the running jobs of workers that are gone, and give their numbers.

    Gone are those silent for `STALE_AFTER`, and any earlier process of `worker`, whose successor calls this.
    """
    running = select(Job.id, Job.claim, Job.seen_at).where(Job.state == JobState.RUNNING.value)
    lost = [
        row.id
        for row in connection.execute(running.with_for_update(skip_locked=True))
        if row.seen_at is None
        or now - row.seen_at > STALE_AFTER
        or (worker and str(row.claim or "").startswith(f"{worker}:"))
    ]
    values = {"state": JobState.FAILED.value, "claim": None, "ended_at": now, "result": {"problem": STOPPED}}
    for number in lost:
        connection.execute(update(Job).where(Job.id == number).values(**values))
        known = job(connection, number)
        _audited(connection, known, f"job taken back: {known.kind}", now)
    return lost


def job(connection: Connection, number: int) -> JobRecord:
    """Give one job; raises `NothingThere`."""
    row = connection.execute(select(Job).where(Job.id == number)).one_or_none()
    if row is None:
        raise NothingThere(f"There is no job {number}.")
    return _record(row)


def newest(connection: Connection, *, kinds: Collection[str] = (), limit: int = 20) -> list[JobRecord]:
    """Give the jobs asked for last, of these kinds or of all, newest first."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    return [_record(row) for row in connection.execute(query.where(Job.kind.in_(sorted(kinds))) if kinds else query)]


def waiting(connection: Connection) -> list[JobRecord]:
    """Give every job that waits or runs, oldest first."""
    query = select(Job).where(Job.state.in_([state.value for state in OPEN])).order_by(Job.id)
    return [_record(row) for row in connection.execute(query)]


def _own(connection: Connection, number: int, secret: str, values: Mapping[str, Any]) -> None:
    own = (Job.id == number, Job.claim == secret, Job.state == JobState.RUNNING.value)
    if connection.execute(update(Job).where(*own).values(**values)).rowcount == 0:
        raise ChangedMeanwhile(f"Job {number} was given to another worker, or has ended. Nothing was written to it.")


def _audited(connection: Connection, known: JobRecord, what: str, now: datetime) -> None:
    audit.record(connection, who=known.asked_by, what=what, scope=f"job {known.id}", release=None, now=now)


def _record(row: Row[Any]) -> JobRecord:
    values = {name: getattr(row, name) for name in JobRecord.__dataclass_fields__}
    return JobRecord(**{**values, "state": JobState(row.state), "result": row.result or {}})
