"""Response rate and representativeness against the workforce that was loaded, and what is said where it was not."""

from __future__ import annotations

import math
from datetime import date

import pytest

from dashboard.filters import Selection
from dashboard.results import answer

TALK = Selection("talk")
OLD, NEW = date(2019, 12, 31), date(2020, 12, 31)
SOURCE = "Our own statistics"


def place(region: str, participants: int | None) -> dict[str, object]:
    return {"region": region, "participants": participants, "is_hidden": participants is None}


def staff(headcount: int, of_all: int, *, as_at: date = NEW, **group: str) -> dict[str, object]:
    return {**group, "headcount": headcount, "of_all": of_all, "as_at": as_at, "source": SOURCE}


def total(count: int) -> list[dict[str, object]]:
    return [{"measure": "participants", "count": count}]


@pytest.fixture
def release(made_up_release):
    return made_up_release(
        region=[place("London", 60), place("Midlands", 120), place("North West", 20), place("Not stated", 10)],
        totals=total(210),
        workforce=[
            staff(4_200, 4_200),
            staff(2_000, 4_000, region="London"),
            staff(1_500, 4_000, region="Midlands"),
            staff(500, 4_000, region="North West"),
            staff(1, 1, as_at=OLD, region="London"),
        ],
    )


def test_a_response_rate_is_participants_over_the_newest_workforce(release):
    result = answer("response_rate", source=release, selection=TALK)
    assert result.table.select("group", "rate", "participants", "workforce").rows() == [
        ("England", 210 / 4_200, 210, 4_200),
        ("Midlands", 120 / 1_500, 120, 1_500),
        ("North West", 20 / 500, 20, 500),
        ("London", 60 / 2_000, 60, 2_000),
    ]
    assert result.headline == "England: 5% of the workforce took part, 210 of 4,200."
    assert result.notes == ("Workforce: Our own statistics, as at 31 December 2020.",)


def test_differences_of_shares_and_their_intervals_equal_a_slow_twin(release):
    """200 of 210 said their region: the 10 who did not are in no share."""
    result = answer("representativeness", source=release, selection=TALK)
    for row in result.table.iter_rows(named=True):
        people, heads = {"London": (60, 2_000), "Midlands": (120, 1_500), "North West": (20, 500)}[row["group"]]
        low, high = slow_wilson(people, 200)
        assert row["difference"] == pytest.approx(people / 200 - heads / 4_000)
        assert (row["low"], row["high"]) == pytest.approx((low - heads / 4_000, high - heads / 4_000))
    assert result.table.select("group", "verdict").rows() == [
        ("Midlands", "more than their share"),  # 0.6 - 0.375
        ("North West", "no clear difference"),  # 0.1 - 0.125, interval around nought
        ("London", "fewer than their share"),  # 0.3 - 0.5
    ]
    assert result.headline == "Midlands took part by more than their share; London took part by fewer than their share."


def slow_wilson(part: int, whole: int) -> tuple[float, float]:
    """The roots of (p - part/whole)² = z² p (1 - p) / whole."""
    z, share = 1.959963984540054, part / whole
    a, b, c = 1 + z * z / whole, -2 * share - z * z / whole, share * share
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@pytest.mark.parametrize("key", ["response_rate", "representativeness"])
def test_a_missing_workforce_is_said_to_be_missing_and_nothing_is_estimated(key, made_up_release):
    bare = made_up_release(region=[place("London", 60), place("Midlands", 120)], totals=total(180))
    result = answer(key, source=bare, selection=TALK)
    assert result.headline.startswith("No workforce is loaded")
    assert "none is estimated" in result.headline
    assert result.table["workforce"].null_count() == result.table.height
    assert result.table["rate" if key == "response_rate" else "difference"].null_count() == result.table.height
    assert "It comes by the template's table workforce" in result.notes[0]


def test_a_region_without_a_workforce_is_named(made_up_release):
    partly = made_up_release(
        region=[place("London", 60), place("Midlands", 120)],
        totals=total(180),
        workforce=[staff(2_000, 2_000, region="London")],
    )
    result = answer("response_rate", source=partly, selection=TALK)
    assert "No workforce is loaded for 1 region: Midlands." in result.notes
    rates = dict(result.table.select("group", "rate").rows())
    assert rates == {"England": None, "London": 60 / 2_000, "Midlands": None}


