"""CSV and XLSX of results."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports import FORMATS, export, file_name, format_named
from dashboard.exports.csv_file import harmless
from dashboard.filters import Selection
from dashboard.periods import Period
from dashboard.results import answer
from data_access.problems import NothingThere
from data_access.vocabulary import ELEMENTS, NOT_CODED

TALK = Selection("talk")
FORMULA = '=HYPERLINK("http://x")'
LINK = "[click](http://x) $$note$$"


@pytest.fixture
def release(made_up_release):
    """Voice has votes, Flexible working is hidden; three ideas whose words are awkward; four days, one hidden."""
    gone = dict.fromkeys(("comments", "participants", "voters", "agree", "pass", "disagree"))
    idea = {"voters": 20, "pass": 1, "comments": 0, "merged_from": 0, "is_seed": False}
    wordings = {"1": FORMULA, "2": LINK, "3": "?!"}
    quiet = {"participants": 12, "ideas": 1, "comments": 0, "votes": 1234}
    return made_up_release(
        {"is_demo": True},
        votes_by_element=[
            {"element": ELEMENTS[2], "ideas": 3, "comments": 4, "participants": 30, "voters": 20}
            | {"agree": 30, "pass": 5, "disagree": 10},
            {"element": ELEMENTS[5], "ideas": 1, **gone, "is_hidden": True},
        ],
        votes_by_idea=[{"idea": key, "agree": 9, "disagree": 11, **idea} for key in wordings],
        texts=[
            {"kind": "idea", "id": key, "idea": key, "title": "", "text": words, "is_held_back": False}
            for key, words in wordings.items()
        ],
        activity_by_day=[
            {"day": date(2021, 2, 1), **quiet},
            {"day": date(2021, 2, 2), **dict.fromkeys(quiet), "is_hidden": True},
        ],
        words=[{"word": "team", "used_by_at_least": 20}],
    )


@pytest.fixture
def result_of(release):
    return lambda key, element=None: answer(
        key, source=release, selection=Selection("talk", element), contact="people@example.nhs.uk"
    )


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def book_of(*results):
    return openpyxl.load_workbook(io.BytesIO(export("xlsx", list(results))))


def cells_of(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_csv_is_the_table_with_one_header_row(result_of):
    assert rows_of(export("csv", [result_of("activity_by_day")])) == [
        ["day", "participants", "ideas", "comments", "votes"],
        ["2021-02-01", "12", "1", "0", "1234"],
        ["2021-02-02", "[c]", "[c]", "[c]", "[c]"],
    ]


def test_csv_keeps_negative_numbers_and_defuses_formulae(result_of):
    table = rows_of(export("csv", [result_of("ideas")]))
    first = dict(zip(table[0], table[1], strict=True))
    assert (first["net"], first["wording"], first["agree_share"]) == ("-2", f"'{FORMULA}", "0.45")


def test_csv_of_several_results_is_one_long_table(result_of):
    assert rows_of(export("csv", [result_of("words"), result_of("activity_by_day")]))[:5] == [
        ["metric", "row", "column", "value"],
        ["words", "1", "word", "team"],
        ["words", "1", "used_by_at_least", "20"],
        ["activity_by_day", "1", "day", "2021-02-01"],
        ["activity_by_day", "1", "participants", "12"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "＝"])
def test_no_text_can_begin_as_a_formula(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_defusing_changes_nothing_but_the_first_sign(text):
    assert harmless(text) in (text, f"'{text}")
    assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_each_file_is_the_same_bytes_again(result_of):
    results = [result_of("vote_balance"), result_of("ideas")]
    for medium in (medium for medium in FORMATS if not medium.is_picture):
        assert export(medium.key, results) == export(medium.key, results)


def test_formats_have_what_a_download_needs():
    assert [(medium.key, medium.extension, medium.media_type) for medium in FORMATS] == [
        ("csv", "csv", "text/csv"),
        ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ods", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("png", "png", "image/png"),
        ("svg", "svg", "image/svg+xml"),
        ("pptx", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("pdf", "pdf", "application/pdf"),
        ("html", "html", "text/html"),
        ("pack", "zip", "application/zip"),
    ]
    with pytest.raises(NothingThere, match=r"There is no format 'doc'\. Formats: csv, xlsx, ods"):
        format_named("doc")


def test_a_file_name_holds_what_whose_where_which_days_and_when(result_of):
    assert file_name(result_of("vote_balance", ELEMENTS[2]), "csv") == (
        "vote-balance-staff-voice-england-we-each-have-a-voice-that-counts-2021-02-01-to-2021-02-28"
        "-published-2021-03-02.csv"
    )
    assert file_name([result_of("words"), result_of("ideas")], "xlsx").startswith("figures-staff-voice-england-all-")


def test_a_file_of_chosen_weeks_is_named_by_them_and_a_long_place_cuts_no_date(result_of):
    weeks = Period(date(2021, 2, 1), date(2021, 2, 14))
    result = result_of("vote_balance")
    chosen = replace(result, selection=replace(TALK, icbs=("QHA", "QXX" * 40), period=weeks))
    name = file_name(chosen, "csv")
    assert name.endswith("-2021-02-01-to-2021-02-14-published-2021-03-02.csv")
    assert len(name) == 154


def test_a_file_name_is_short_and_plain_whatever_the_conversation_is_called(result_of):
    result = result_of("words")
    named = replace(result, stamp=replace(result.stamp, conversation_title="Ünï/..\\C:*?" + "long " * 90))
    assert re.fullmatch(r"[a-z0-9-]{10,150}\.csv", file_name(named, "csv"))


# The workbook, by the Analysis Function's essential rules for spreadsheets


def test_a_workbook_has_cover_contents_notes_and_one_table_a_sheet(result_of):
    book = book_of(result_of("vote_balance"), result_of("words"))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Table 2"]
    assert [list(book[name].tables) for name in book.sheetnames[3:]] == [["vote_balance"], ["words"]]
    assert all(not sheet.merged_cells.ranges for sheet in book)
    assert all(not sheet.freeze_panes and not sheet.auto_filter.ref for sheet in book)
    assert book.active.title == "Cover"


def test_a_workbook_says_its_title_and_its_language(result_of):
    properties = book_of(result_of("vote_balance")).properties
    assert (properties.title, properties.language) == ("Staff voice: How people voted on each element", "en-GB")


def test_the_cover_carries_filters_stamp_protection_citation_and_contact(result_of):
    told = "\n".join(str(value) for row in cells_of(book_of(result_of("vote_balance"))["Cover"]) for value in row)
    for part in (
        "These data are made up",
        "Filters: England, all elements",
        "Period: 1 February 2021 to 28 February 2021",
        "Release 3, published 2 March 2021, 09:14",
        "1,234 rows",
        "fewer than 10 participants are hidden",
        "[c] confidential",
        "How to cite: Staff voice, LookForward release 3, 2 March 2021, England, all elements.",
        "people@example.nhs.uk",
    ):
        assert part in told


def test_filters_that_differ_are_told_apart_on_the_cover(result_of):
    results = [result_of("vote_balance", ELEMENTS[2]), result_of("activity_by_day", ELEMENTS[2])]
    told = [str(value) for row in cells_of(book_of(*results)["Cover"]) for value in row]
    assert f"Filters of ‘How people voted on each element’: England, {ELEMENTS[2]}" in told
    assert "Filters of ‘What happened each day’: England, all elements" in told


def test_the_table_holds_numbers_shorthand_and_no_blanks(result_of):
    result = result_of("vote_balance")
    sheet = book_of(result)["Table 1"]
    area = sheet[sheet.tables["vote_balance"].ref]
    assert [cell.value for cell in area[0]] == [column.label for column in result.metric.columns]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in area[1:]}
    assert rows[ELEMENTS[2]][:7] == [20, 30, 5, 10, 45, 20, 0.75]
    assert set(rows[ELEMENTS[5]]) == {"[c]"}
    assert rows[NOT_CODED][:3] == [0, 0, 0]
    assert area[1][7].number_format == "0.0%"
    assert all(cell.value not in (None, "") for row in area for cell in row)
    assert sheet["A1"].value.startswith("Table 1: How people voted on each element [note 1]")
    assert area[0][0].column_letter == "A"


def test_notes_hold_the_definitions_and_what_is_hidden(result_of):
    told = "\n".join(str(value) for row in cells_of(book_of(result_of("vote_balance"))["Notes"]) for value in row)
    assert "1 of 8 elements is hidden [c]: fewer than 10 participants, or it would give such a number away." in told
    assert "Out of: Agree and disagree votes together" in told


def test_peoples_words_become_neither_formulae_nor_links_nor_notes(result_of):
    content = export("xlsx", [result_of("ideas")])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Table 1"]
    wordings = [row[1].value for row in sheet[sheet.tables["ideas"].ref][1:]]
    assert wordings == [FORMULA, "[click] (http://x) $ $note$ $", "?! [as written]"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [name for name in parts.namelist() if "_rels/sheet" in name and b"hyperlink" in parts.read(name)] == []


def test_a_result_without_rows_makes_a_file_that_says_so(result_of):
    result = result_of("sessions")
    assert rows_of(export("csv", [result])) == [[column.name for column in result.metric.columns]]
    sheet = book_of(result)["Table 1"]
    assert {cell.value for cell in sheet[sheet.tables["sessions"].ref][1]} == {"[z]"}


def test_what_was_written_reads_back_as_the_table(result_of):
    result = result_of("ideas_by_element")
    again = pl.read_csv(export("csv", [result]), null_values="[c]")
    assert again.equals(result.table)
