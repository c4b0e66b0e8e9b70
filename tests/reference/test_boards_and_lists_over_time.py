"""Boards that were merged and split in 2026, and lists of staff groups named in other ways."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.reference import (
    all_icbs,
    icb_successors,
    icbs,
    staff_group_named,
    staff_group_scheme_named,
    staff_group_schemes,
)

ESR = "ESR staff groups (local staff survey breakdowns)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("QH8", ("D7T5G",)),  # one successor
        ("QNQ", ("S0E4D", "S9B9J", "QRL")),  # Frimley was split in three, one of which had been there
        ("QM7", ("S1Y5D", "D7T5G")),
        ("QJG", ("D7T5G", "T6Y0W")),
        ("QJK", ("QJK",)),  # goes on
        ("D7T5G", ("D7T5G",)),
        ("QQQ", ()),
    ],
)
def test_who_took_over_from_a_board(old, new):
    assert icb_successors(old) == new


def test_every_abolished_board_has_successors_that_are_there_the_day_after():
    after = set(icbs(date(2026, 4, 1))["icb"])
    gone = [row["icb"] for row in all_icbs().iter_rows(named=True) if row["valid_to"] is not None]
    assert len(gone) == 12
    assert all(set(icb_successors(code)) <= after and icb_successors(code) != (code,) for code in gone)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (ESR, ESR),
        ("esr staff groups", ESR),
        ("NHS workforce statistics", "NHS Workforce Statistics"),
        ("NHS", None),  # two lists begin so
        ("our own", None),
        ("", None),
    ],
)
def test_a_list_is_known_by_its_name_or_as_much_as_tells_it_apart(said, meant):
    assert staff_group_scheme_named(said) == meant


def test_a_label_is_known_in_any_case_with_and_for_an_ampersand_only_in_its_own_list():
    workforce = staff_group_schemes()[0]
    assert staff_group_named("nurses and health visitors", workforce) == "Nurses & health visitors"
    assert staff_group_named("Medical and Dental", ESR) == "Medical and Dental"
    assert staff_group_named("Medical and Dental", workforce) is None
