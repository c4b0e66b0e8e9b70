"""What the personal-detail check finds, what it leaves alone, and how well it does on a list of both."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.disclosure.personal_details import Detail, personal_details, wording_shown


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("write to jane.smith@nhs.net please", Detail.EMAIL),
        ("jane (at) example (dot) org", Detail.EMAIL),
        ("I am @jane_s_nurse there", Detail.HANDLE),
        ("my number is 943 476 5919", Detail.NHS_NUMBER),
        ("nhs 9434765919.", Detail.NHS_NUMBER),
        ("call 0113 496 0000 after six", Detail.TELEPHONE),
        ("ring 07700 900123", Detail.TELEPHONE),
        ("+44 (0)20 7946 0018", Detail.TELEPHONE),
        ("020-7946-0018", Detail.TELEPHONE),
        ("NI number QQ 12 34 56 C".replace("QQ", "AB"), Detail.NATIONAL_INSURANCE),
        ("ab123456c", Detail.NATIONAL_INSURANCE),
        ("I live in LS9 7TF", Detail.POSTCODE),
        ("near sw1a 1aa", Detail.POSTCODE),
        ("my manager Jane Smith shouts", Detail.NAME),
        ("Our line manager, Priya, is kind", Detail.NAME),
        ("Dr Jane Smith agreed", Detail.NAME),
        ("ask Mrs. O'Neill", Detail.NAME),
        ("Prof J. B. Patel said so", Detail.NAME),
        ("a nurse named Alice", Detail.NAME),
        ("my name is Olu", Detail.NAME),
        ("please speak to Jane Smith about it", Detail.NAME),
        ("bullied by Tom Brown", Detail.NAME),
    ],
)
def test_personal_details_are_found(wording, found):
    assert found in personal_details(wording)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "Managers should listen to night staff",
        "My manager is kind and our director listens",
        "My manager on Mondays; my Manager Monday",
        "pay band 7 2nd year, 37.5 hours a week",
        "In 2019-2020 we had 1,234,567 appraisals, up from 987,654",
        "£1,250,000 a year",
        "on 04/03/2024 at 10:30",
        "number 943 476 5918 has a wrong check digit",
        "We each have a voice that counts",
        "see section 3.2.1 of the policy HR12",
        "covid-19 in ward B12",
        "Thank you. The NHS People Plan helps",
        "24/7 cover, 12 hour shifts, 4 on 4 off",
        "rent for students. @ 1.91% of pay",
        "工時太長，休息不夠",
    ],
)
def test_plain_wording_is_left_alone(wording):
    assert personal_details(wording) == ()


def with_check_digit(nine: int) -> str | None:
    """An NHS number from nine digits, by the sum of digits times 10 down to 2, modulo 11; None if it has none."""
    digits = f"{nine:09d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else digits + str(check % 11)


@given(st.integers(400_000_000, 499_999_999), st.sampled_from(["", " ", "-"]))
def test_every_nhs_number_is_found_and_with_another_check_digit_none(nine: int, gap: str):
    number = with_check_digit(nine)
    if number is None:
        return
    spaced = gap.join((number[:3], number[3:6], number[6:]))
    assert Detail.NHS_NUMBER in personal_details(f"patient {spaced} waited")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert Detail.NHS_NUMBER not in personal_details(f"patient {wrong} waited")


@given(st.text(max_size=200))
def test_any_text_can_be_checked(wording: str):
    assert set(personal_details(wording)) <= set(Detail)


def test_a_role_that_ends_a_title_is_not_joined_to_the_words_of_the_text():
    """'…by a director' over 'After fifteen years…' once read as a director called After."""
    posts = pl.DataFrame(
        {
            "title": ["Signed off by a director", "Signed off by a director"],
            "text": ["After fifteen years", "My manager Jane Smith"],
        }
    )
    assert wording_shown(posts)["is_held_back"].to_list() == [False, True]
