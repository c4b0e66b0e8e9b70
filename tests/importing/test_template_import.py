"""The template: one example of every table goes in and comes to rest in the right place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data_access.importing.open_document import open_document
from data_access.importing.pseudonyms import conversation_key
from data_access.importing.template_files import FORMATS, GUIDE, example, guide, write_template
from data_access.importing.template_tables import TEMPLATE, TemplateTable
from data_access.problems import ImportRefused, NothingThere

Sheets = Mapping[str, list[list[str]]]


def one_row(table: TemplateTable) -> list[list[str]]:
    """A header and the guide's own example of every column."""
    return [[column.name for column in table.columns], [example(column) for column in table.columns]]


EXAMPLES: Sheets = {table.name: one_row(table) for table in TEMPLATE}


def as_csv(folder: Path, sheets: Sheets) -> None:
    for name, lines in sheets.items():
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(lines)
        (folder / f"{name}.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")


def as_xlsx(folder: Path, sheets: Sheets) -> None:
    with xlsxwriter.Workbook(folder / "book.xlsx") as workbook:
        for name, lines in sheets.items():
            sheet = workbook.add_worksheet(name)
            for place, line in enumerate(lines):
                for column, cell in enumerate(line):
                    sheet.write_string(place, column, cell)


def as_ods(folder: Path, sheets: Sheets) -> None:
    (folder / "book.ods").write_bytes(open_document(sheets))


WRITERS: dict[str, Callable[[Path, Sheets], None]] = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}


@pytest.mark.parametrize("form", WRITERS)
def test_the_guides_own_examples_import_in_every_form(form: str, bring, rows, tmp_path: Path):
    folder = tmp_path / "talk"
    folder.mkdir()
    WRITERS[form](folder, EXAMPLES)
    report = bring("template", folder)
    assert {line.table: (line.rows, line.accepted) for line in report.ledger} == {t.name: (1, 1) for t in TEMPLATE}
    assert report.faults == ()
    assert rows("SELECT source_id, kind, title, element, held_on FROM session") == [
        ("A-0017", "big conversation", "any text", "We work flexibly", "2022-03-04")
    ]
    assert rows("SELECT source_id, reply_to, text FROM comment") == [("A-0017", "A-0017", "any text")]
    assert rows("SELECT status, region, confidence_after FROM booking") == [("booked", "Midlands", 5)]
    assert rows("SELECT participant_type, region, icb FROM participant_version") == [
        ("HR/OD profession", "Midlands", "QHL")
    ]
    assert rows("SELECT posted_at_ms FROM idea_version") == [(1_646_389_800_000,)]
    assert report.desk_frames["plan_actions"].select("number", "due_latest").rows() == [(12, date(2022, 3, 4))]
    assert report.desk_frames["updates"]["recorded_at"].to_list() == [1_646_389_800_000]


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_workbook_keeps_codes_letter_for_letter(form: str, bring, rows, tmp_path: Path):
    ideas = [["idea", "posted_at", "text"], ["007", "2022-03-01", "a\nb"], ["1E5", "2022-03-01", "=1+1"]]
    (tmp_path / "talk").mkdir()
    WRITERS[form](tmp_path / "talk", {"ideas": ideas})
    bring("template", tmp_path / "talk")
    assert rows("SELECT i.source_id, v.text FROM idea i JOIN idea_version v ON v.idea_id = i.id ORDER BY 1") == [
        ("007", "a\nb"),
        ("1E5", "=1+1"),
    ]


def test_an_empty_cell_is_the_usual_and_not_an_empty_word(bring, files, rows):
    bring("template", files({"sessions.csv": "session,title,kind,element\ns1,Topic,,\n"}))
    assert rows("SELECT kind, element, host_roles, attended FROM session") == [("big conversation", None, "", None)]


def test_bookings_never_meet_the_conversation(bring, files, rows, keys: Path):
    """The same platform id, in votes and in bookings, is two pseudonyms."""
    votes = "participant,idea,cast_at,vote\np1,A,2022-03-01,agree\n"
    bookings = "booking,cohort,person,status\nb1,c1,p1,attended\n"
    bring("template", files({"votes.csv": votes, "bookings.csv": bookings}))
    [(voter,)] = rows("SELECT pseudonym FROM participant")
    [(booker,)] = rows("SELECT person FROM booking")
    key = conversation_key(keys, "talk")
    assert voter == key.pseudonyms(["p1"])["p1"]
    assert booker == key.booking_pseudonyms(["p1"])["p1"]
    assert voter != booker


def test_times_without_an_offset_are_local_to_the_conversation(bring, files, rows):
    ideas = "idea,posted_at,text\nA,2022-07-01T12:00,x\n"
    bring("template", files({"conversation.csv": "title,timezone\nT,America/New_York\n", "ideas.csv": ideas}))
    assert rows("SELECT posted_at_ms / 3600000 % 24 FROM idea_version") == [(16,)]
    # A later file without the conversation table is read in the time zone the conversation has.
    bring("template", files({"ideas.csv": ideas.replace("A,", "B,")}, "later"), conversation="talk")
    assert rows("SELECT DISTINCT posted_at_ms / 3600000 % 24 FROM idea_version") == [(16,)]


