"""What an administrator does to accounts, each change in one transaction with its line of the audit log.

Whoever changes an account must be an administrator now, in this very transaction, whatever the page they pressed a
button on believed. Nobody changes their own account, so the last administrator stays one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from data_access.desk import audit, throttle, users, visits
from data_access.desk.engine import reading
from data_access.desk.schema import Visit
from data_access.desk.users import User
from data_access.problems import BadSelection, NotAllowed
from data_access.vocabulary import Role

# Letters that are not mistaken for others when a password is read out: 23 of them, 16 drawn, about 72 bits.
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 4, 4


@dataclass(frozen=True)
class AccountLine:
    """An account and how many browsers are signed in with it now."""

    user: User
    visits: int


def account_lines(engine: Engine, *, now: datetime) -> list[AccountLine]:
    """Give every account by name, closed ones too."""
    open_now = select(Visit.account_id, func.count()).where(Visit.ends_at > now).group_by(Visit.account_id)
    with reading(engine) as connection:
        counted: dict[int, int] = {row[0]: row[1] for row in connection.execute(open_now)}
        return [AccountLine(user, counted.get(user.id, 0)) for user in users.list_users(connection)]


def first_password() -> str:
    """Draw a password to be handed over once and changed by its owner: four groups of four letters."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def add_account(
    engine: Engine,
    *,
    by: str,
    name: str,
    display_name: str,
    role: Role,
    regions: Sequence[str],
    password: str | None,
    now: datetime,
) -> User:
    """Add an account. Without a password only an organisation's sign-in service can vouch for it.

    Raises `BadSelection` where `users.add_user` does, `NotAllowed` by somebody who is no administrator.
    """
    with engine.begin() as connection:
        _check_administrator(connection, by)
        user = users.add_user(
            connection, name=name, password=password, role=role, regions=regions, display_name=display_name, now=now
        )
        _record(connection, by, f"added account {user.name} as {role.value}", user, now)
    return user


def change_role(engine: Engine, *, by: str, name: str, role: Role, regions: Sequence[str], now: datetime) -> User:
    """Give an account another role and regions; its visits end.

    Raises `NotAllowed` for one's own account, or by somebody who is no administrator.
    """
    with _changing(engine, by, name) as connection:
        user = users.set_role(connection, name, role, regions)
        _record(connection, by, f"made account {user.name} {role.value}", user, now)
    return user


def close_account(engine: Engine, *, by: str, name: str, now: datetime) -> User:
    """Keep an account from signing in; its visits end at once. Raises `NotAllowed` as `change_role` does."""
    with _changing(engine, by, name) as connection:
        user = users.disable_user(connection, name)
        _record(connection, by, f"closed account {user.name}", user, now)
    return user


def open_account(engine: Engine, *, by: str, name: str, now: datetime) -> User:
    """Let a closed account sign in again."""
    with _changing(engine, by, name) as connection:
        user = users.enable_user(connection, name)
        _record(connection, by, f"opened account {user.name} again", user, now)
    return user


def replace_password(engine: Engine, *, by: str, name: str, now: datetime) -> str:
    """Give an account a password drawn for it, shown once; its visits end."""
    drawn = first_password()
    with _changing(engine, by, name) as connection:
        user = users.set_password(connection, name, drawn)
        _record(connection, by, f"replaced the password of {user.name}", user, now)
    return drawn


def end_visits(engine: Engine, *, by: str, name: str, now: datetime) -> int:
    """Sign somebody out everywhere: oneself, or anybody by an administrator. Gives the number of visits ended."""
    with engine.begin() as connection:
        user = users.user_named(connection, name)
        if user.name != by.strip().lower():
            _check_administrator(connection, by)
        ended = visits.end_visits_of(connection, user)
        _record(connection, by, f"ended {ended} visits of {user.name}", user, now)
    return ended


def change_own_password(engine: Engine, *, name: str, old: str, new: str, now: datetime) -> None:
    """Let somebody change their password; all their visits end, this one too.

    Raises `BadSelection` where the old one is wrong, was tried too often, or the new one is not good enough.
    """
    with engine.begin() as connection:
        wait = throttle.attempt(connection, (throttle.name_subject(name),), now)
    if wait > timedelta():
        raise BadSelection("Too many attempts. Wait some minutes, then try again.")
    with engine.begin() as connection:
        user = users.check_password(connection, name, old)
        if user is None:
            raise BadSelection("The present password is wrong.")
        users.set_password(connection, name, new)
        _record(connection, name, "changed their password", user, now)


@contextmanager
def _changing(engine: Engine, by: str, name: str) -> Iterator[Connection]:
    with engine.begin() as connection:
        _check_administrator(connection, by)
        known = users.user_named(connection, name)
        if known.name == by.strip().lower():
            raise NotAllowed("Nobody changes their own account. Another administrator must do it.")
        yield connection


def _check_administrator(connection: Connection, by: str) -> None:
    user = users.user_named(connection, by)
    if user.role is not Role.ADMINISTRATOR or user.is_disabled:
        raise NotAllowed("Only an administrator changes accounts.")


def _record(connection: Connection, by: str, what: str, user: User, now: datetime) -> None:
    audit.record(connection, who=by, what=what, scope=", ".join(user.regions), release=None, now=now)
