"""Bands of cohorts beside exact totals: every world that fits is tried, on programmes small enough for that."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.disclosure.cohort_bands import UNTOLD, Band, Bands, Cohorts, band_of, ranges, safe_bands

K = 5
MOST = 12  # no count of these tests is higher, nor does any world need to be


def worlds(cohorts: Cohorts, bands: Bands):
    """Give every table of figures that has these bands, totals and sums."""
    height, width = len(cohorts.counts), len(cohorts.totals)
    ends = [
        range(max(band.low, bands.floors.get((at, figure), 0)), MOST + 1 if band.high is None else band.high + 1)
        for at, row in enumerate(bands.figures)
        for figure, band in enumerate(row)
    ]
    for flat in product(*ends):
        table = [flat[at * width : (at + 1) * width] for at in range(height)]
        has_totals = all(
            total is None or sum(row[figure] for row in table) == total for figure, total in enumerate(cohorts.totals)
        )
        if has_totals and all(
            band.low <= sum(row[at] for at in cohorts.held) <= (MOST * width if band.high is None else band.high)
            for row, band in zip(table, bands.held, strict=True)
        ):
            yield table


def programme(counts: list[list[int]], held: list[int], floors: dict[tuple[int, int], int] | None = None) -> Cohorts:
    sums = [sum(row[figure] for row in counts) for figure in range(len(counts[0]))]
    return Cohorts(
        counts, [total if total >= K or total == 0 else None for total in sums], held, K, floors=floors or {}
    )


tables = st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=1, max_size=2)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from([[], [0], [0, 1]]))
def test_whoever_knows_everything_told_cannot_narrow_a_figure_under_k(counts, held):
    cohorts = programme(counts, held)
    every = list(worlds(cohorts, safe_bands(cohorts)))
    assert [tuple(row) for row in counts] in every
    for at, row in enumerate(counts):
        for figure, count in enumerate(row):
            if count < K and cohorts.totals[figure] != 0:
                could_be = {world[at][figure] for world in every}
                assert min(could_be) <= 1
                assert max(could_be) >= K - 1


@settings(max_examples=40, deadline=None)
@given(tables, st.sampled_from([[], [0, 1]]))
def test_the_ranges_worked_out_are_those_of_all_worlds(counts, held):
    cohorts = programme(counts, held)
    bands = safe_bands(cohorts)
    every = list(worlds(cohorts, bands))
    for at, row in enumerate(counts):
        for figure in range(len(row)):
            low, high = ranges(cohorts, bands, at, figure)
            could_be = {world[at][figure] for world in every}
            assert low == min(could_be)
            assert high is None or high >= MOST or high == max(could_be)


def test_two_cohorts_of_12_and_3_would_tell_that_the_second_is_5_at_most():
    """15 less 10 to 19 leaves 0 to 5, so the first band goes; then the second is 'fewer than 10' and no less."""
    bands = safe_bands(Cohorts([[12], [3]], [15], [], 10))
    assert bands.figures == [[UNTOLD], [Band(0, 9)]]


def test_many_cohorts_keep_all_their_bands():
    bands = safe_bands(Cohorts([[14]] * 6 + [[6]], [14 * 6 + 6], [], 10))
    assert bands.figures == [[Band(10, 19)]] * 6 + [[Band(0, 9)]]


def test_a_figure_nobody_has_is_nought_everywhere():
    assert safe_bands(Cohorts([[0], [0]], [0], [], 10)).figures == [[Band(0, 0)], [Band(0, 0)]]


def test_being_above_capacity_is_not_said_where_it_would_tell_a_small_number():
    """Of 11 in all, '9 and more here' would leave 2 at most there; of 60 in all it leaves everything open."""
    assert safe_bands(Cohorts([[9], [2]], [11], [], 10, floors={(0, 0): 9})).floors == {}
    wide = Cohorts([[22], [3], [35]], [60], [], 10, floors={(0, 0): 21})
    assert safe_bands(wide).floors == {(0, 0): 21}


@pytest.mark.parametrize(("count", "band"), [(0, (0, 9)), (9, (0, 9)), (10, (10, 19)), (25, (20, 29))])
def test_bands_are_as_wide_as_the_threshold(count, band):
    assert (band_of(count, 10).low, band_of(count, 10).high) == band
