"""The door: one place that knows whether a browser is signed in, for scripts, routes and middleware alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from threading import Lock

from sqlalchemy import Connection, Engine

from data_access.desk import audit, outside_sign_ins, throttle, users, visits
from data_access.desk.engine import open_desk, reading
from data_access.problems import NotAllowed
from data_access.settings import Settings

# Streamlit keeps a session for minutes; ten thousand owners are about 1 MiB.
MOST_OWNERS = 10_000
NO_RELEASE = None


@dataclass(frozen=True)
class Owners:
    """Which visit opened which Streamlit session, so that a stolen session id opens nothing."""

    _keys: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def claim(self, session: str, visit_key: str) -> None:
        """Note that a visit uses a Streamlit session; the longest unused is forgotten first."""
        with self._lock:
            self._keys[session] = visit_key
            self._keys.move_to_end(session)
            while len(self._keys) > MOST_OWNERS:
                self._keys.popitem(last=False)

    def owns(self, session: str, visit_key: str) -> bool:
        """Whether that visit opened that Streamlit session."""
        with self._lock:
            return self._keys.get(session) == visit_key


@dataclass(frozen=True)
class Door:
    """The desk as signing in and out needs it. `now` is the clock."""

    engine: Engine
    limits: visits.Limits
    is_secure: bool
    now: Callable[[], datetime]
    owners: Owners = field(default_factory=Owners)

    @property
    def cookie(self) -> str:
        """Name of the cookie. `__Host-` makes browsers refuse it from other hosts, paths and plain HTTP."""
        return "__Host-lookforward" if self.is_secure else "lookforward_visit"

    def visit(self, secret: str | None, *, is_use: bool = True) -> visits.OpenVisit | None:
        """Look a cookie's value up, and note once a minute that the visit is in use, unless a page asks by itself."""
        now = self.now()
        with reading(self.engine) as connection:
            found = visits.find_visit(connection, secret or "", limits=self.limits, now=now)
        if found is not None and found.needs_touch and is_use:
            with self.engine.begin() as connection:
                visits.touch_visit(connection, found, now=now)
        return found

    def ticket(self, user: users.User, page: str) -> str:
        """Give somebody who has proved who they are a ticket for the cookie."""
        with self.engine.begin() as connection:
            return visits.issue_ticket(connection, user, page=page, now=self.now())

    def start(self, ticket: str, earlier: str | None) -> tuple[str, str] | None:
        """Turn a ticket into a visit, ending the browser's earlier one: the cookie's value and the page."""
        now = self.now()
        with self.engine.begin() as connection:
            started = visits.start_visit(connection, ticket, limits=self.limits, now=now)
            if started is None:
                return None
            visits.end_visit(connection, earlier or "")
            found = visits.find_visit(connection, started[0], limits=self.limits, now=now)
            if found is None:  # the account was disabled while the ticket was on its way
                return None
            self._record(connection, found.user, "signed in")
        return started

    def end(self, secret: str | None) -> None:
        """Sign a browser out; its cookie is worth nothing from now on."""
        now = self.now()
        with self.engine.begin() as connection:
            found = visits.find_visit(connection, secret or "", limits=self.limits, now=now)
            if visits.end_visit(connection, secret or "") and found is not None:
                self._record(connection, found.user, "signed out")

    def wait(self, name: str, address: str) -> timedelta:
        """Count an attempt to sign in; more than nought is how long to wait instead."""
        subjects = (throttle.name_subject(name), throttle.address_subject(address))
        with self.engine.begin() as connection:
            return throttle.attempt(connection, subjects, self.now())

    def succeeded(self, name: str, address: str) -> None:
        """Take back what an attempt counted, once it has succeeded."""
        with self.engine.begin() as connection:
            throttle.succeed(connection, throttle.name_subject(name), throttle.address_subject(address))

    def credentials(self, name: str) -> tuple[users.User | None, str]:
        """Give the account and the hash to hold a password against."""
        with reading(self.engine) as connection:
            return users.credentials(connection, name)

    def vouched(self, claims: Mapping[str, object], claim: str) -> users.User | None:
        """Give the account an organisation's service vouches for: once for each proof, nothing if there is none.

        Raises `NotAllowed` where the proof is old, unfit or was used before.
        """
        now = self.now()
        proof = outside_sign_ins.proof_of(claims, claim=claim, now=now)
        with self.engine.begin() as connection:
            if not outside_sign_ins.use_once(connection, proof, now=now):
                raise NotAllowed("This sign-in of your organisation was used before. Sign in again.")
            return users.credentials(connection, proof.account)[0]

    def refused(self, user: users.User | None, what: str) -> None:
        """Note a refusal. A name without an account is not written down: it may be a password."""
        with self.engine.begin() as connection:
            if user is None:
                audit.record(connection, who="unknown", what=what, scope="", release=NO_RELEASE, now=self.now())
            else:
                self._record(connection, user, what)

    def has_accounts(self) -> bool:
        """Whether anybody could sign in."""
        with reading(self.engine) as connection:
            return users.count_users(connection) > 0

    def _record(self, connection: Connection, user: users.User, what: str) -> None:
        scope = ", ".join(user.regions) or user.role.value
        audit.record(connection, who=user.name, what=what, scope=scope, release=NO_RELEASE, now=self.now())


@lru_cache(maxsize=4)
def door_of(settings: Settings) -> Door:
    """Open the door of an installation, once a process."""
    limits = visits.Limits(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.session_hours))
    return Door(open_desk(settings.desk_url), limits, settings.cookie_secure, lambda: datetime.now(UTC))
