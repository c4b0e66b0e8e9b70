"""Bookings that split a total: every world that fits what is published is tried, on cases small enough for that."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.disclosure.bookings import Part, hidden_parts, protected_split

K = 5


def parts_of(*counts: int) -> list[Part]:
    """Parts of so many bookings, each by a person of its own."""
    return [Part(count, frozenset(f"{at}-{one}" for one in range(count))) for at, count in enumerate(counts)]


def ranges(counts: tuple[int, ...], hidden: set[int]) -> dict[int, tuple[int, int]]:
    """Try every world with the same total and the same shown parts; give the least and most of each hidden part."""
    total = sum(counts)
    options = [range(total + 1) if at in hidden else [count] for at, count in enumerate(counts)]
    worlds = [world for world in product(*options) if sum(world) == total]
    return {at: (min(world[at] for world in worlds), max(world[at] for world in worlds)) for at in hidden}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4).map(tuple).filter(lambda counts: sum(counts) >= K))
def test_a_hidden_part_could_be_nobody_or_k_and_more(counts):
    hidden = hidden_parts(parts_of(*counts), K)
    assert hidden >= {at for at, count in enumerate(counts) if 1 <= count < K}
    for low, high in ranges(counts, hidden).values():
        assert low == 0
        assert high >= K


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4).map(tuple))
def test_nothing_is_hidden_where_nothing_is_small(counts):
    if not any(1 <= count < K for count in counts):
        assert hidden_parts(parts_of(*counts), K) == set()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((12, 3, 20), {0, 1}),  # 3 alone would be 35 less 32: the smaller of the large ones goes with it
        ((4, 3, 20), {0, 1}),  # 7 together are 5 and more: nothing else need go
        ((2, 2, 20), {0, 1, 2}),  # 4 together are too few
        ((0, 8, 0), set()),  # noughts are told
        ((3, 0, 0), {0}),  # a total of 3 is hidden itself
    ],
)
def test_what_is_hidden_beside_a_small_part(counts, hidden):
    assert hidden_parts(parts_of(*counts), K) == hidden


def test_bookings_of_few_people_are_few_though_they_are_many_bookings():
    """One person with nine bookings is one person."""
    parts = [Part(9, frozenset({"p"})), *parts_of(6, 7)]
    assert hidden_parts(parts, K) == {0, 1}


def test_a_split_keeps_every_label_and_its_order():
    bookings = pl.DataFrame({"role": ["Peer"] * 6 + ["Guardian"] * 2, "person": [str(at) for at in range(8)]})
    split = protected_split(bookings, ["Guardian", "Peer", "Champion"], "role", K)
    assert split.rows() == [("Guardian", None, True), ("Peer", None, True), ("Champion", 0, False)]


def test_a_label_nobody_offered_is_a_fault():
    with pytest.raises(ValueError, match="1 labels are not among those given"):
        protected_split(pl.DataFrame({"role": ["Astronaut"], "person": ["p"]}), ["Peer"], "role", K)
