"""XmR charts against a published worked example, a slow twin, and each rule by itself."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from dashboard.filters import Selection
from dashboard.metrics._xmr import Verdict, limits, signals, verdict
from dashboard.results import answer

# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2, flow rates of ten batches
# (https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc322.htm; a work of the US government, public domain).
FLOW_RATES = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
TALK = Selection("talk")
MONDAY = date(2021, 2, 1)


def test_limits_are_those_of_the_published_example():
    """Published: centre 50.81, mean moving range 1.8778, limits 45.8159 and 55.8041, with 3/1.128 for our 2.66."""
    found = limits(FLOW_RATES)
    assert found is not None
    assert found.mean == pytest.approx(50.81)
    assert found.mean_range == pytest.approx(1.8778, abs=0.00005)
    assert found.low == pytest.approx(45.8159, abs=0.001)
    assert found.high == pytest.approx(55.8041, abs=0.001)
    assert found.range_high == pytest.approx(3.27 * 1.8778, abs=0.0005)
    assert signals(FLOW_RATES, found) == [0] * 10  # the handbook: the process is in control
    assert verdict(FLOW_RATES, found) is Verdict.NO_CHANGE


@pytest.mark.parametrize("seed", range(20))
def test_limits_and_signals_equal_their_slow_twins(seed):
    chance = random.Random(seed)
    values = [None if chance.random() < 0.1 else chance.randrange(40) + (20 if at > 14 else 0) for at in range(24)]
    known = [value for value in values if value is not None]
    ranges = []
    for at in range(1, len(values)):
        if values[at] is not None and values[at - 1] is not None:
            ranges.append(abs(values[at] - values[at - 1]))
    mean, mean_range = sum(known) / len(known), sum(ranges) / len(ranges)
    found = limits(values)
    assert (found.mean, found.low, found.high) == pytest.approx(
        (mean, mean - 2.66 * mean_range, mean + 2.66 * mean_range)
    )
    assert [told for told, value in zip(signals(values, found), values, strict=True) if value is not None] == [
        slow_signal(known, at, mean, 2.66 * mean_range) for at in range(len(known))
    ]


def slow_signal(known: list[float], at: int, mean: float, reach: float) -> int:
    """One point's signal, every rule written out."""
    for side in (1, -1):
        above = [(value - mean) * side for value in known]
        if above[at] <= 0:
            continue
        outside = above[at] > reach
        run = at >= 7 and all(above[other] > 0 for other in range(at - 7, at + 1))
        last_three = above[max(0, at - 2) : at + 1]
        near = above[at] > reach * 2 / 3 and sum(height > reach * 2 / 3 for height in last_three) >= 2
        if outside or run or near:
            return side
    return 0


def test_nine_points_make_no_claim():
    assert limits(FLOW_RATES[:9]) is None
    assert verdict(FLOW_RATES[:9], None) is Verdict.NO_CLAIM


def test_a_missing_point_breaks_the_moving_range_and_counts_in_nothing():
    """10 known points, 8 ranges of 1: the two around the gap (5 to nothing to 90) are none."""
    values = [5, 6, 5, 6, 5, None, 6, 5, 6, 5, 6]
    found = limits(values)
    assert (found.mean, found.mean_range) == (5.5, 1.0)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([10, 11] * 6 + [30], Verdict.IMPROVED),  # far above the upper limit
        ([30, 31] * 6 + [10], Verdict.DETERIORATED),
        ([10, 12] * 6, Verdict.NO_CHANGE),
        ([40] + [10, 16] * 12, Verdict.NO_CHANGE),  # 40 is above the limit of 32.7, but it was long ago
        ([10, 12] * 5 + [13, 14] * 4, Verdict.IMPROVED),  # eight in a row above the mean
        ([10, 12] * 9 + [13, 14] * 8, Verdict.SUSTAINED),  # sixteen
        ([13, 14] * 5 + [10, 12] * 4, Verdict.DETERIORATED),
    ],
)
def test_the_word_is_about_the_newest_point(values, word):
    assert verdict(values, limits(values)) is word


def test_seven_in_a_row_are_no_run_and_eight_are():
    def told(points: int) -> int:
        values = [10, 14] * 10 + [13] * points
        return signals(values, limits(values))[-1]

    assert (told(6), told(7), told(8)) == (0, 1, 1)  # the 14 before them makes seven into eight


def weeks(made_up_release, counts: list[int | None]):
    rows = [
        {"week": MONDAY + at * timedelta(days=7), "participants": count, "is_hidden": count is None}
        for at, count in enumerate(counts)
    ]
    return answer("xmr_by_week", source=made_up_release(participants_by_week=rows), selection=TALK)


def test_below_ten_weeks_there_is_a_plain_line_and_no_claim(made_up_release):
    result = weeks(made_up_release, [20, 25, 30, 35])
    assert result.headline == "4 closed weeks are shown: fewer than 10, so no claim about change is made."
    assert result.table["mean"].to_list() == [None] * 4


def test_hidden_weeks_are_no_points(made_up_release):
    """Ten weeks of which one is hidden are nine points."""
    result = weeks(made_up_release, [20, 25, 30, 35, None, 20, 25, 30, 35, 20])
    assert "9 closed weeks are shown: fewer than 10" in result.headline


def test_a_headline_says_the_word_with_mean_and_limits(made_up_release):
    """Mean 165/15 = 11 and ranges of 2 but for the last: (13 × 2 + 18) / 14 = 3.1429; 11 + 2.66 × 3.1429 = 19.36."""
    result = weeks(made_up_release, [9, 11] * 7 + [25])
    assert result.table["mean"][0] == pytest.approx(11)
    values = [9, 11] * 7 + [25]
    assert sum(values) == 165
    mean_range = sum(abs(b - a) for a, b in pairwise(values)) / 14
    assert result.table["high"][0] == pytest.approx(11 + 2.66 * mean_range)
    assert result.headline.startswith("Improved: more took part lately than chance would explain (mean 11, limits ")


def test_weekends_are_no_working_days(made_up_release):
    rows = [
        {"day": MONDAY + timedelta(days=at), "participants": 20, "ideas": 0, "comments": 0, "votes": 20}
        for at in range(14)
    ]
    result = answer("xmr_by_day", source=made_up_release(activity_by_day=rows), selection=TALK)
    assert result.base == "10 working days"
    assert all(day.isoweekday() < 6 for day in result.table["day"])


def test_the_formula_stands_on_the_card(made_up_release):
    measure = weeks(made_up_release, [20]).metric.measure
    assert measure == "Participants; natural process limits = mean ± 2.66 × mean moving range"
