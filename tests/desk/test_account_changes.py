"""Accounts as administrators change them: each change audited, nobody locked out, no visit left open."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from data_access.desk import account_changes, audit, users, visits
from data_access.desk.engine import reading
from data_access.problems import BadSelection, NotAllowed
from data_access.vocabulary import Role

LIMITS = visits.Limits(timedelta(minutes=30), timedelta(hours=12))
PASSWORD = "seven quiet elements"


@pytest.fixture
def people(desk: Engine, now: datetime) -> Engine:
    with desk.begin() as connection:
        for name, role in (("ada", Role.ADMINISTRATOR), ("ann", Role.LEADER)):
            users.add_user(connection, name=name, password=PASSWORD, role=role, now=now, cost=4)
    return desk


def sign_in(desk: Engine, name: str, now: datetime) -> str:
    with desk.begin() as connection:
        ticket = visits.issue_ticket(connection, users.user_named(connection, name), page="/", now=now)
        started = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
        assert started is not None
        return started[0]


def is_open(desk: Engine, secret: str, now: datetime) -> bool:
    with reading(desk) as connection:
        return visits.find_visit(connection, secret, limits=LIMITS, now=now) is not None


def last_line(desk: Engine) -> tuple[str, str, str]:
    with reading(desk) as connection:
        entry = audit.entries(connection, 1)[0]
        return entry.who, entry.what, entry.scope


def test_adding_an_account_is_one_change_with_its_line(people: Engine, now: datetime):
    drawn = account_changes.first_password()
    account_changes.add_account(
        people, by="ada", name="Hal", display_name="Hal", role=Role.HR, regions=("Midlands",), password=drawn, now=now
    )
    assert last_line(people) == ("ada", "added account hal as hr", "Midlands")
    with reading(people) as connection:
        assert users.check_password(connection, "hal", drawn) is not None


def test_a_password_drawn_for_somebody_is_long_and_never_the_same():
    drawn = {account_changes.first_password() for _ in range(200)}
    assert len(drawn) == 200
    assert all(re.fullmatch(r"[a-hjkmnp-z]{4}(-[a-hjkmnp-z]{4}){3}", one) for one in drawn)
    users.check_password_rules(drawn.pop(), "hal")


def test_an_account_without_a_password_cannot_be_signed_in_to_with_any(people: Engine, now: datetime):
    account_changes.add_account(
        people, by="ada", name="sso", display_name="", role=Role.LEADER, regions=(), password=None, now=now
    )
    with reading(people) as connection:
        assert users.check_password(connection, "sso", "") is None
        assert users.credentials(connection, "sso")[0] is not None


@pytest.mark.parametrize("change", ["role", "close", "password"])
def test_what_changes_an_account_ends_its_visits_and_is_written_down(people: Engine, now: datetime, change: str):
    secret = sign_in(people, "ann", now)
    whom = {"by": "ada", "name": "ann"}
    if change == "role":
        account_changes.change_role(people, **whom, role=Role.AUDITOR, regions=(), now=now)
    elif change == "close":
        account_changes.close_account(people, **whom, now=now)
    else:
        account_changes.replace_password(people, **whom, now=now)
    assert not is_open(people, secret, now)
    said = {
        "role": "made account ann auditor",
        "close": "closed account ann",
        "password": "replaced the password of ann",
    }
    assert last_line(people)[:2] == ("ada", said[change])


def test_a_closed_account_can_be_opened_again(people: Engine, now: datetime):
    account_changes.close_account(people, by="ada", name="ann", now=now)
    account_changes.open_account(people, by="ada", name="ann", now=now)
    with reading(people) as connection:
        assert users.check_password(connection, "ann", PASSWORD) is not None


OWN = {
    "role": lambda desk, whom, now: account_changes.change_role(desk, **whom, role=Role.LEADER, regions=(), now=now),
    "close": lambda desk, whom, now: account_changes.close_account(desk, **whom, now=now),
    "open": lambda desk, whom, now: account_changes.open_account(desk, **whom, now=now),
    "password": lambda desk, whom, now: account_changes.replace_password(desk, **whom, now=now),
}


@pytest.mark.parametrize("change", OWN)
def test_nobody_changes_their_own_account(people: Engine, now: datetime, change: str):
    with pytest.raises(NotAllowed, match="their own account"):
        OWN[change](people, {"by": "ADA", "name": "ada"}, now)
    with reading(people) as connection:
        assert audit.entries(connection) == []


@pytest.mark.parametrize("state", ["leader", "closed"])
def test_only_somebody_who_is_an_administrator_now_changes_accounts(people: Engine, now: datetime, state: str):
    """A page that was left open may belong to somebody who was one."""
    with people.begin() as connection:
        users.add_user(connection, name="bea", password=PASSWORD, role=Role.ADMINISTRATOR, now=now, cost=4)
    whom = {"by": "ada", "name": "bea"}
    if state == "leader":
        account_changes.change_role(people, **whom, role=Role.LEADER, regions=(), now=now)
    else:
        account_changes.close_account(people, **whom, now=now)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        account_changes.close_account(people, by="bea", name="ann", now=now)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        account_changes.end_visits(people, by="bea", name="ann", now=now)


def test_a_change_that_is_refused_leaves_nothing_behind(people: Engine, now: datetime):
    with pytest.raises(BadSelection, match="at least one region"):
        account_changes.change_role(people, by="ada", name="ann", role=Role.HR, regions=(), now=now)
    with reading(people) as connection:
        assert users.user_named(connection, "ann").role is Role.LEADER
        assert audit.entries(connection) == []


def test_somebody_changes_their_password_and_is_signed_out_everywhere(people: Engine, now: datetime):
    secret = sign_in(people, "ann", now)
    account_changes.change_own_password(people, name="ann", old=PASSWORD, new="eight louder elements", now=now)
    assert not is_open(people, secret, now)
    with reading(people) as connection:
        assert users.check_password(connection, "ann", PASSWORD) is None
        assert users.check_password(connection, "ann", "eight louder elements") is not None


def test_guessing_the_present_password_is_slowed_down(people: Engine, now: datetime):
    said = []
    for _ in range(8):
        with pytest.raises(BadSelection) as problem:
            account_changes.change_own_password(people, name="ann", old="wrong", new="eight louder elements", now=now)
        said.append("Too many" in str(problem.value))
    assert said[0] is False
    assert said[-1] is True


def test_the_list_counts_open_visits_and_names_closed_accounts(people: Engine, now: datetime):
    sign_in(people, "ann", now)
    sign_in(people, "ann", now)
    lines = {line.user.name: line.visits for line in account_changes.account_lines(people, now=now)}
    assert lines == {"ada": 0, "ann": 2}
    assert account_changes.end_visits(people, by="ada", name="ann", now=now) == 2
