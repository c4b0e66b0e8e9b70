"""Intervals against published values, against statsmodels, and against what any interval must do."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from dashboard.metrics._intervals import newcombe, wilson

PART, WHOLE, OTHER_PART, OTHER_WHOLE = (pl.col(name) for name in ("part", "whole", "other_part", "other_whole"))


def wilson_of(part: int, whole: int) -> tuple[float | None, float | None]:
    bounds = wilson(PART, WHOLE)
    return pl.DataFrame({"part": [part], "whole": [whole]}).select(low=bounds.low, high=bounds.high).row(0)


def newcombe_of(part: int, whole: int, other_part: int, other_whole: int) -> tuple[float | None, float | None]:
    bounds = newcombe(PART, WHOLE, OTHER_PART, OTHER_WHOLE)
    counts = {"part": [part], "whole": [whole], "other_part": [other_part], "other_whole": [other_whole]}
    return pl.DataFrame(counts).select(low=bounds.low, high=bounds.high).row(0)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 5, 0.5655, 1.0),
        (7, 10, 0.3968, 0.8922),
        (20, 25, 0.6087, 0.9114),
        (312, 400, 0.7368, 0.8178),
    ],
)
def test_the_wilson_interval_is_the_published_one(part, whole, low, high):
    assert [round(end, 4) for end in wilson_of(part, whole)] == [low, high]


def test_the_newcombe_interval_is_the_published_one():
    """Newcombe 1998, table II, method 10: 56 of 70 against 48 of 80."""
    assert [round(end, 4) for end in newcombe_of(56, 70, 48, 80)] == [0.0524, 0.3339]


def test_an_interval_of_nothing_is_absent():
    assert wilson_of(0, 0) == (None, None)
    assert newcombe_of(3, 4, 0, 0) == (None, None)


@given(st.integers(1, 50_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_wilson_interval_agrees_with_statsmodels(counts):
    part, whole = counts
    low, high = wilson_of(part, whole)
    expected = proportion_confint(part, whole, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-9)
    assert 0 <= low <= part / whole <= high <= 1


@given(*[st.integers(1, 2_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))] * 2)
def test_the_newcombe_interval_agrees_with_statsmodels(one, other):
    expected = confint_proportions_2indep(*one, *other, method="newcomb")
    assert newcombe_of(*one, *other) == pytest.approx(expected, abs=1e-9)
