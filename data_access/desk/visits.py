"""Signed-in browsers, kept on the server: opened by a ticket, looked up on every click, ended at any time.

The browser holds 256 random bits and nothing else. The desk holds their SHA-256, so neither a copy of the
desk nor a look at its rows gives anybody a visit. A plain hash is enough: the bits cannot be guessed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from data_access.desk.schema import Account, Ticket, Visit
from data_access.desk.users import User
from data_access.vocabulary import Role

TICKET_LASTS = timedelta(seconds=30)
# Writing 'last seen' once a minute instead of on every click keeps readers from queueing for the lock.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """How long a visit lasts unused, and at most."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class OpenVisit:
    """A visit that is live now, with its user as they stand now."""

    key: str
    user: User
    needs_touch: bool


def visit_key(secret: str) -> str:
    """Give the SHA-256 under which a cookie's or ticket's value is kept."""
    return sha256(secret.encode()).hexdigest()


def issue_ticket(connection: Connection, user: User, *, page: str, now: datetime) -> str:
    """Make a ticket for somebody who has just proved who they are; good once and for 30 seconds."""
    secret = secrets.token_urlsafe(32)
    connection.execute(delete(Ticket).where(Ticket.ends_at < now))
    connection.execute(
        insert(Ticket).values(key=visit_key(secret), account_id=user.id, page=page, ends_at=now + TICKET_LASTS)
    )
    return secret


def start_visit(connection: Connection, ticket: str, *, limits: Limits, now: datetime) -> tuple[str, str] | None:
    """Use a ticket up: give the cookie's value and the page asked for; nothing if it is used, late or unknown."""
    found = connection.execute(select(Ticket).where(Ticket.key == visit_key(ticket))).one_or_none()
    taken = connection.execute(delete(Ticket).where(Ticket.key == visit_key(ticket)))
    if found is None or taken.rowcount != 1 or found.ends_at < now:
        return None
    secret = secrets.token_urlsafe(32)
    connection.execute(delete(Visit).where(Visit.ends_at < now))
    connection.execute(
        insert(Visit).values(
            key=visit_key(secret),
            account_id=found.account_id,
            started_at=now,
            last_seen_at=now,
            ends_at=now + limits.longest,
        )
    )
    return secret, found.page


def find_visit(connection: Connection, secret: str, *, limits: Limits, now: datetime) -> OpenVisit | None:
    """Look a cookie's value up; nothing if the visit was ended, idle too long, too old, or its account disabled."""
    if not secret:
        return None
    columns = select(Account, Visit.key, Visit.last_seen_at, Visit.ends_at)
    found = connection.execute(
        columns.join(Visit, Visit.account_id == Account.id).where(Visit.key == visit_key(secret))
    ).one_or_none()
    if found is None or found.is_disabled or now >= found.ends_at or now - found.last_seen_at >= limits.idle:
        return None
    user = User(
        id=found.id,
        name=found.name,
        display_name=found.display_name,
        role=Role(found.role),
        regions=tuple(found.regions),
        is_disabled=False,
    )
    return OpenVisit(key=found.key, user=user, needs_touch=now - found.last_seen_at >= SEEN_EVERY)


def touch_visit(connection: Connection, visit: OpenVisit, *, now: datetime) -> None:
    """Note that a visit is in use."""
    connection.execute(update(Visit).where(Visit.key == visit.key).values(last_seen_at=now))


def end_visit(connection: Connection, secret: str) -> bool:
    """Sign one browser out; says whether there was a visit."""
    return connection.execute(delete(Visit).where(Visit.key == visit_key(secret))).rowcount == 1


def end_visits_of(connection: Connection, user: User) -> int:
    """Sign somebody out everywhere; gives the number of visits ended."""
    return connection.execute(delete(Visit).where(Visit.account_id == user.id)).rowcount
