"""Accounts: names, passwords, roles and regions."""

from __future__ import annotations

from datetime import datetime
from unittest.mock import patch

import bcrypt
import pytest
from sqlalchemy import Connection

from data_access.desk import users
from data_access.problems import BadSelection, NothingThere
from data_access.vocabulary import Role

GOOD = "seven quiet elements"


def add(connection: Connection, now: datetime, name: str = "ann", **fields: object) -> users.User:
    given = {"password": GOOD, "role": Role.LEADER, "cost": 4} | fields
    return users.add_user(connection, name=name, now=now, **given)  # type: ignore[arg-type]


def test_a_new_account_can_be_checked_by_its_name_in_any_case_and_its_password(connection, now) -> None:
    ann = add(connection, now, "Ann", display_name="Ann Example")
    assert ann == users.User(1, "ann", "Ann Example", Role.LEADER, (), is_disabled=False)
    assert users.check_password(connection, " ANN ", GOOD) == ann


@pytest.mark.parametrize("password", ["seven quiet element", "", "Seven quiet elements", GOOD + " "])
def test_any_other_password_is_refused(connection, now, password: str) -> None:
    add(connection, now)
    assert users.check_password(connection, "ann", password) is None


def test_an_unknown_name_costs_one_hash_like_a_known_one(connection, now) -> None:
    """Else the time would tell which names exist."""
    add(connection, now, cost=users.COST)
    for name in ("ann", "nobody"):
        with patch("data_access.desk.users.bcrypt.checkpw", wraps=bcrypt.checkpw) as checked:
            assert users.check_password(connection, name, "some other long one") is None
        [call] = checked.call_args_list
        assert call.args[1].startswith(b"$2b$12$")


def test_a_password_longer_than_bcrypt_reads_is_refused_and_not_cut(connection, now) -> None:
    accents = "éàüöçñ" * 6  # 36 characters, 72 bytes
    ann = add(connection, now, password=accents)
    assert users.check_password(connection, "ann", accents) == ann
    assert users.check_password(connection, "ann", accents + "x") is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("fourteen chars", "15 to 64"),
        ("x1" * 33, "15 to 64"),
        ("é" * 37, "72 bytes"),
        (" seven quiet elements", "neither begin nor end with a space"),
        ("aaaaaaaaaaaaaaaa", "tried first"),
        ("PasswordPassword", "tried first"),
        ("administrator2021!", "tried first"),
        ("barbara.castlebarbara.castle", "tried first"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(connection, now, password: str, says: str) -> None:
    with pytest.raises(BadSelection, match=says):
        add(connection, now, "barbara.castle", password=password)


@pytest.mark.parametrize("password", ["fifteen letters", "abcdefgh" * 8, "no rule of composition at all"])
def test_length_is_the_only_rule_of_composition(connection, now, password: str) -> None:
    assert add(connection, now, password=password).name == "ann"


@pytest.mark.parametrize("name", ["", "two words", "a" * 81, "semi;colon", "line\nbreak"])
def test_a_name_is_one_plain_word(connection, now, name: str) -> None:
    with pytest.raises(BadSelection, match="one word"):
        add(connection, now, name)


def test_a_name_is_given_once_in_any_case(connection, now) -> None:
    add(connection, now, "ann")
    with pytest.raises(BadSelection, match="already"):
        add(connection, now, "ANN")


def test_hr_has_regions_and_nobody_else_has(connection, now) -> None:
    with pytest.raises(BadSelection, match="at least one region"):
        add(connection, now, role=Role.HR)
    with pytest.raises(BadSelection, match="Only hr"):
        add(connection, now, role=Role.LEADER, regions=["London"])
    assert add(connection, now, role=Role.HR, regions=["London", "Midlands"]).regions == ("London", "Midlands")


def test_a_disabled_account_keeps_its_name_and_lets_nobody_in(connection, now) -> None:
    add(connection, now)
    assert users.disable_user(connection, "ann").is_disabled
    assert users.check_password(connection, "ann", GOOD) is None
    assert users.count_users(connection) == 0
    assert [user.name for user in users.list_users(connection)] == ["ann"]


def test_accounts_are_listed_by_name(connection, now) -> None:
    for name in ("cy", "ann", "bo"):
        add(connection, now, name)
    assert [user.name for user in users.list_users(connection)] == ["ann", "bo", "cy"]


def test_an_unknown_account_is_said_to_be_unknown(connection) -> None:
    with pytest.raises(NothingThere, match="no account called 'ann'"):
        users.set_role(connection, "ann", Role.ANALYST)
