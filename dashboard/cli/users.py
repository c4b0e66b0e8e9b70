"""`lookforward users`: who may sign in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard.cli._audited import actor
from dashboard.cli._console import JsonFlag, print_json
from data_access.desk import audit
from data_access.desk import users as accounts
from data_access.desk.engine import open_desk, reading
from data_access.desk.users import User
from data_access.problems import BadSelection
from data_access.reference.places import regions as all_regions
from data_access.settings import load_settings
from data_access.vocabulary import Role, slug

Name = Annotated[str, typer.Argument(help="What they type to sign in: one word.")]
RoleOption = Annotated[Role, typer.Option(help="What they are here for.")]
Regions = Annotated[list[str] | None, typer.Option("--region", help="A region of an hr account; repeat for more.")]
users = typer.Typer(help="Add, disable and list accounts, and change roles.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Offer the commands."""
    app.add_typer(users, name="users")


@users.command()
def add(
    name: Name,
    role: RoleOption,
    *,
    region: Regions = None,
    display_name: Annotated[str, typer.Option("--name", help="The name shown on the pages.")] = "",
    by_organisation: Annotated[
        bool,
        typer.Option("--by-organisation", help="No password: the organisation's sign-in service vouches for them."),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add an account. The password is asked for twice, or read from standard input."""
    regions = _regions(region or [])
    with _desk() as connection:
        user = accounts.add_user(
            connection,
            name=name,
            password=None if by_organisation else _password(),
            role=role,
            regions=regions,
            display_name=display_name,
            now=datetime.now(UTC),
        )
        _record(connection, f"added account {user.name} as {role.value}", user)
    _say(user, f"Added {user.name} as {role.value}.", as_json)


@users.command()
def disable(name: Name, as_json: JsonFlag = False) -> None:
    """Keep an account from signing in and end its visits at once."""
    with _desk() as connection:
        user = accounts.disable_user(connection, name)
        _record(connection, f"disabled account {user.name}", user)
    _say(user, f"{user.name} can no longer sign in.", as_json)


@users.command()
def enable(name: Name, as_json: JsonFlag = False) -> None:
    """Let a disabled account sign in again."""
    with _desk() as connection:
        user = accounts.enable_user(connection, name)
        _record(connection, f"opened account {user.name} again", user)
    _say(user, f"{user.name} can sign in again.", as_json)


@users.command()
def role(name: Name, role: RoleOption, region: Regions = None, as_json: JsonFlag = False) -> None:
    """Give an account another role. Its visits end, so that nothing of the old role stays open."""
    with _desk() as connection:
        user = accounts.set_role(connection, name, role, _regions(region or []))
        _record(connection, f"made account {user.name} {role.value}", user)
    _say(user, f"{user.name} is {role.value} now.", as_json)


@users.command()
def password(name: Name, as_json: JsonFlag = False) -> None:
    """Give an account another password and end its visits."""
    with _desk() as connection:
        user = accounts.set_password(connection, name, _password())
        _record(connection, f"changed the password of {user.name}", user)
    _say(user, f"{user.name} has a new password.", as_json)


@users.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """List the accounts with their roles and regions."""
    with reading(open_desk(load_settings().desk_url)) as connection:
        found = accounts.list_users(connection)
    if as_json:
        print_json([_plain(user) for user in found])
        return
    for user in found:
        state = "  (disabled)" if user.is_disabled else ""
        print(f"{user.name:<20} {user.role.value:<14} {', '.join(user.regions)}{state}".rstrip())
    if not found:
        print("Nobody has an account yet. Add one: lookforward users add NAME --role leader")


@contextmanager
def _desk() -> Iterator[Connection]:
    with open_desk(load_settings().desk_url).begin() as connection:
        yield connection


def _record(connection: Connection, what: str, user: User) -> None:
    """Write down who did it: the account of the operating system, marked as such."""
    audit.record(connection, who=actor(), what=what, scope=", ".join(user.regions), release=None, now=datetime.now(UTC))


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    rule = f"Password ({accounts.SHORTEST} to {accounts.LONGEST} characters)"
    return str(typer.prompt(rule, hide_input=True, confirmation_prompt=True))


def _regions(named: list[str]) -> list[str]:
    """Give the official names of regions written in any case or as in links; `BadSelection` for others."""
    official = {slug(name): name for name in all_regions()["region"]}
    unknown = [name for name in named if slug(name) not in official]
    if unknown:
        raise BadSelection(f"There is no region '{unknown[0]}'. Regions: {', '.join(official.values())}.")
    return [official[slug(name)] for name in named]


def _plain(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role.value,
        "regions": list(user.regions),
        "is_disabled": user.is_disabled,
    }


def _say(user: User, sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(_plain(user))
    else:
        print(sentence)
