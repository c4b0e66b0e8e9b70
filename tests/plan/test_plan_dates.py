"""Dates as the plan states them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.desk.plan_dates import Precision, stated_date, with_bounds

TABLE = """
by 2023                          | 2023-01-01 | 2023-12-31 | year
2023                             | 2023-01-01 | 2023-12-31 | year
early 2023                       | 2023-01-01 | 2023-12-31 | year
before 2023                      |            | 2022-12-31 | year
from 2024                        | 2024-01-01 |            | open-ended
2024 onwards                     | 2024-01-01 |            | open-ended
after 2024                       | 2025-01-01 |            | open-ended
end of next year                 | 2022-12-31 | 2022-12-31 | day
by the end of next year          | 2022-12-31 | 2022-12-31 | day
by the end of this year          | 2021-12-31 | 2021-12-31 | day
end of 2022 ("end of next year") | 2022-12-31 | 2022-12-31 | day
next year                        | 2022-01-01 | 2022-12-31 | year
March 2023                       | 2023-03-01 | 2023-03-31 | month
by March 2023                    | 2023-03-01 | 2023-03-31 | month
Feb 2024                         | 2024-02-01 | 2024-02-29 | month
end of March 2023                | 2023-03-31 | 2023-03-31 | day
31 March 2023                    | 2023-03-31 | 2023-03-31 | day
by 1st April 2023                | 2023-04-01 | 2023-04-01 | day
31/03/2023                       | 2023-03-31 | 2023-03-31 | day
2023-03-31                       | 2023-03-31 | 2023-03-31 | day
31/02/2023                       |            |            | not read as a date
Q2 2023                          | 2023-04-01 | 2023-06-30 | quarter
Q3 2022/23                       | 2022-10-01 | 2022-12-31 | quarter
Q4 2022/23                       | 2023-01-01 | 2023-03-31 | quarter
2022/23                          | 2022-04-01 | 2023-03-31 | year
2022/24                          |            |            | not read as a date
spring 2023                      | 2023-03-01 | 2023-05-31 | quarter
winter 2023                      |            |            | not read as a date
between 2022 and 2024            | 2022-01-01 | 2024-12-31 | range
from 2022 to 2024                | 2022-01-01 | 2024-12-31 | range
2022–2024                        | 2022-01-01 | 2024-12-31 | range
2024 to 2022                     |            |            | not read as a date
ongoing                          |            |            | open-ended
not stated in source             |            |            | not stated
not stated (no timescales given) |            |            | not stated
unknown                          |            |            | not stated
when resources allow             |            |            | not read as a date
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), ROWS, ids=[row[0] for row in ROWS])
def test_a_stated_date_has_the_bounds_its_words_allow(text, earliest, latest, precision):
    read = stated_date(text)
    assert (read.earliest, read.latest, read.precision) == (day_or_none(earliest), day_or_none(latest), precision)
    assert read.stated == text


def test_a_date_that_is_not_there_is_not_stated():
    assert stated_date(None) == stated_date("  ")
    assert (stated_date(None).stated, stated_date(None).precision) == (None, Precision.NOT_STATED)


def test_next_year_is_counted_from_the_day_of_publication():
    assert stated_date("end of next year", published=date(2025, 1, 1)).latest == date(2026, 12, 31)
    assert stated_date("end of next year") == stated_date("end of next year", published=date(2021, 11, 22))


def test_bounds_that_somebody_supplied_stand_in_place_of_those_read():
    read = with_bounds(stated_date("by 2023"), None, date(2023, 6, 30))
    assert (read.stated, read.earliest, read.latest) == ("by 2023", None, date(2023, 6, 30))


def test_bounds_that_repeat_the_words_keep_their_precision():
    assert with_bounds(stated_date("by 2023"), date(2023, 1, 1), date(2023, 12, 31)) == stated_date("by 2023")
    assert with_bounds(stated_date("by 2023"), None, date(2023, 12, 31)) == stated_date("by 2023")


@given(st.text(max_size=40) | st.from_regex(r"(by |from |end of |before |after )?(q[1-4] )?20\d\d([/-]\d\d)?"))
def test_any_words_are_kept_and_bounds_are_never_the_wrong_way_round(text):
    read = stated_date(text)
    assert read.stated == (text.strip() or None)
    assert read.earliest is None or read.latest is None or read.earliest <= read.latest
