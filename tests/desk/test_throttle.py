"""Throttling: five free tries, then longer and longer waits that fade again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.desk import throttle
from data_access.desk.schema import SignInFailure

ANN = throttle.name_subject("ann")
HOME = throttle.address_subject("192.0.2.1")


def test_four_failures_cost_nothing_and_the_fifth_two_seconds(connection, now) -> None:
    waits = [throttle.attempt(connection, (ANN,), now).total_seconds() for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 2]


def test_a_wait_over_is_a_free_try_and_the_next_wait_is_about_twice_as_long(connection, now) -> None:
    for _ in range(5):
        throttle.attempt(connection, (ANN,), now)
    at, waits = now, []
    for _ in range(5):
        wait = throttle.attempt(connection, (ANN,), at)
        waits.append(wait.total_seconds())
        at += wait
        assert throttle.attempt(connection, (ANN,), at) == timedelta()
    assert [round(wait) for wait in waits] == [2, 4, 8, 15, 29]  # weights fade a little while one waits


def test_a_name_waits_a_minute_at_most_and_an_address_five() -> None:
    assert throttle.wait_after(1000, ANN) == timedelta(minutes=1)
    assert throttle.wait_after(1000, HOME) == timedelta(minutes=5)


def test_trying_while_waiting_does_not_make_the_wait_longer(connection, now) -> None:
    for _ in range(5):
        throttle.attempt(connection, (ANN,), now)
    for _ in range(50):
        assert throttle.attempt(connection, (ANN,), now) == timedelta(seconds=2)
    assert throttle.attempt(connection, (ANN,), now + timedelta(seconds=2)) == timedelta()


def test_a_weight_halves_in_a_quarter_of_an_hour() -> None:
    assert throttle.decayed(8, timedelta(minutes=15)) == 4
    assert throttle.decayed(8, timedelta(minutes=45)) == 1
    assert throttle.decayed(8, -timedelta(minutes=45)) == 8  # a clock that was set back forgives nothing


def test_success_forgets_the_name_and_takes_its_own_attempt_back_from_the_address(connection, now) -> None:
    """A hundred colleagues of one trust sign in one after another from one address: nobody waits."""
    for number in range(100):
        name = throttle.name_subject(f"name{number}")
        assert throttle.attempt(connection, (name, HOME), now) == timedelta()
        throttle.succeed(connection, name, HOME)
    assert connection.execute(select(SignInFailure.subject, SignInFailure.weight)).all() == [(HOME.key, 0)]


def test_one_success_does_not_forgive_an_address_what_it_did_to_others(connection, now) -> None:
    for number in range(19):
        throttle.attempt(connection, (throttle.name_subject(f"name{number}"), HOME), now)
    throttle.attempt(connection, (ANN, HOME), now)
    throttle.succeed(connection, ANN, HOME)
    assert throttle.attempt(connection, (ANN, HOME), now) == timedelta()  # 19 failures and this one: 20
    assert throttle.attempt(connection, (ANN, HOME), now) == timedelta(seconds=2)


def test_many_names_from_one_address_wait_for_the_address_after_twenty(connection, now) -> None:
    waits = [
        throttle.attempt(connection, (throttle.name_subject(f"name{number}"), HOME), now).total_seconds()
        for number in range(21)
    ]
    assert waits == [0] * 20 + [2]


def test_what_was_typed_as_a_name_is_not_kept(connection, now) -> None:
    throttle.attempt(connection, (throttle.name_subject("my secret typed into the wrong field"),), now)
    [kept] = connection.scalars(select(SignInFailure.subject))
    assert kept == throttle.name_subject(" MY secret typed into the wrong field").key
    assert len(kept) == 64


def test_failures_are_forgotten_in_the_end(connection, now) -> None:
    throttle.attempt(connection, (ANN,), now)
    throttle.attempt(connection, (HOME,), now + throttle.FORGOTTEN_AFTER + timedelta(seconds=1))
    assert list(connection.scalars(select(SignInFailure.subject))) == [HOME.key]


@given(weight=st.floats(0, 1000), minutes=st.floats(0, 10_000))
def test_a_wait_never_exceeds_its_limit_and_fades_with_time(weight: float, minutes: float) -> None:
    later = throttle.decayed(weight, timedelta(minutes=minutes))
    assert throttle.wait_after(later, ANN) <= throttle.wait_after(weight, ANN) <= timedelta(minutes=1)


@pytest.mark.parametrize("name", ["ann", "ANN", "  Ann "])
def test_a_name_is_one_subject_however_it_is_typed(name: str) -> None:
    assert throttle.name_subject(name) == ANN