def test_a_time_zone_that_is_none_is_a_fault(bring, files):
    with pytest.raises(ImportRefused) as refused:
        bring("template", files({"conversation.csv": "title,timezone\nT,Londn\n"}))
    assert [(fault.row, fault.column, fault.shape) for fault in refused.value.faults] == [
        (2, "timezone", "text of 5 characters")
    ]


def test_a_threshold_below_five_is_a_fault(bring, files):
    with pytest.raises(ImportRefused, match="threshold  number 4  expected a whole number, 5 or more"):
        bring("template", files({"conversation.csv": "title,threshold\nT,4\n"}))


def test_a_conversation_is_described_once(bring, files):
    with pytest.raises(ImportRefused, match="the same key as another row"):
        bring("template", files({"conversation.csv": "title\nOne\nTwo\n"}))


def test_the_plan_alone_is_checked_and_handed_on_without_a_conversation(bring, files, rows):
    report = bring("template", files({"updates.csv": "action,as_at,recorded_at,status\n3,,2022-03-01,On Track\n"}))
    assert report.number is None
    assert report.desk_frames["updates"].select("action", "status").rows() == [(3, "on track")]
    assert rows("SELECT count(*) FROM conversation") == [(0,)]


def test_names_that_lead_nowhere_are_kept_counted_and_said(bring, files):
    report = bring(
        "template",
        files(
            {
                "ideas.csv": "idea,posted_at,text\nA,2022-03-01,x\n",
                "comments.csv": "comment,idea,reply_to,posted_at,text\nc1,A,,2022-03-01,x\nc2,B,c9,2022-03-01,y\n",
                "feedback.csv": "point,session,text\nf1,s1,note\n",
            }
        ),
    )
    assert [(end["table"], end["column"], end["rows"]) for end in report.proof["loose_ends"]] == [
        ("comments", "idea", 1),
        ("comments", "reply_to", 1),
        ("feedback", "session", 1),
    ]
    assert "feedback.csv: 1 rows name sessions that are not there, in session." in " ".join(report.notices)


def test_files_of_other_names_are_not_read_and_that_is_said(bring, files):
    report = bring("template", files({"ideas.csv": "idea,posted_at,text\nA,2022-03-01,x\n", "notes.csv": "a\n"}))
    assert report.notices == ("Not read, as no table has their name: notes.csv.",)
    assert [file["role"] for file in report.proof["files"]] == ["imported: ideas", "not used"]


def test_one_table_in_two_places_is_refused(bring, files, tmp_path: Path):
    folder = files({"ideas.csv": "idea,posted_at,text\nA,2022-03-01,x\n"})
    as_xlsx(folder, {"ideas": EXAMPLES["ideas"]})
    with pytest.raises(ImportRefused, match="the table ideas again"):
        bring("template", folder)


def test_a_folder_without_any_table_is_refused(bring, files):
    with pytest.raises(ImportRefused, match="There is no table of the template"):
        bring("template", files({"notes.csv": "a,b\n1,2\n"}))


@pytest.mark.parametrize("form", FORMATS)
def test_the_empty_template_reads_as_every_table_left_empty(form: str, bring, tmp_path: Path):
    """Header-only tables are what we hand out: they are left out, and all of them is nothing to import."""
    written = write_template(tmp_path / "empty", form)
    assert GUIDE in [file.name for file in written]
    with pytest.raises(ImportRefused, match="There is no table of the template with rows in it"):
        bring("template", tmp_path / "empty")


@pytest.mark.parametrize("form", FORMATS)
def test_writing_the_template_again_replaces_nothing(form: str, tmp_path: Path):
    first = write_template(tmp_path, form)
    first[0].write_text("mine")
    assert write_template(tmp_path, form) == ()
    assert first[0].read_text() == "mine"


def test_the_template_has_three_forms_and_no_other(tmp_path: Path):
    with pytest.raises(NothingThere, match="csv, xlsx, ods"):
        write_template(tmp_path, "docx")


def test_the_guide_names_every_column_of_every_table():
    lines = guide().splitlines()
    for table in TEMPLATE:
        assert f"## {table.name}" in lines
        section = lines[lines.index(f"## {table.name}") :]
        named = [line.split("`")[1] for line in section[: _end(section)] if line.startswith("| `")]
        assert named == [column.name for column in table.columns]


def _end(section: list[str]) -> int:
    return next((place for place, line in enumerate(section) if place and line.startswith("## ")), len(section))


def test_numbers_of_a_workbook_read_as_they_look(bring, rows, tmp_path: Path):
    """A programme kept as a number, a date kept as a date: what a spreadsheet shows is what is stored."""
    (tmp_path / "talk").mkdir()
    with xlsxwriter.Workbook(tmp_path / "talk" / "cohorts.xlsx") as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["cohort", "programme", "held_on", "capacity"])
        sheet.write_row(1, 0, [7, "P1"])
        sheet.write_datetime(1, 2, date(2022, 3, 4), workbook.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(1, 3, 24)
    bring("template", tmp_path / "talk")
    assert rows("SELECT source_id, held_on, capacity FROM cohort") == [("7", "2022-03-04", 24)]


def test_typed_frames_have_the_same_columns_whatever_the_file_left_out(bring, files):
    report = bring("template", files({"plan_actions.csv": "number,theme\n1,One\n"}))
    assert report.desk_frames["plan_actions"].schema["due_latest"] == pl.Date
