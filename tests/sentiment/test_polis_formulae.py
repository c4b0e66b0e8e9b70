"""The formulae of opinion groups against vectors worked out from published mathematics."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.metrics import _polis as polis
from dashboard.metrics._intervals import newcombe, wilson


def worth(expression: pl.Expr) -> float:
    return float(pl.select(expression).item())


def of(*numbers: float) -> list[pl.Expr]:
    return [pl.lit(float(number)) for number in numbers]


@pytest.mark.parametrize(
    ("part", "seen", "z"),
    [
        (0, 0, 1.000000),
        (1, 1, 1.414214),
        (5, 5, 2.449490),
        (7, 10, 1.507557),
        (20, 25, 3.137858),
        (0, 10, -2.713602),
    ],
)
def test_one_share_against_a_half(part, seen, z):
    assert worth(polis.one_proportion_z(*of(part, seen))) == pytest.approx(z, abs=5e-7)


@pytest.mark.parametrize(
    ("counts", "z"),
    [((20, 10, 25, 30), 3.431767), ((5, 5, 10, 10), 0), ((10, 20, 10, 20), 0), ((3, 40, 4, 50), -0.021063)],
)
def test_two_shares_against_each_other(counts, z):
    assert worth(polis.two_proportion_z(*of(*counts))) == pytest.approx(z, abs=5e-7)


@pytest.mark.parametrize(
    ("counts", "importance", "priority"),
    [
        ((1, 0, 1, 0), 0.444444, 12.529726),
        ((20, 3, 20, 0), 0.780992, 1.372383),
        ((18, 3, 20, 1), 1.413223, 4.493699),
        ((0, 0, 0, 0), 0.25, 5.0625),
    ],
)
def test_importance_and_priority_of_a_statement(counts, importance, priority):
    assert worth(polis.importance(*of(*counts))) == pytest.approx(importance, abs=5e-7)
    assert worth(polis.priority(*of(*counts))) == pytest.approx(priority, abs=5e-7)
    assert worth(polis.priority(*of(*counts), is_meta=True)) == 49


def test_consensus_over_two_groups_is_the_product_of_smoothed_shares():
    """21/27 × 11/32."""
    groups = pl.DataFrame({"agree": [20, 10], "seen": [25, 30]})
    product = groups.select(polis.group_consensus(pl.col("agree"), pl.col("seen"))).item()
    assert product == pytest.approx(0.777778 * 0.343750, abs=5e-7)
    root = groups.select(polis.group_consensus_root(pl.col("agree"), pl.col("seen"))).item()
    assert root == pytest.approx((21 / 27 * 11 / 32) ** 0.5)


def test_the_root_does_not_change_when_every_group_is_doubled():
    once = pl.DataFrame({"agree": [20, 10, 3], "seen": [25, 30, 9]})
    root = polis.group_consensus_root(pl.col("agree"), pl.col("seen"))
    assert pl.concat([once, once]).select(root).item() == pytest.approx(once.select(root).item())


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0, 0.2775),
        (5, 5, 0.5655, 1),
        (7, 10, 0.3968, 0.8922),
        (20, 25, 0.6087, 0.9114),
        (312, 400, 0.7368, 0.8178),
    ],
)
def test_wilson_intervals_of_the_vectors(part, whole, low, high):
    bounds = wilson(*of(part, whole))
    assert (worth(bounds.low), worth(bounds.high)) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_the_textbook_newcombe_interval():
    """56 of 70 against 48 of 80."""
    bounds = newcombe(*of(56, 70, 48, 80))
    assert (worth(bounds.low), worth(bounds.high)) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def groups_of(*rows):
    return pl.DataFrame(rows, schema=["idea", "opinion_group", "agree", "pass", "disagree"], orient="row")


def test_what_sets_a_group_apart_is_kept_with_its_side():
    """Group a is for 1 and against 2, group b the other way; on 3 both are alike."""
    cells = groups_of(
        ("1", "a", 40, 0, 0), ("1", "b", 0, 0, 40),
        ("2", "a", 0, 0, 40), ("2", "b", 40, 0, 0),
        ("3", "a", 20, 5, 15), ("3", "b", 20, 5, 15),
    )  # fmt: skip
    kept = polis.selected(polis.representative(cells)).select("opinion_group", "idea", "side").rows()
    assert kept == [("a", "1", "agree"), ("a", "2", "disagree"), ("b", "2", "agree"), ("b", "1", "disagree")]


def test_a_group_that_nothing_sets_apart_keeps_its_strongest_statement():
    cells = groups_of(("1", "a", 5, 5, 5), ("1", "b", 5, 5, 5), ("2", "a", 6, 4, 5), ("2", "b", 5, 5, 5))
    kept = polis.selected(polis.representative(cells))
    assert kept["opinion_group"].to_list() == ["a", "b"]


def test_at_most_five_statements_stand_for_a_group():
    rows = [(str(at), group, 40 - at, 0, at) for at in range(8) for group in ("a",)]
    rows += [(str(at), "b", 1, 0, 39) for at in range(8)]
    kept = polis.selected(polis.representative(groups_of(*rows)))
    assert kept.filter(pl.col("opinion_group") == "a")["idea"].to_list() == ["0", "1", "2", "3", "4"]


def test_consensus_statements_pass_a_half_and_are_ordered_by_share_and_sureness():
    counts = pl.DataFrame(
        [("1", 90, 0, 10), ("2", 9, 0, 1), ("3", 10, 0, 90), ("4", 50, 0, 50)],
        schema=["idea", "agree", "pass", "disagree"],
        orient="row",
    )
    found = polis.consensus(counts).select("side", "idea").rows()
    assert found == [("agree", "1"), ("agree", "2"), ("disagree", "3")]
