"""Slow guessing down without letting anybody lock somebody else out.

Each failure adds one to the weight of the name and of the address it came from; weights halve every quarter
of an hour. Five for a name and twenty for an address are free, because a whole trust may come from one
address; after that each further try waits twice as long as the one before: at most a minute for a name, because
anyone can fail in another's name, and five minutes for an address.
An attempt is counted before the password is looked at, so that a hundred at once do not slip through, and is
taken back if the password fits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from data_access.desk.schema import SignInFailure

HALVES_IN = timedelta(minutes=15)
# Ten halvings leave a weight of 5 at less than one hundredth: nothing worth keeping.
FORGOTTEN_AFTER = 10 * HALVES_IN


@dataclass(frozen=True)
class Subject:
    """A name or an address that attempts are counted for."""

    key: str
    free: int
    longest_wait: timedelta


def name_subject(name: str) -> Subject:
    """Count attempts for what was typed as a name, whether or not there is such an account."""
    return Subject(sha256(f"name:{name.strip().lower()}".encode()).hexdigest(), 5, timedelta(minutes=1))


def address_subject(address: str) -> Subject:
    """Count attempts for the address a browser connects from."""
    return Subject(sha256(f"address:{address}".encode()).hexdigest(), 20, timedelta(minutes=5))


def decayed(weight: float, since: timedelta) -> float:
    """Give what is left of a weight after a time."""
    return weight * math.pow(0.5, max(since, timedelta()) / HALVES_IN)


def wait_after(weight: float, subject: Subject) -> timedelta:
    """Give the wait a weight asks for, counted from the last attempt."""
    if weight < subject.free:
        return timedelta()
    # Thirty doublings are past every limit; more would only overflow.
    seconds = math.pow(2, min(weight - subject.free + 1, 30))
    return min(timedelta(seconds=seconds), subject.longest_wait)


def attempt(connection: Connection, subjects: tuple[Subject, ...], now: datetime) -> timedelta:
    """Count an attempt and give nought, or give the time still to wait and count nothing."""
    connection.execute(delete(SignInFailure).where(SignInFailure.last_at < now - FORGOTTEN_AFTER))
    kept = {subject: _kept(connection, subject) for subject in subjects}
    waits = [
        last_at + wait_after(decayed(weight, now - last_at), subject) - now
        for subject, (weight, last_at) in kept.items()
        if last_at is not None
    ]
    wait = max(waits, default=timedelta())
    if wait > timedelta():
        return wait
    for subject, (weight, last_at) in kept.items():
        _count(connection, subject, weight, last_at, now)
    return timedelta()


def succeed(connection: Connection, name: Subject, address: Subject) -> None:
    """Forget the failures of a name that has signed in, and take its attempt back from the address."""
    connection.execute(delete(SignInFailure).where(SignInFailure.subject == name.key))
    lighter = {"weight": SignInFailure.weight - 1}
    connection.execute(update(SignInFailure).where(SignInFailure.subject == address.key).values(lighter))


def _kept(connection: Connection, subject: Subject) -> tuple[float, datetime | None]:
    query = select(SignInFailure).where(SignInFailure.subject == subject.key).with_for_update()
    row = connection.execute(query).one_or_none()
    return (row.weight, row.last_at) if row is not None else (0.0, None)


def _count(connection: Connection, subject: Subject, weight: float, last_at: datetime | None, now: datetime) -> None:
    if last_at is None:
        connection.execute(insert(SignInFailure).values(subject=subject.key, weight=1.0, last_at=now))
        return
    heavier = decayed(weight, now - last_at) + 1
    own = SignInFailure.subject == subject.key
    connection.execute(update(SignInFailure).where(own).values(weight=heavier, last_at=now))
