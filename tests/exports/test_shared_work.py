"""What formats share is made once while a file is made, is nobody else's, and changes no byte."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from dashboard import wording
from dashboard.exports._once import once, shared
from dashboard.exports._png_words import with_words

MOST = 10**12  # more than anybody has votes; Babel gives up at twenty-nine digits
EMPTY_PNG = b"\x89PNG\r\n\x1a\n" + bytes(25) + b"rest"


@pytest.fixture
def counted():
    """A function marked `once` and the list of what it was asked to make."""
    asked: list[tuple[object, ...]] = []

    @once
    def make(subject: object, *options: object) -> list[object]:
        asked.append((subject, *options))
        return [subject, *options]

    return make, asked


def test_within_a_file_each_thing_is_made_once(counted):
    make, asked = counted
    subject = ["a frame has no hash"]
    with shared():
        assert make(subject) is make(subject)
        with shared():
            assert make(subject) is make(subject)
        assert make(subject, 2) == [subject, 2]
    assert asked == [(subject,), (subject, 2)]


def test_between_files_nothing_is_kept(counted):
    make, asked = counted
    subject = ["x"]
    for _ in range(2):
        with shared():
            make(subject)
    make(subject)
    assert len(asked) == 3


def test_two_things_that_are_equal_are_two_things(counted):
    make, asked = counted
    with shared():
        for _ in range(3):
            make(["equal"])  # the list before may be gone: its place in memory must not be taken for this one's
    assert len(asked) == 3


def test_two_readers_share_nothing(counted):
    make, asked = counted
    subject = ["x"]

    def one_file() -> None:
        with shared():
            make(subject)
            make(subject)

    with ThreadPoolExecutor(2) as readers:
        list(readers.map(lambda _: one_file(), range(2)))
    assert len(asked) == 2


@given(st.one_of(st.integers(-MOST, MOST), st.floats(-MOST, MOST)))
def test_numbers_are_written_as_the_british_locale_does(value):
    written = str(format_decimal(value + 0, format="#,##0.#", locale="en_GB"))
    assert wording.number(value) == written


@given(st.floats(-1, 1))
def test_shares_are_written_as_the_british_locale_does(share):
    assert wording.per_cent(share) == str(format_percent(share + 0, format="#,##0.#%", locale="en_GB"))


def test_nought_is_written_alike_from_both_sides():
    assert [wording.per_cent(share) for share in (-0.0, 0.0)] == ["0%", "0%"]


def test_words_stand_in_a_picture_as_the_png_specification_has_them():
    made = with_words(EMPTY_PNG, {"Title": "Zwölf"})
    assert (made[:33], made[-4:]) == (EMPTY_PNG[:33], b"rest")
    (length,) = struct.unpack(">I", made[33:37])
    name, content = made[37:41], made[41 : 41 + length]
    assert (name, content) == (b"iTXt", b"Title\0\0\0\0\0" + "Zwölf".encode())
    assert made[41 + length : 45 + length] == struct.pack(">I", zlib.crc32(name + content))