def test_a_hidden_region_is_in_no_share_on_either_side(made_up_release):
    """Shown: 60 + 40 of 100 participants, 2,000 + 500 of 2,500 heads. The hidden ones are in neither sum."""
    heads = {"London": 2_000, "Midlands": 1_500, "North West": 500, "South East": 500}
    hiding = made_up_release(
        region=[place("London", 60), place("Midlands", None), place("North West", None), place("South East", 40)],
        totals=total(150),
        workforce=[staff(headcount, 4_500, region=region) for region, headcount in heads.items()],
    )
    rates = answer("response_rate", source=hiding, selection=TALK)
    assert {rates.table["group"][at] for at in rates.hidden_rows} == {"Midlands", "North West"}
    shares = answer("representativeness", source=hiding, selection=TALK)
    told = dict(shares.table.select("group", "difference").rows())
    assert told.pop("London") == pytest.approx(60 / 100 - 2_000 / 2_500)
    assert told.pop("South East") == pytest.approx(40 / 100 - 500 / 2_500)
    assert told == {"Midlands": None, "North West": None}
    assert shares.notes[-1] == "Shares are among the 2 regions compared, 56% of the workforce loaded."


def test_whoever_is_bound_to_regions_sees_shares_among_these_alone(made_up_release):
    bound = made_up_release(
        region=[place("Midlands", 120), place("South West", 80)],
        totals=total(410),
        workforce=[staff(1_500, 4_000, region="Midlands"), staff(500, 4_000, region="South West")],
    )
    result = answer("representativeness", source=bound, selection=TALK)
    told = dict(result.table.select("group", "difference").rows())
    assert told == pytest.approx({"South West": 80 / 200 - 500 / 2_000, "Midlands": 120 / 200 - 1_500 / 2_000})
    assert result.notes[-1] == "Shares are among the 2 regions compared, 50% of the workforce loaded."


def test_one_region_alone_is_all_of_itself_and_cannot_be_compared(made_up_release):
    alone = made_up_release(
        region=[place("Midlands", 120)], totals=total(210), workforce=[staff(1_500, 4_000, region="Midlands")]
    )
    result = answer("representativeness", source=alone, selection=TALK)
    assert result.headline == "Shares cannot be worked out from what is shown."
    assert result.table["verdict"].to_list() == ["cannot be compared"]
    assert answer("response_rate", source=alone, selection=TALK).table["rate"].to_list() == [None, 120 / 1_500]


def test_boards_are_held_against_boards_and_named(made_up_release):
    boards = made_up_release(
        icb=[{"region": "South West", "icb": "QJK", "participants": 30}],
        totals=total(30),
        workforce=[staff(300, 300, region="South West", icb="QJK"), staff(900, 900, region="South West")],
    )
    result = answer("response_rate_by_icb", source=boards, selection=TALK)
    assert result.table.select("group", "rate").rows()[1:] == [("Devon", 30 / 300)]


def test_staff_groups_say_their_list_and_labels_that_are_not_in_it(made_up_release):
    groups = made_up_release(
        staff_group=[{"staff_group": "Medical and Dental", "participants": 30}],
        totals=total(30),
        staff_group_list=[{"scheme": "ESR staff groups", "labels": 3, "labels_not_listed": 1}],
    )
    result = answer("participants_by_staff_group", source=groups, selection=TALK)
    assert result.notes == ("Staff groups as in the list: ESR staff groups. 1 label in use is not in it.",)


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        ("response_rate", "Response rate = participants ÷ workforce"),
        ("representativeness", "Share of participants − share of workforce, in percentage points; Wilson interval"),
        (
            "concentration",
            "Votes of the most active tenth of voters ÷ all votes; an even spread would give the tenth 10%",
        ),
    ],
)
def test_the_formula_stands_on_the_card(key, formula, made_up_release):
    """The line under a card's headline begins with its measure."""
    assert answer(key, source=made_up_release(), selection=TALK).metric.measure == formula
