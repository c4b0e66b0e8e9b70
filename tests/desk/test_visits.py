"""Visits: how they begin, how long they last, what ends them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from data_access.desk import users, visits
from data_access.desk.schema import Ticket, Visit
from data_access.vocabulary import Role

LIMITS = visits.Limits(idle=timedelta(minutes=30), longest=timedelta(hours=12))


@pytest.fixture
def ann(connection: Connection, now: datetime) -> users.User:
    return users.add_user(connection, name="ann", password="seven quiet elements", role=Role.LEADER, now=now, cost=4)


def begin(connection: Connection, user: users.User, now: datetime) -> str:
    ticket = visits.issue_ticket(connection, user, page="/ideas?element=we-are-a-team", now=now)
    started = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
    assert started is not None
    return started[0]


def find(connection: Connection, secret: str, now: datetime) -> users.User | None:
    found = visits.find_visit(connection, secret, limits=LIMITS, now=now)
    return found.user if found else None


def test_a_ticket_opens_one_visit_and_gives_the_page_back(connection, ann, now) -> None:
    ticket = visits.issue_ticket(connection, ann, page="/ideas?element=we-are-a-team", now=now)
    secret, page = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
    assert page == "/ideas?element=we-are-a-team"
    assert find(connection, secret, now) == ann
    assert visits.start_visit(connection, ticket, limits=LIMITS, now=now) is None


@pytest.mark.parametrize(("seconds", "opens"), [(0, True), (30, True), (31, False)])
def test_a_ticket_lasts_thirty_seconds(connection, ann, now, seconds: int, opens: bool) -> None:
    ticket = visits.issue_ticket(connection, ann, page="/", now=now)
    started = visits.start_visit(connection, ticket, limits=LIMITS, now=now + timedelta(seconds=seconds))
    assert (started is not None) == opens


@pytest.mark.parametrize("ticket", ["", "made-up", "x" * 5000])
def test_a_ticket_nobody_issued_opens_nothing(connection, ann, now, ticket: str) -> None:
    assert visits.start_visit(connection, ticket, limits=LIMITS, now=now) is None


@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (30, False)])
def test_a_visit_ends_half_an_hour_after_the_last_click(connection, ann, now, minutes: int, lives: bool) -> None:
    secret = begin(connection, ann, now)
    later = now + timedelta(hours=2)
    for step in range(0, 121, 20):
        at = now + timedelta(minutes=step)
        visits.touch_visit(connection, visits.find_visit(connection, secret, limits=LIMITS, now=at), now=at)
    assert (find(connection, secret, later + timedelta(minutes=minutes)) is not None) == lives


def test_a_visit_in_constant_use_ends_after_twelve_hours(connection, ann, now) -> None:
    secret = begin(connection, ann, now)
    for step in range(0, 12 * 60, 20):
        at = now + timedelta(minutes=step)
        visits.touch_visit(connection, visits.find_visit(connection, secret, limits=LIMITS, now=at), now=at)
    assert find(connection, secret, now + timedelta(hours=12, seconds=-1)) == ann
    assert find(connection, secret, now + timedelta(hours=12)) is None


def test_signing_out_ends_this_browser_only(connection, ann, now) -> None:
    here, there = begin(connection, ann, now), begin(connection, ann, now)
    assert visits.end_visit(connection, here)
    assert not visits.end_visit(connection, here)
    assert (find(connection, here, now), find(connection, there, now)) == (None, ann)


@pytest.mark.parametrize(
    "change",
    [
        lambda connection: users.disable_user(connection, "ann"),
        lambda connection: users.set_role(connection, "ann", Role.ANALYST),
        lambda connection: users.set_password(connection, "ann", "another quiet element", cost=4),
        lambda connection: visits.end_visits_of(connection, users.user_named(connection, "ann")),
    ],
    ids=["disabled", "another role", "another password", "signed out everywhere"],
)
def test_a_change_of_the_account_ends_every_visit_at_once(connection, ann, now, change) -> None:
    secrets = [begin(connection, ann, now), begin(connection, ann, now)]
    change(connection)
    assert [find(connection, secret, now) for secret in secrets] == [None, None]


def test_an_account_disabled_while_its_ticket_is_on_the_way_gets_no_visit(connection, ann, now) -> None:
    ticket = visits.issue_ticket(connection, ann, page="/", now=now)
    users.disable_user(connection, "ann")
    started = visits.start_visit(connection, ticket, limits=LIMITS, now=now)
    assert started is None or find(connection, started[0], now) is None


def test_the_desk_never_holds_what_the_browser_holds(connection, ann, now) -> None:
    ticket = visits.issue_ticket(connection, ann, page="/", now=now)
    secret = begin(connection, ann, now)
    kept = [*connection.scalars(select(Visit.key)), *connection.scalars(select(Ticket.key))]
    assert sorted(kept) == sorted([visits.visit_key(secret), visits.visit_key(ticket)])
    assert secret not in kept
    assert ticket not in kept


def test_no_two_visits_share_a_secret_of_256_bits(connection, ann, now) -> None:
    secrets = {begin(connection, ann, now) for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {43}  # 32 bytes in base64 without padding


@pytest.mark.parametrize(("seconds", "written"), [(59, False), (60, True)])
def test_last_seen_is_written_once_a_minute(connection, ann, now, seconds: int, written: bool) -> None:
    secret = begin(connection, ann, now)
    at = now + timedelta(seconds=seconds)
    assert visits.find_visit(connection, secret, limits=LIMITS, now=at).needs_touch is written
