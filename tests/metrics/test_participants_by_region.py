"""Regions come from grouped releases only; a share is given only where nothing is hidden."""

from __future__ import annotations

import pytest

from dashboard.filters import Selection
from dashboard.results import answer
from data_access.vocabulary import ELEMENTS

TEAM = ELEMENTS[6]
VOTES = {"agree": None, "pass": None, "disagree": None, "has_votes": False, "agree_band": "60–80%"}


def region(name: str, participants: int | None, **more: object) -> dict[str, object]:
    hidden = {"is_hidden": True, "agree_band": None} if participants is None else {"is_hidden": False}
    return {"region": name, "participants": participants, **VOTES, **hidden, **more}


def people(count: int) -> list[dict[str, object]]:
    return [{"measure": "participants", "count": count}]


def asked(release, element: str | None = None):
    return answer("participants_by_region", source=release, selection=Selection("talk", element))


def test_the_largest_region_comes_first_and_those_who_did_not_say_last(made_up_release):
    """120 + 50 + 30 = 200."""
    release = made_up_release(
        region=[region("Not stated", 120), region("London", 30), region("Midlands", 50)], totals=people(200)
    )
    result = asked(release)
    assert result.table.select("region", "participants", "share").rows() == [
        ("Midlands", 50, 0.25),
        ("London", 30, 0.15),
        ("Not stated", 120, 0.6),
    ]
    assert result.headline == "Midlands had the most: 50 participants, 25% of all."
    assert result.base == "200 participants"


def test_no_share_is_given_beside_a_hidden_region(made_up_release):
    """A share of a known whole would give the hidden region away."""
    regions = [region("London", None), region("Midlands", 50)]
    result = asked(made_up_release(region=regions, totals=people(80)))
    assert result.table.select("region", "participants", "share").rows() == [
        ("Midlands", 50, None),
        ("London", None, None),
    ]
    assert result.headline == "Midlands had the most: 50 participants."
    assert result.base == "1 of 2 regions shown"
    assert result.hidden_rows == (1,)


def test_with_an_element_chosen_its_own_table_answers(made_up_release):
    release = made_up_release(
        region=[region("London", 80)],
        region_by_element=[region("London", 40, element=TEAM), region("London", 55, element=ELEMENTS[0])],
    )
    assert asked(release, TEAM).table["participants"].to_list() == [40]


def test_regions_of_the_same_size_are_not_put_in_an_order(made_up_release):
    result = asked(made_up_release(region=[region("London", 50), region("Midlands", 50)]))
    assert result.headline == "2 regions each had the most participants: 50."


@pytest.mark.parametrize("element", [None, TEAM])
def test_a_release_that_was_not_cut_by_region_has_nothing_to_show(made_up_release, element):
    result = asked(made_up_release(), element)
    assert result.is_empty
    assert result.headline == "No figures by region are published here."


def test_a_viewer_who_sees_some_regions_is_not_told_that_one_of_them_is_the_largest_of_all(made_up_release):
    """50 of 200: London's cells are not theirs to see, and may be more."""
    result = asked(made_up_release(region=[region("Midlands", 50), region("South West", 20)], totals=people(200)))
    assert result.table["share"].to_list() == [0.25, 0.1]
    assert result.headline == "Midlands, of the regions shown, had the most: 50 participants, 25% of all."


def test_chosen_regions_are_picked_out_among_all(made_up_release):
    """30 of 80 is 37.5%."""
    release = made_up_release(region=[region("London", 30), region("Midlands", 50)], totals=people(80))
    result = answer("participants_by_region", source=release, selection=Selection("talk", regions=("London",)))
    assert result.table.select("region", "participants", "is_chosen").rows() == [
        ("Midlands", 50, "no"),
        ("London", 30, "yes"),
    ]
    assert result.headline == "London: 30 participants, 37.5% of all."
    assert result.not_applied == ()
