"""Agreement of two coders: the counts, kappa with its interval, and the mean F1 held against published formulae."""

from __future__ import annotations

from math import isclose, sqrt

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from data_access.coding.agreement import OVERLAPS, compared, kappa, mean_f1
from data_access.coding.frame import ACCEPTED, CODES, THEMES

FRAME = pl.DataFrame([(1, code, code, None, None, "") for code in ("pay", "rest", "voice")], THEMES, orient="row")


def codes(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Codes of ideas in version 1 as (idea, theme, coder)."""
    return pl.DataFrame([(1, "idea", *row) for row in rows], CODES, orient="row")


def overlaps(*rows: tuple[int, int, int, int]) -> pl.DataFrame:
    return pl.DataFrame([(1, *row) for row in rows], OVERLAPS, orient="row")


def test_decisions_are_counted_on_posts_that_both_coded():
    """I1: both pay; I2: x rest, y pay; I3 has one coder and says nothing."""
    given_ = codes(("I1", "pay", "x"), ("I1", "pay", "y"), ("I2", "rest", "x"), ("I2", "pay", "y"), ("I3", "pay", "x"))
    decisions, sets = compared(given_, FRAME)
    assert decisions.drop("frame_version").rows() == [("pay", 1, 0, 1, 0), ("rest", 0, 1, 0, 1), ("voice", 0, 0, 0, 2)]
    assert sets.drop("frame_version").rows() == [(1, 1, 0, 1), (1, 1, 1, 1)]


def test_an_accepted_suggestion_is_no_second_reading():
    given_ = codes(("I1", "pay", "x"), ("I1", "pay", ACCEPTED))
    assert [frame.height for frame in compared(given_, FRAME)] == [0, 0]


def test_codes_of_different_versions_are_not_compared():
    both = pl.DataFrame([(1, "idea", "I1", "pay", "x"), (2, "idea", "I1", "pay", "y")], CODES, orient="row")
    assert compared(both, FRAME)[1].is_empty()


def test_kappa_of_the_usual_example():
    """20 both, 5 and 10 alone, 15 neither: observed 35/50 = 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5."""
    assert kappa(20, 5, 10, 15).value == pytest.approx((0.7 - 0.5) / (1 - 0.5))


@given(st.tuples(*[st.integers(0, 40)] * 4))
@example((0, 0, 1, 2))
def test_kappa_agrees_with_statsmodels(counts: tuple[int, int, int, int]):
    both, first, second, neither = counts
    found = kappa(*counts)
    n = sum(counts)
    chance = 1.0 if not n else ((both + first) * (both + second) + (second + neither) * (first + neither)) / n**2
    if n == 0 or chance >= 1:
        assert found.value is None
        return
    other = cohens_kappa([[both, first], [second, neither]])
    assert isclose(found.value or 0.0, other.kappa, abs_tol=1e-9)
    # Where no spread is left, rounding may take theirs below nought, and its root is no number.
    has_spread = other.var_kappa > 0
    low, high = (other.kappa_low, other.kappa_upp) if has_spread else (other.kappa, other.kappa)
    assert isclose(found.low or 0.0, max(low, -1.0), abs_tol=1e-4)
    assert isclose(found.high or 0.0, min(high, 1.0), abs_tol=1e-4)


def test_kappa_is_not_known_where_both_always_say_the_same_one_thing():
    assert kappa(0, 0, 0, 9).value is None
    assert kappa(0, 0, 0, 0).value is None


def test_the_mean_f1_gives_no_interval_below_thirty_posts():
    """20 posts alike (F1 1) and 9 with one of two shared (2 · 1 / 3): (20 + 6) / 29."""
    found = mean_f1(overlaps((1, 1, 1, 20), (1, 2, 1, 9)))
    assert found.value == pytest.approx(26 / 29)
    assert (found.low, found.high) == (None, None)


def test_the_mean_f1_has_the_interval_of_a_mean_from_thirty_posts_on():
    """24 ones and 16 noughts: mean 0.6, s² = 40 · 0.6 · 0.4 / 39."""
    found = mean_f1(overlaps((1, 1, 1, 24), (1, 1, 0, 16)))
    reach = 1.959963984540054 * sqrt(40 * 0.6 * 0.4 / 39 / 40)
    assert (found.value, found.low, found.high) == pytest.approx((0.6, 0.6 - reach, 0.6 + reach))


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc"), min_size=1), st.sets(st.sampled_from("abc"), min_size=1))))
def test_counts_agree_with_reading_every_pair_by_hand(pairs: list[tuple[set[str], set[str]]]):
    rows = [
        (f"I{at}", theme, coder)
        for at, sets in enumerate(pairs)
        for coder, given_ in zip("xy", sets, strict=True)
        for theme in sorted(given_)
    ]
    decisions, sets_met = compared(codes(*rows), FRAME)
    assert int(sets_met["items"].sum()) == len(pairs)
    for theme in "abc" if pairs else "":
        expected = [sum((theme in x, theme in y) == answer for x, y in pairs) for answer in
                    ((True, True), (True, False), (False, True), (False, False))]  # fmt: skip
        own = decisions.filter(pl.col("theme") == theme)
        assert list(own.drop("frame_version", "theme").row(0)) == expected if any(expected[:3]) else own.is_empty()
