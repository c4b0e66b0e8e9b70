"""How numbers, dates, names and people's words are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.specs import Column
from dashboard.wording import (
    cell,
    counted,
    day,
    describe,
    escape,
    in_words,
    moment,
    number,
    per_cent,
    period,
    short_day,
    shortened,
    showing,
    whole_per_cent,
)

COUNT, SHARE, TEXT = Column("n", "N", "count"), Column("s", "S", "share", absent="[z]"), Column("t", "T")


def test_numbers_and_dates_follow_the_british_conventions():
    assert [number(value) for value in (0, 1234, -12, 3.5, 1234567.89)] == ["0", "1,234", "-12", "3.5", "1,234,567.9"]
    assert [per_cent(value) for value in (0.625, 0.6, 0.0004, 1)] == ["62.5%", "60%", "0%", "100%"]
    assert whole_per_cent(0.625) == "62%"
    assert day(date(2019, 1, 4)) == "4 January 2019"
    assert short_day(date(2019, 1, 4)) == "4 Jan"
    assert moment(datetime(2019, 1, 4, 9, 14, tzinfo=UTC)) == "4 January 2019, 09:14"


def test_nouns_take_their_plural():
    assert [counted(n, "idea") for n in (0, 1, 1234)] == ["0 ideas", "1 idea", "1,234 ideas"]
    assert counted(2, "person", "people") == "2 people"
    assert [in_words(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_missing_value_is_never_written_as_nothing():
    assert cell(None, COUNT, is_hidden=True) == "[c]"
    assert cell(None, COUNT) == "[x]"
    assert cell(None, SHARE) == "[z]"
    assert cell(None, TEXT, is_hidden=True) == "[x]"
    assert cell("", TEXT) == "[x]"
    assert cell(0, COUNT, is_hidden=True) == "0"


def test_a_selection_reads_as_people_would_say_it():
    assert describe(Selection("talk")) == "England, all elements"
    assert describe(Selection("talk", "We are a team")) == "England, We are a team"
    assert showing(Selection("talk"), "2,400 participants") == "Showing: England, all elements (2,400 participants)"


def test_a_period_names_the_ends_that_are_known():
    first, last = date(2021, 2, 1), date(2021, 2, 28)
    assert period(first, last) == "1 February 2021 to 28 February 2021"
    assert [period(None, last), period(first, None), period(None, None)] == [
        "data to 28 February 2021",
        "data from 1 February 2021",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* and _soft_", r"\*bold\* and \_soft\_"),
        ("[a](b)", r"\[a\]\(b\)"),
        ("costs $5 to $6", r"costs \$5 to \$6"),
        ("# Title\n- list", r"\# Title \- list"),
        (":smile:", "\\:\u2060smile\\:"),
        ("www.nhs.uk", "www\u2060\\.nhs\\.uk"),
        ("https://nhs.uk", "https\u2060\\:\u2060//nhs\\.uk"),
        ("a -> b -- c", "a \\-\u2060\\> b \\-\u2060\\- c"),
        ("a@b.uk", "a\u2060\\@b\\.uk"),
    ],
)
def test_peoples_words_are_not_read_as_markdown(text, expected):
    assert escape(text) == expected


@given(st.text(max_size=80))
def test_escaping_loses_nothing_but_line_breaks(text):
    """Without its backslashes and joiners the text is what was written, white space aside."""
    words = text.replace("\u2060", "")
    told = escape(words).replace("\u2060", "")
    plain, is_escaped = [], False
    for sign in told:
        if sign == "\\" and not is_escaped:
            is_escaped = True
            continue
        plain.append(sign)
        is_escaped = False
    assert "".join(plain) == " ".join(words.split())


@given(st.text(max_size=200), st.integers(2, 80))
def test_shortened_text_fits_and_begins_as_it_did(text, limit):
    short = shortened(text, limit)
    plain = " ".join(text.split())
    assert len(short) <= limit
    assert short == plain or (short.endswith("…") and plain.startswith(short[:-1]))
