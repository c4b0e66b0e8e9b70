"""What is made of a result is made once, and never given to another result."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.kept import Kept
from dashboard.filters import Selection
from dashboard.results import Result, answer


def asked(made_up_release, agree: int) -> Result:
    votes = {"element": "We are a team", "voters": 20, "agree": agree, "pass": 2, "disagree": 18 - agree}
    release = made_up_release(votes_by_element=[votes])
    return answer("vote_balance", source=release, selection=Selection("talk"))


def test_the_same_result_is_made_once(made_up_release):
    made: list[Result] = []
    kept = Kept(lambda one: made.append(one) or len(made))
    result = asked(made_up_release, 10)
    assert [kept.of(result), kept.of(result), len(made)] == [1, 1, 1]


def test_equal_looking_results_are_not_mixed_up(made_up_release):
    """Another headline is another result, also where the old one is gone and its place in memory is taken again."""
    kept = Kept(lambda one: one.headline)
    for turn in range(50):
        result = replace(asked(made_up_release, 10), headline=f"headline {turn}")
        assert kept.of(result) == f"headline {turn}"


def test_the_longest_unused_is_forgotten_first(made_up_release):
    made: list[str] = []
    kept = Kept(lambda one: made.append(one.headline), most=2)
    a, b, c = (replace(asked(made_up_release, 10), headline=name) for name in "abc")
    for one in (a, b, a, c, a, b):
        kept.of(one)
    assert made == ["a", "b", "c", "b"]
