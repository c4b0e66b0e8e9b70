"""The accounts of the demonstration: their passwords are printed, so they guard nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from dashboard.cli._audited import actor
from data_access.desk import audit
from data_access.desk.users import add_user, list_users
from data_access.vocabulary import Role


@dataclass(frozen=True)
class DemoAccount:
    """One account, with a password everybody may know."""

    name: str
    display_name: str
    role: Role
    password: str
    regions: tuple[str, ...] = ()


ACCOUNTS: Final = (
    DemoAccount("leader", "Demonstration leader", Role.LEADER, "lantern-harbour-meadow"),
    DemoAccount("hr", "Demonstration HR lead", Role.HR, "copper-orchard-bridge", regions=("Midlands", "South West")),
    DemoAccount("analyst", "Demonstration analyst", Role.ANALYST, "thistle-window-compass"),
    DemoAccount("administrator", "Demonstration administrator", Role.ADMINISTRATOR, "velvet-anchor-sparrow"),
    DemoAccount("auditor", "Demonstration auditor", Role.AUDITOR, "marble-teapot-lighthouse"),
)


def add_accounts(engine: Engine, *, now: datetime) -> tuple[str, ...]:
    """Add the accounts that are not there yet, all or none, each with its line in the audit log.

    Gives the names added. An account of the same name that is there already keeps its password.
    """
    with engine.begin() as connection:
        there = {user.name for user in list_users(connection)}
        wanted = [account for account in ACCOUNTS if account.name not in there]
        for account in wanted:
            add_user(
                connection,
                name=account.name,
                password=account.password,
                role=account.role,
                regions=account.regions,
                display_name=account.display_name,
                now=now,
            )
            audit.record(
                connection,
                who=actor(),
                what=f"added demonstration account {account.name} as {account.role.value}",
                scope=", ".join(account.regions),
                release=None,
                now=now,
            )
    return tuple(account.name for account in wanted)
