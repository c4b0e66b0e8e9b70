"""Hidden weeks and groups: every world that fits what is published is tried, on cases small enough for that."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.disclosure.joiners import HiddenWeeks, Unknown, hidden_weeks, width
from data_access.publishing.participation_concentration import may_be_told

K = 3


def weekly(new: list[int], again: list[int]) -> tuple[HiddenWeeks, list[int | None]]:
    """Protect weeks whose returning people all belong to the first group; participants shown from K on."""
    rows = [[again[at], *[0] * (at - 1)] if at else [] for at in range(len(new))]
    people = [n + (a if at else 0) for at, (n, a) in enumerate(zip(new, again, strict=True))]
    shown = [None if 1 <= count < K else count for count in people]
    return hidden_weeks(new, rows, shown, K), shown


def fits(world: tuple[int, ...], new: list[int], hidden: frozenset[int], shown: list[int | None]) -> bool:
    """Whether new people of a world give the same shown weeks, totals joined by each, and participants."""
    if shown[0] is not None and world[0] != shown[0]:
        return False  # in the first week all are new
    if any(count > known for count, known in zip(world, shown, strict=True) if known is not None):
        return False
    told = [at for at in range(len(new)) if at not in hidden]
    return all(world[at] == new[at] and sum(world[: at + 1]) == sum(new[: at + 1]) for at in told)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4))
def test_a_hidden_small_week_could_be_anything_in_a_range_of_k(weeks):
    new, again = [pair[0] for pair in weeks], [pair[1] if at else 0 for at, pair in enumerate(weeks)]
    hidden, shown = weekly(new, again)
    few = {at for at, pair in enumerate(zip(new, again, strict=True)) if any(1 <= count < K for count in pair)}
    assert hidden.weeks >= few
    if len(hidden.weeks) == len(new):
        return  # nothing is shown, so nothing can be worked out of sums
    options = [range(sum(new) + 1) if at in hidden.weeks else [new[at]] for at in range(len(new))]
    # The people after the last shown week are bounded by everybody there was, whose number is public.
    worlds = [w for w in product(*options) if sum(w) == sum(new) and fits(w, new, hidden.weeks, shown)]
    for at in few:
        assert max(world[at] for world in worlds) - min(world[at] for world in worlds) >= K


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(3, 7), st.integers(0, 7)), min_size=1, max_size=3))
def test_a_hidden_group_of_a_shown_week_could_be_anything_in_a_range_of_k(groups):
    sizes = [size for size, _ in groups]
    came = [min(came, size) for size, came in groups]
    new = [*sizes, K]
    again: list[list[int]] = [[0] * at for at in range(len(sizes))] + [came]
    people = [*sizes, K + sum(came)]
    hidden = hidden_weeks(new, again, people, K)
    last = len(sizes)
    small = {at for at, (size, count) in enumerate(zip(sizes, came, strict=True)) if 1 <= count < K}
    small |= {at for at, (size, count) in enumerate(zip(sizes, came, strict=True)) if count and 1 <= size - count < K}
    assert hidden.groups[last] >= small
    if last in hidden.weeks:
        return  # the sum of those who came again is not shown either
    options = [range(size + 1) if at in hidden.groups[last] else [came[at]] for at, size in enumerate(sizes)]
    worlds = [world for world in product(*options) if sum(world) == sum(came)]
    for at in small:
        assert max(world[at] for world in worlds) - min(world[at] for world in worlds) >= K


@pytest.mark.parametrize(
    ("new", "again", "weeks"),
    [
        ([20, 30, 40], [0, 12, 15], set()),
        ([20, 1, 40], [0, 12, 15], {1, 2}),  # 20 is known of the first week, so the later neighbour goes with it
        ([20, 30, 1], [0, 12, 15], {1, 2}),  # the earlier neighbour
        ([20, 30, 40], [0, 12, 2], {1, 2}),  # few came again: new ones would be participants less those
    ],
)
def test_which_weeks_are_hidden(new, again, weeks):
    assert weekly(new, again)[0].weeks >= weeks
    assert bool(weekly(new, again)[0].weeks) == bool(weeks)


def test_a_range_is_what_sum_and_bounds_leave():
    """3 + 5 = 8: the first lies between 8 - 6 = 2 and 4, the second between 8 - 4 = 4 and 6."""
    together = [Unknown(3, 0, 4), Unknown(5, 0, 6)]
    assert (width(0, together), width(1, together)) == (2, 2)


@pytest.mark.parametrize(
    ("top", "others", "is_told"),
    [
        ([9, 8, 7, 6, 5, 4, 3, 3, 3, 3], 90, True),
        ([9, 8, 7, 6, 5, 4, 3, 3, 3], 90, False),  # nine are fewer than ten
        ([9, 8, 7, 6, 5, 4, 3, 3, 3, 3], 9, False),  # so are the others
        ([900, 8, 9, 9, 9, 9, 9, 9, 9, 9], 90, False),  # 72 of the eight others are under a tenth of 900
        ([900, 8, 12, 12, 12, 12, 12, 12, 12, 12], 90, True),  # 96 are not
    ],
)
def test_a_tenth_that_one_voter_dominates_is_not_told(top, others, is_told):
    assert may_be_told(top, others, 10) is is_told
