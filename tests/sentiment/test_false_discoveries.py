"""Differences beyond chance: the rate of false ones is what the card says, and true ones are found."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from dashboard.metrics._significance import FALSE_DISCOVERY_RATE, points, two_sided_p, with_difference, with_q
from data_access.publishing.opinion import design_effect

RUNS = 1_000
PEOPLE, REGIONS, ELEMENTS = 600, 7, 7


def conversation(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Agree votes and all votes of each person on each element: people differ in mind and in how much they vote."""
    votes = rng.poisson(rng.lognormal(0.5, 1.0, size=(PEOPLE, 1)), size=(PEOPLE, ELEMENTS))
    leaning = rng.beta(2.0, 1.2, size=(PEOPLE, 1))
    agree = rng.binomial(votes, np.broadcast_to(leaning, votes.shape))
    # The last column is all ideas together, as on the card.
    return np.column_stack([agree, agree.sum(axis=1)]), np.column_stack([votes, votes.sum(axis=1)])


def effects(agree: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """The design effect of each column, as publishing works it out."""
    found = []
    for at in range(agree.shape[1]):
        people = pl.DataFrame({"agree": agree[:, at].astype(float), "votes": votes[:, at].astype(float)})
        found.append(people.filter(pl.col("votes") > 0).select(design_effect()).item())
    return np.array(found)


def marked(agree: np.ndarray, votes: np.ndarray, regions: np.ndarray, worth: np.ndarray) -> int:
    """How many cells of the grid are marked when people belong to these regions."""
    member = np.eye(REGIONS)[regions].T
    here_agree, here = member @ agree, member @ votes
    frame = pl.DataFrame(
        {
            "agree": here_agree.ravel(),
            "disagree": (here - here_agree).ravel(),
            "other_agree": (agree.sum(axis=0) - here_agree).ravel(),
            "other_disagree": ((votes - agree).sum(axis=0) - (here - here_agree)).ravel(),
            "design_effect": np.broadcast_to(worth, here.shape).ravel(),
        }
    )
    return int(with_q(with_difference(frame))["is_marked"].sum())


def test_permuting_labels_1000_times_marks_no_more_than_the_stated_rate():
    """Every mark is false when labels are drawn from a hat, so the rate is the share of draws with any mark."""
    rng = np.random.default_rng(2021)
    agree, votes = conversation(rng)
    worth = effects(agree, votes)
    assert worth.min() > 1.2  # people do differ: as if votes were independent, the rate would not hold
    regions = rng.integers(REGIONS, size=PEOPLE)
    with_marks = sum(marked(agree, votes, rng.permutation(regions), worth) > 0 for _ in range(RUNS))
    assert with_marks / RUNS <= FALSE_DISCOVERY_RATE


def test_without_the_design_effect_the_rate_would_not_hold():
    """The reason the design effect is there: votes of one person are alike."""
    rng = np.random.default_rng(2021)
    agree, votes = conversation(rng)
    regions = rng.integers(REGIONS, size=PEOPLE)
    naive = np.ones(ELEMENTS + 1)
    with_marks = sum(marked(agree, votes, rng.permutation(regions), naive) > 0 for _ in range(100))
    assert with_marks > 30


def test_a_region_that_truly_differs_is_found():
    rng = np.random.default_rng(7)
    agree, votes = conversation(rng)
    regions = rng.integers(REGIONS, size=PEOPLE)
    agree[regions == 3, 0] = 0
    assert marked(agree, votes, regions, effects(agree, votes)) > 0


def test_the_design_effect_is_that_of_the_textbook_on_ten_people():
    """Five people agree with all 4 of their votes and five with none: a vote is worth a quarter, times 10/9."""
    people = pl.DataFrame({"agree": [4.0] * 5 + [0.0] * 5, "votes": [4.0] * 10})
    assert people.select(design_effect()).item() == pytest.approx(4.5)  # 4 × 10/9 = 4.44, rounded up to a tenth


def test_a_design_effect_is_never_below_one():
    people = pl.DataFrame({"agree": [1.0, 1.0, 1.0, 1.0], "votes": [2.0] * 4})
    assert people.select(design_effect()).item() == 1.0


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30))
def test_q_values_are_those_of_statsmodels(p):
    tested = [value for value in p if value is not None]
    frame = with_q(pl.DataFrame({"p": p}, schema={"p": pl.Float64}))
    found = [q for q in frame["q"] if q is not None]
    expected = multipletests(tested, method="fdr_bh")[1].tolist() if tested else []
    assert found == pytest.approx(expected)
    assert frame["is_marked"].to_list() == [q is not None and q <= FALSE_DISCOVERY_RATE for q in frame["q"]]
    assert frame["p"].to_list() == p


def test_p_is_two_sided():
    assert two_sided_p(pl.Series([0.0, 1.96, -1.96, None])).to_list() == [
        1.0,
        pytest.approx(0.05, abs=1e-4),
        pytest.approx(erfc(1.96 / sqrt(2))),
        None,
    ]


def compared(agree, disagree, other_agree, other_disagree, effect=1.0):
    counts = {"agree": agree, "disagree": disagree, "other_agree": other_agree, "other_disagree": other_disagree}
    return with_difference(pl.DataFrame([{**counts, "design_effect": effect}])).row(0, named=True)


def test_the_interval_is_newcombes_and_narrower_with_independent_votes():
    """56 of 70 against 48 of 80 is the textbook's .0524 to .3339."""
    plain = compared(56, 14, 48, 32)
    assert (plain["difference"], plain["low"], plain["high"]) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    alike = compared(56, 14, 48, 32, effect=2.0)
    assert alike["difference"] == pytest.approx(0.2)
    assert alike["high"] - alike["low"] > plain["high"] - plain["low"]


def test_too_few_expected_votes_make_p_one():
    """6 of 6 against 30 of 40: 1.3 disagreements would be expected."""
    assert compared(6, 0, 30, 10)["p"] == 1.0


def test_nothing_is_compared_without_votes_or_without_knowing_what_a_vote_is_worth():
    assert compared(0, 0, 30, 10)["difference"] is None
    assert compared(20, 5, 30, 10, effect=None)["p"] is None


def test_a_difference_is_written_in_percentage_points_without_its_sign():
    assert [points(-0.065), points(0.01), points(0.1234)] == [
        "6.5 percentage points",
        "1 percentage point",
        "12.3 percentage points",
    ]
