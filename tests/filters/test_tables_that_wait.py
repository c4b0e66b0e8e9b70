"""While a conversation runs, pages say of small groups that their numbers come when it is over."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.filters import Selection
from dashboard.results import answer
from data_access.reference.lattice import lattice

RUNNING = {"closes_on": date(2022, 3, 31), "data_to": date(2022, 3, 1)}
OVER = RUNNING | {"data_to": date(2022, 3, 31)}
REGIONS = [{"region": "London", "participants": 60}, {"region": "Midlands", "participants": 40}]


@pytest.mark.parametrize(
    "asked",
    [
        Selection("talk", icbs=("QHL",)),
        Selection("talk", regions=("Midlands",), staff_groups=("Medical and Dental",)),
        Selection("talk", staff_groups=("Medical and Dental",)),
    ],
    ids=["a board", "a staff group of a region", "a staff group of a small conversation"],
)
def test_a_table_that_waits_for_the_end_says_so(made_up_release, asked):
    source = made_up_release(RUNNING, region=REGIONS)
    (said, *_) = answer("vote_balance", source=source, selection=asked).not_applied
    assert "are published once the conversation is over" in said


@pytest.mark.parametrize(("facts", "regions"), [(OVER, REGIONS), (RUNNING, [])])
def test_a_table_that_does_not_wait_says_that_it_is_not_there(made_up_release, facts, regions):
    """The conversation is over, or none of its tables was cut at all."""
    asked = Selection("talk", regions=("Midlands",))
    (said, *_) = answer("vote_balance", source=made_up_release(facts, region=regions), selection=asked).not_applied
    assert "this conversation was not published by these groups" in said


def test_what_waits_whatever_its_size_are_boards_and_staff_groups_within_regions():
    waiting = lattice().cut_now(is_over=True) - lattice().cut_now(is_over=False)
    assert waiting == {"icb", "icb_by_element", "region_by_staff_group", "region_by_element_by_staff_group"}
