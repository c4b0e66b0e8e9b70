"""Delimited text becomes a table of strings, or is refused for what it is (F08, F09, F14 to F22)."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.reading import records
from data_access.importing.reading.delimited import read_delimited, rows_frame, table_of
from data_access.importing.reading.plain_pieces import piece_reader
from data_access.importing.reading.records import Records, _Rows
from data_access.importing.reading.text_table import TextTable
from data_access.problems import Fault

KNOWN = frozenset({"idea", "text", "posted_at"})


def table(text: str) -> TextTable:
    answer = read_delimited("ideas.csv", text, KNOWN)
    assert isinstance(answer, TextTable), answer
    return answer


def refusal(text: str) -> Fault:
    answer = read_delimited("ideas.csv", text, KNOWN)
    assert isinstance(answer, list), answer
    assert [fault.row for fault in answer] == [0] * len(answer)
    return answer[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_makes_the_header_ours(delimiter: str):
    read = table(delimiter.join(("idea", "text")) + "\n" + delimiter.join(("1", "yes")) + "\n")
    assert read.frame.rows() == [(2, "1", "yes")]


def test_a_delimiter_that_makes_no_known_column_is_refused():
    assert refusal("idea|text\n1|yes\n").code == "F14"


def test_the_line_that_tells_excel_the_delimiter_is_no_row():
    assert table("sep=;\nidea;text\n1;a,b\n").frame.rows() == [(2, "1", "a,b")]


def test_line_ends_of_an_old_macintosh_end_rows():
    assert table("idea,text\r1,yes\r2,no\r").frame.rows() == [(2, "1", "yes"), (3, "2", "no")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    """A line end inside quotes is inside one row; a blank row takes a number and is no row."""
    read = table('idea,text\n1,"two\nlines"\n\n2,one\n')
    assert read.frame.rows() == [(2, "1", "two\nlines"), (4, "2", "one")]
    assert read.rows == 2
    assert read.notices == ("ideas.csv: 1 blank rows were left out.",)


def test_codes_that_look_like_numbers_keep_their_letters():
    assert table("idea,text\n007,1E5\n0x1F,1.50\n").frame.rows() == [(2, "007", "1E5"), (3, "0x1F", "1.50")]


def test_a_row_of_the_wrong_length_is_a_fault_of_its_own():
    read = table("idea,text\n1,yes\n2,no,maybe\n3\n4,fine\n")
    assert read.frame["idea"].to_list() == ["1", "4"]
    assert [(fault.row, fault.shape, fault.code) for fault in read.ragged] == [
        (3, "3 cells", "F20"),
        (4, "1 cells", "F20"),
    ]
    assert read.rows == 4


def test_spellings_of_a_column_meet():
    assert table("\ufeff Idea ,TEXT,Posted-At\n1,a,b\n").header == (" Idea ", "TEXT", "Posted-At")
    assert table("Idea ,TEXT,Posted-At\n1,a,b\n").frame.columns == ["row", "idea", "text", "posted_at"]


def test_a_column_that_appears_twice_is_refused():
    fault = refusal("idea,text,Text \n1,a,b\n")
    assert (fault.code, fault.column) == ("F18", "text")


def test_columns_without_a_name_are_left_out():
    assert table("idea,text,,\n1,a,,\n").frame.rows() == [(2, "1", "a")]


def test_a_header_and_no_rows_is_refused():
    assert refusal("idea,text\n").code == "F17"
    assert refusal("idea,text\n\n,\n").code == "F17"


def test_a_file_cut_inside_quotes_is_refused():
    fault = refusal('idea,text\n1,yes\n2,"it was\n')
    assert (fault.code, fault.shape) == ("F09", "the file ends inside quotes that open at or after row 3")


def test_a_file_without_a_last_line_end_is_refused_because_it_may_be_cut():
    assert refusal("idea,text\n1,yes\n2,Londo").code == "F08"


WHOLE = 'idea,text\n1,"two, ""or""\nlines"\n2,London\n3,plain\n'
COMPLETE = {"1": 'two, "or"\nlines', "2": "London", "3": "plain"}


@pytest.mark.parametrize("length", range(1, len(WHOLE)))
def test_a_file_cut_at_any_byte_is_refused_or_gives_only_whole_rows(length: int):
    answer = read_delimited("ideas.csv", WHOLE[:length], KNOWN)
    if isinstance(answer, TextTable):
        assert WHOLE[length - 1] == "\n"
        assert answer.ragged == ()
        for _, idea, text in answer.frame.rows():
            assert COMPLETE[idea] == text


cells = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=8)


@given(st.lists(st.tuples(cells.filter(lambda cell: cell.strip() != ""), cells), min_size=1, max_size=20))
def test_what_the_csv_writer_writes_is_read_cell_for_cell(written: list[tuple[str, str]]):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(("idea", "text"))
    writer.writerows(written)
    read = table(buffer.getvalue())
    assert read.frame.select("idea", "text").rows() == written


def in_pieces(text: str, size: int) -> TextTable | list[Fault]:
    """Read text as large files are read: piece by piece, where it is plain."""
    frames: list[pl.DataFrame] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "PIECE", size)
        read = records.read_records(
            "ideas.csv", text, KNOWN, lambda *rows: frames.append(rows_frame(*rows)), piece_reader(frames.append)
        )
    return table_of("ideas.csv", read, frames) if isinstance(read, Records) else read


plain = st.text(st.sampled_from("ab,;\t \n\r\x1c\x85\u2003é'\"="), max_size=60)


@given(plain, st.sampled_from(["\n", "\r\n"]), st.integers(1, 40))
def test_reading_at_once_is_reading_row_by_row(body: str, end: str, size: int):
    text = f"idea,text{end}1,yes{end}{body.replace(chr(10), end)}{end}"
    once, by_row = in_pieces(text, size), read_delimited("ideas.csv", text, KNOWN)
    if isinstance(once, list) or isinstance(by_row, list):
        assert once == by_row
    else:
        assert once.frame.equals(by_row.frame)
        assert (once.header, once.ragged, once.ragged_cells, once.notices) == (
            by_row.header, by_row.ragged, by_row.ragged_cells, by_row.notices,
        )  # fmt: skip


def test_sound_rows_without_quotes_are_read_at_once(monkeypatch: pytest.MonkeyPatch):
    """The control of the test above: Python's reader sees the header and nothing else."""
    text = "idea,text\n" + "1, yes \n2,\n" * 1_000
    seen = []
    monkeypatch.setattr(_Rows, "sort_in", lambda _, record: seen.append(record))
    read = in_pieces(text, 1_000)
    assert isinstance(read, TextTable)
    assert read.frame.rows()[:2] == [(2, "1", " yes "), (3, "2", "")]
    assert read.frame["row"].to_list() == list(range(2, 2_002))
    assert not seen
