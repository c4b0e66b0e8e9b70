"""Participant type as a filter: alone or with regions, and refused beside what no table combines."""

from __future__ import annotations

import pytest

from dashboard.filters import Choices, Divisions, Selection, params_from_selection, place, selection_from_params
from dashboard.metrics import METRICS
from dashboard.results import answer
from data_access.problems import BadSelection
from data_access.vocabulary import ELEMENTS

TYPES = ("Customer", "HR/OD profession")
CHOICES = Choices(
    conversations=(("talk", "Staff voice"),),
    divisions={"talk": Divisions(regions=("London", "Midlands"), staff_groups=("Medical",), participant_types=TYPES)},
)
CUSTOMERS = Selection("talk", participant_types=("Customer",))


@pytest.fixture
def release(made_up_release):
    """100 people cast 200 votes; 30 of them customers, with 40 agreeing, 5 passing, 15 disagreeing votes."""
    votes = {"agree": 40, "pass": 5, "disagree": 15, "agree_band": "60–80%", "has_votes": True}
    hidden = {"agree": None, "pass": None, "disagree": None, "agree_band": None, "has_votes": False, "is_hidden": True}
    return made_up_release(
        totals=[{"measure": "participants", "count": 100}, {"measure": "votes", "count": 200}],
        participant_type=[{"participant_type": "Customer", "participants": 30, **votes}],
        region_by_participant_type=[
            {"region": "London", "participant_type": "Customer", "participants": None, **hidden}
        ],
    )


def test_a_type_comes_back_from_its_link_and_is_named():
    wanted = selection_from_params({"participant-type": "HR-OD-Profession", "region": "london"}, CHOICES)
    assert wanted == Selection("talk", regions=("London",), participant_types=("HR/OD profession",))
    assert params_from_selection(wanted, CHOICES) == {"region": "london", "participant-type": "hr-od-profession"}
    assert place(wanted) == "London: HR/OD profession"


@pytest.mark.parametrize("beside", [{"staff-group": "medical"}, {"from": "2021-02-01"}])
def test_no_table_combines_a_type_with_anything_but_regions(beside: dict[str, str]):
    with pytest.raises(BadSelection):
        selection_from_params({"participant-type": "customer", **beside}, CHOICES)


def test_people_and_votes_of_a_type_stand_beside_englands(release):
    """30 of 100 people; 40 + 5 + 15 = 60 of 200 votes."""
    result = answer("conversation_totals", source=release, selection=CUSTOMERS)
    assert result.table.rows() == [("Participants", 30, 100), ("Votes", 60, 200)]
    assert result.headline == "Customer: 30 people of 100 in England took part and cast 60 votes."


def test_a_small_type_of_a_region_is_hidden(release):
    asked = Selection("talk", regions=("London",), participant_types=("Customer",))
    result = answer("conversation_totals", source=release, selection=asked)
    assert (result.table["count"].to_list(), result.hidden_rows) == ([None, None], (0, 1))


def test_a_type_cannot_stand_behind_one_element(release):
    """The table counts everybody of a type once, on all elements together: England answers, and says why."""
    asked = Selection("talk", element=ELEMENTS[0], participant_types=("Customer",))
    result = answer("conversation_totals", source=release, selection=asked)
    assert result.selection == Selection("talk", element=ELEMENTS[0])
    [reason] = result.not_applied
    assert reason.startswith("Not offered for Customer: ")


def test_a_metric_that_lists_the_groups_asked_for_leaves_nothing_out(release):
    """Each type is a row of its own there, so no sentence says that types are not offered."""
    assert "participant_type" in METRICS["participants_by_type"].METRIC.cells
    assert answer("participants_by_type", source=release, selection=CUSTOMERS).not_applied == ()
