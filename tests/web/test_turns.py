"""Clicks take turns, and none waits for ever."""

from __future__ import annotations

import threading
import time

import pytest

from dashboard.turns import turn


def beside(wait: float, said: list[str], name: str) -> threading.Thread:
    def take() -> None:
        with turn(wait):
            said.append(name)

    thread = threading.Thread(target=take)
    thread.start()
    return thread


def test_one_runs_at_a_time():
    said: list[str] = []
    with turn():
        waiting = beside(30, said, "second")
        time.sleep(0.05)
        said.append("first")
    waiting.join()
    assert said == ["first", "second"]


def test_who_has_waited_long_enough_goes_on():
    said: list[str] = []
    with turn():
        beside(0.01, said, "beside").join(timeout=30)
        said.append("long")
    assert said == ["beside", "long"]


def test_a_turn_ends_with_a_click_that_fails_and_with_one_that_did_not_wait_for_it():
    with pytest.raises(KeyboardInterrupt), turn():
        raise KeyboardInterrupt
    with turn(), turn(0.01):
        pass
    said: list[str] = []
    beside(30, said, "next").join(timeout=30)
    assert said == ["next"]
    with turn():
        other = beside(30, said, "last")
        time.sleep(0.05)
        assert said == ["next"]
    other.join()
