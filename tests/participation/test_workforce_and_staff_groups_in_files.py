"""The workforce table of the template, and staff groups that are not in the declared list."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.problems import ImportRefused

HEAD = "region,icb,staff_group,as_at,headcount,source\n"
SETTINGS = "title,opens_on,staff_group_scheme\nTalk,{},{}\n"
SCHEME = "ESR staff groups"


def talk(lines: str, opens_on: str = "2021-02-01", scheme: str = SCHEME) -> dict[str, str]:
    return {"conversation.csv": SETTINGS.format(opens_on, scheme), "workforce.csv": HEAD + lines}


def test_a_workforce_is_published_as_loaded_each_board_in_its_region(bring, published):
    lines = (
        ",,,2020-12-31,900,Payroll\n"
        "South West,,,2020-12-31,500,Payroll\nLondon,,,2020-12-31,400,Payroll\n"
        ",Devon,,2020-12-31,120,Payroll\n"
        ",,medical and dental,2020-12-31,60,Payroll\n"
    )
    bring(talk(lines))
    table = published().table("workforce")
    day = date(2020, 12, 31)
    assert set(table.select("as_at", "region", "icb", "staff_group", "headcount", "of_all").rows()) == {
        (day, None, None, None, 900, 900),
        (day, "South West", None, None, 500, 900),  # 500 + 400
        (day, "London", None, None, 400, 900),
        (day, "South West", "QJK", None, 120, 120),
        (day, None, None, "Medical and Dental", 60, 60),  # spelled as the list does
    }


def test_a_corrected_figure_takes_the_place_of_the_first(bring, published):
    bring(talk(",,,2020-12-31,900,Payroll\n"))
    bring(talk(",,,2020-12-31,950,Payroll\n"))
    assert published().table("workforce")["headcount"].to_list() == [950]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",,,,900,Payroll\n", "as_at"),
        (",,,2020-12-31,many,Payroll\n", "headcount"),
        (",,,2020-12-31,900,\n", "source"),
    ],
)
def test_a_figure_without_date_number_or_source_is_refused(line, column, bring):
    with pytest.raises(ImportRefused) as refused:
        bring(talk(line))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, column)]


@pytest.mark.parametrize("place", ["Wales,", ",D7T5G"])  # the board of Essex did not exist in 2021
def test_an_unknown_place_is_said_and_is_not_taken_for_england(place, bring, published):
    report = bring(talk(f"{place},,2020-12-31,900,Payroll\n"))
    assert any("is not known in 1 rows; kept as 'Unknown code'" in line for line in report.notices)
    (row,) = published().table("workforce").select("region", "icb").rows()
    assert "Unknown code" in row


def test_boards_of_2026_are_known_to_conversations_of_2026_by_five_characters(bring, published):
    bring(talk(",D7T5G,,2026-06-30,900,Payroll\n", opens_on="2026-07-01"))
    assert published().table("workforce").select("region", "icb").rows() == [("East of England", "D7T5G")]


def test_labels_that_the_list_does_not_have_are_counted_and_kept(bring, published):
    people = "participant,region,staff_group\np1,London,Medical and Dental\np2,London,Wizards\np3,London,Wizards\n"
    report = bring({"conversation.csv": SETTINGS.format("2021-02-01", SCHEME), "participants.csv": people})
    (notice,) = [line for line in report.notices if "staff groups" in line]
    assert notice.startswith("participants.csv: 2 rows carry 1 staff groups that are not in the list 'ESR staff groups")
    assert "Wizards" not in notice
    assert published().table("staff_group_list").row(0)[2:] == (2, 1)


def test_an_unknown_list_is_said_with_those_there_are(bring):
    report = bring(talk(",,,2020-12-31,900,Payroll\n", scheme="Our own"))
    assert any("is not known. Lists: NHS Workforce Statistics;" in line for line in report.notices)


def test_a_row_of_a_staff_group_in_a_place_is_kept_and_said(bring):
    report = bring(talk("London,,Medical and Dental,2020-12-31,60,Payroll\n"))
    assert "workforce.csv: 1 rows name a staff group and a place; they are kept and not used." in report.notices
