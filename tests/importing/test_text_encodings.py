"""No letter is lost between the bytes of a file and its text (faults F10, F11, F12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.reading.encoding import Decoded, decode
from data_access.problems import Fault

TEXT = "idea,text\n1,Café – £5 for 員工 👩‍⚕️\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_text(encoding: str):
    decoded = decode("ideas.csv", TEXT.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.notices) == (TEXT, ())


def test_windows_letters_are_kept_and_their_reading_is_said():
    decoded = decode("ideas.csv", "idea,text\n1,Café – “quoted” £5\n".encode("cp1252"))
    assert isinstance(decoded, Decoded)
    assert decoded.text == "idea,text\n1,Café – “quoted” £5\n"
    assert decoded.encoding == "cp1252"
    assert decoded.notices == ("ideas.csv is not UTF-8; it was read as Windows-1252. Check accented letters.",)


def test_damaged_utf8_is_refused_instead_of_turned_into_other_letters():
    damaged = "idea,text\n1,員工意見很多\n".encode().replace("見".encode(), "見".encode()[:2])
    fault = decode("ideas.csv", damaged)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.shape, fault.row) == ("F10", "damaged utf-8 text", 0)


def test_bytes_that_are_no_text_are_refused():
    fault = decode("ideas.csv", b"idea\n\x81\x8d\x8f\n")
    assert isinstance(fault, Fault)
    assert fault.code == "F11"


def test_an_empty_file_is_refused():
    fault = decode("ideas.csv", b"")
    assert isinstance(fault, Fault)
    assert (fault.code, fault.shape) == ("F17", "empty")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\x00"), min_size=1))
def test_utf8_comes_back_letter_for_letter(text: str):
    decoded = decode("ideas.csv", text.encode())
    assert isinstance(decoded, Decoded)
    assert decoded.text == text
