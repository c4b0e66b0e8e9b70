"""Dates and times are read one way or not at all (F23, F24, F25)."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.checking.cleaning import cleaned
from data_access.importing.checking.moments import days, moments, repeated_hours

LONDON = "Europe/London"
EARLY, LATE = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1980, 2110))


def moment(text: str, zone: str = LONDON) -> datetime | None:
    read = moments(pl.Series("at", [text]), zone)[0]
    return None if read is None else datetime.fromtimestamp(read / 1000, tz=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-01-04T10:30:00", datetime(2022, 1, 4, 10, 30, tzinfo=UTC)),
        ("2022-01-04 10:30", datetime(2022, 1, 4, 10, 30, tzinfo=UTC)),
        ("2022-06-04T10:30:00", datetime(2022, 6, 4, 9, 30, tzinfo=UTC)),
        ("2022-06-04T10:30:00Z", datetime(2022, 6, 4, 10, 30, tzinfo=UTC)),
        ("2022-06-04T10:30:00+02:00", datetime(2022, 6, 4, 8, 30, tzinfo=UTC)),
        ("2022-06-04T10:30:00.250-0500", datetime(2022, 6, 4, 15, 30, 0, 250_000, tzinfo=UTC)),
        ("2022-01-04", datetime(2022, 1, 4, tzinfo=UTC)),
        ("1403054214", datetime(2014, 6, 18, 1, 16, 54, tzinfo=UTC)),
        ("1403054214196", datetime(2014, 6, 18, 1, 16, 54, 196_000, tzinfo=UTC)),
        ("31/12/2021 9:30", datetime(2021, 12, 31, 9, 30, tzinfo=UTC)),
        ("12/31/2021 09:30:15", datetime(2021, 12, 31, 9, 30, 15, tzinfo=UTC)),
    ],
)
def test_exports_write_moments_in_these_ways(text: str, expected: datetime):
    assert moment(text) == expected


@pytest.mark.parametrize(
    "text", ["", "maybe", "4459", "2022-13-01T00:00:00", "2022-02-30", "1776-07-04T00:00:00", "03/04/2022"]
)
def test_what_is_no_moment_or_could_be_two_is_not_read(text: str):
    assert moment(text) is None


def test_the_hour_that_clocks_skip_is_not_a_time():
    assert moment("2022-03-27T01:30:00") is None
    assert moment("2022-03-27T01:30:00", "UTC") == datetime(2022, 3, 27, 1, 30, tzinfo=UTC)


def test_the_hour_that_clocks_repeat_is_taken_as_the_earlier_and_counted():
    assert moment("2022-10-30T01:30:00") == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)
    texts = pl.Series("at", ["2022-10-30T01:30:00", "2022-10-30T03:30:00", "2022-10-30T01:30:00+01:00"])
    assert repeated_hours(texts, LONDON) == 1


def test_a_column_shows_its_own_order_of_day_and_month():
    """One day above twelve tells for all; days above twelve on both sides tell that something is wrong."""
    assert days(pl.Series("on", ["03/04/2022", "25/04/2022"])).to_list() == [date(2022, 4, 3), date(2022, 4, 25)]
    assert days(pl.Series("on", ["03/04/2022", "04/25/2022"])).to_list() == [date(2022, 3, 4), date(2022, 4, 25)]
    assert days(pl.Series("on", ["25/04/2022", "04/25/2022"])).to_list() == [None, None]
    assert days(pl.Series("on", ["03/04/2022", "05/06/2022"])).to_list() == [None, None]


def test_a_day_as_a_workbook_writes_it_has_no_time():
    assert days(pl.Series("on", ["2022-03-04 00:00:00", "2022-03-04 10:00:00"])).to_list() == [date(2022, 3, 4), None]


minutes = st.integers(min_value=-14 * 60, max_value=14 * 60)


YEARS = (datetime(1991, 1, 1), datetime(2099, 12, 30))  # noqa: DTZ001 - the offset is drawn beside them


@given(st.datetimes(*YEARS), minutes)
def test_every_moment_with_an_offset_comes_back(naive: datetime, offset: int):
    at = naive.replace(microsecond=naive.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(minutes=offset)))
    assert moment(at.isoformat()) == at


@given(
    st.lists(st.datetimes(EARLY, LATE), min_size=1, max_size=20),
    st.sampled_from(["", "Z"]),
    st.sampled_from([LONDON, "UTC", "America/New_York"]),
)
def test_a_column_of_one_plain_form_is_read_as_its_cells_are_one_by_one(written: list[datetime], end: str, zone: str):
    """Beside a cell of another form every cell is read in all the ways there are."""
    texts = [f"{at:%Y-%m-%dT%H:%M:%S}{end}" for at in written]
    beside = pl.Series("at", [*texts, "2022-01-04"])
    assert moments(pl.Series("at", texts), zone).to_list() == moments(beside, zone).to_list()[:-1]
    assert repeated_hours(pl.Series("at", texts), zone) == repeated_hours(beside, zone)


def test_clean_text_is_left_as_it_is():
    clean = pl.Series("text", ["plain", "with, signs ~ and two words", ""])
    assert cleaned(clean).equals(clean)
    for odd in (" before", "after ", "tab\\t", "line\\r\\nend", "cafe\\u0301", "\\u202Eback", "nul\\x00"):
        text = odd.encode().decode("unicode_escape")
        assert (
            cleaned(pl.Series("text", ["plain", text]))[1]
            == unicodedata.normalize(
                "NFC", text.replace("\r\n", "\n").replace("\u202e", "").replace("\x00", "")
            ).strip()
        )
