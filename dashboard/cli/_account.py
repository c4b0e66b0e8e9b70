"""Who acts at the command line where two people of the desk must: an account with its password."""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import UTC, datetime

import typer
from sqlalchemy import Engine

from dashboard.cli._audited import actor
from dashboard.permissions import Right, can, viewer_of
from data_access.desk import audit
from data_access.desk.users import User, check_password
from data_access.problems import NotAllowed


def signed_in(desk: Engine, name: str, rights: Collection[Right]) -> User:
    """Ask for the password of an account, or read it from standard input, and give the account.

    Raises `NotAllowed` for a wrong password, and for a role that has none of the rights; the audit log has its line.
    """
    password = (
        typer.prompt(f"Password of {name}", hide_input=True, err=True)
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\r\n")
    )
    with desk.begin() as connection:
        user = check_password(connection, name, str(password))
    if user is None:
        _note(desk, "refused: password at the command line")
        raise NotAllowed("This name and password do not go together.")
    if not any(can(viewer_of(user), right) for right in rights):
        _note(desk, f"refused: {_spelled(rights)}", scope=f"account {user.name}")
        raise NotAllowed(f"The role {user.role.value} may not do this. It takes: {_spelled(rights)}.")
    return user


def _note(desk: Engine, what: str, *, scope: str = "") -> None:
    """Note a refusal. A name that was typed with a wrong password is not written down: it may be a password."""
    with desk.begin() as connection:
        audit.record(connection, who=actor(), what=what, scope=scope, release=None, now=datetime.now(UTC))


def _spelled(rights: Collection[Right]) -> str:
    return " or ".join(right.value for right in rights)
