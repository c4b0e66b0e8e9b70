"""Places, staff groups and the plan's register, as the rest of the product reads them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data_access.problems import NothingThere
from data_access.reference import (
    all_icbs,
    icb_name,
    icb_named,
    icbs,
    people_promise,
    region_named,
    regions,
    staff_group_schemes,
    staff_groups,
)
from data_access.vocabulary import ELEMENTS

CONVERSATION = date(2021, 2, 28)
LAST_OF_42 = date(2026, 3, 31)
FIRST_OF_36 = date(2026, 4, 1)


def test_there_are_seven_regions_and_central_bodies_are_none() -> None:
    assert regions()["region"].to_list() == [
        "East of England",
        "London",
        "Midlands",
        "North East and Yorkshire",
        "North West",
        "South East",
        "South West",
    ]


@pytest.mark.parametrize(
    "text",
    ["Midlands", "  midlands ", "MIDLANDS", "Y60", "y60", "E40000011", "E40000008", "NHS England Midlands"],
)
def test_a_region_is_known_by_name_ods_code_and_both_ons_codes(text: str) -> None:
    assert region_named(text) == "Midlands"


@pytest.mark.parametrize("text", ["North East & Yorkshire", "north-east-and-yorkshire", "E40000009", "Y63"])
def test_an_ampersand_or_a_hyphen_does_not_hide_a_region(text: str) -> None:
    assert region_named(text) == "North East and Yorkshire"


@pytest.mark.parametrize("text", ["", "QZZ", "Wales", "England", "Mid", "Y57"])
def test_what_is_no_region_is_not_found(text: str) -> None:
    assert region_named(text) is None


@pytest.mark.parametrize(
    ("on", "boards"),
    [(CONVERSATION, 42), (date(2022, 7, 1), 42), (LAST_OF_42, 42), (FIRST_OF_36, 36)],
)
def test_icbs_are_those_valid_on_the_day(on: date, boards: int) -> None:
    """42 from July 2022; 12 were abolished and 6 created on 1 April 2026: 42 - 12 + 6 = 36."""
    assert icbs(on).height == boards


def test_before_icbs_began_the_first_list_stands_in() -> None:
    assert icbs(CONVERSATION).equals(icbs(date(2022, 7, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "QJK",
        "qjk",
        "E54000037",
        "NHS Devon Integrated Care Board",
        "nhs devon icb",
        "Devon",
    ],
)
def test_an_icb_is_known_by_its_codes_and_the_ways_its_name_is_written(text: str) -> None:
    assert icb_named(text, CONVERSATION) == "QJK"


def test_an_icb_is_found_only_while_it_exists() -> None:
    assert icb_named("NHS Essex Integrated Care Board", LAST_OF_42) is None
    assert icb_named("NHS Essex Integrated Care Board", FIRST_OF_36) == "D7T5G"
    assert icb_named("Mid and South Essex", LAST_OF_42) == "QH8"
    assert icb_named("Mid and South Essex", FIRST_OF_36) is None


def test_a_board_whose_boundary_changed_keeps_its_code_under_both_ons_codes() -> None:
    row = all_icbs().row(by_predicate=pl.col("icb") == "QRL", named=True)
    assert row["ons_code_2022"] != row["ons_code_2026"] == "E54000067"
    assert icb_named(row["ons_code_2022"], FIRST_OF_36) == icb_named("E54000067", FIRST_OF_36) == "QRL"


def test_every_icb_lies_in_a_region_and_spells_its_own_name() -> None:
    assert set(all_icbs()["region"]) == set(regions()["region"])
    for row in all_icbs().iter_rows(named=True):
        day = row["valid_from"]
        assert icb_named(row["name"], day) == icb_named(row["icb"], day) == row["icb"]
        assert icb_name(row["icb"]) == row["name"]


def test_a_code_of_no_board_has_no_name() -> None:
    assert icb_name("QQQ") is None


def test_staff_groups_come_from_one_declared_list() -> None:
    scheme = staff_group_schemes()[0]
    assert scheme == "NHS Workforce Statistics"
    assert staff_groups(scheme)["staff_group"].to_list()[:2] == ["HCHS doctors", "Nurses & health visitors"]
    with pytest.raises(NothingThere, match="NHS Workforce Statistics"):
        staff_groups("our own list")


def test_the_people_promise_has_seven_elements_in_official_order_and_two_themes() -> None:
    frame = people_promise()
    assert tuple(frame.filter(pl.col("kind") == "element")["element"].unique(maintain_order=True)) == ELEMENTS
    assert frame.filter(pl.col("kind") == "theme")["element"].unique(maintain_order=True).to_list() == [
        "Staff engagement",
        "Morale",
    ]
