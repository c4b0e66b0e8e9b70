"""Feedback of sessions: answers to Microsoft Forms, and notes pasted from boards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from data_access.problems import ImportRefused
from data_access.vocabulary import FeedbackMoment
from tests import databases

POINTS = "SELECT session_source_id, question, text FROM feedback_point ORDER BY id"
HEADER = ["ID", "Start time", "Completion time", "Email", "Name", "Total points", "What went\nwell?"]
HEADER += ["Points - What went\nwell?", "Which\N{NO-BREAK SPACE}topics?", "How useful, 1 to 5?"]
RESPONSES = [
    [
        "1",
        "2/24/21 10:00:00",
        "2/24/21 10:05:00",
        "jo@x.uk",
        "Jo Bloggs",
        "",
        "Talking",
        "",
        "Pay;Flexible hours;",
        "4",
    ],
    ["2", "2/25/21 10:00:00", "2/25/21 10:07:00", "anonymous", "", "", "", "", "Pay;", "5"],
    ["3", "2/25/21 10:00:00", "2/25/21 10:09:00", "anonymous", "", "", "Talking", "", "", ""],
]


def form(place: Path, responses: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("Form1")
        for number, row in enumerate([HEADER, *responses]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return place


def test_answers_become_points_under_their_questions(bring, rows, vault, tmp_path: Path):
    """Two people who wrote the same are two points; choices stay one answer; ratings are no notes."""
    report = bring("forms", form(tmp_path / "Form.xlsx", RESPONSES), session="s1", conversation="talk", dates="us")
    assert rows(POINTS) == [
        ("s1", "What went well?", "Talking"),
        ("s1", "What went well?", "Talking"),
        ("s1", "Which topics?", "Pay; Flexible hours"),
        ("s1", "Which topics?", "Pay"),
    ]
    facts = report.proof["facts"]
    assert facts["responses"] == {"read": 3, "kept": 3, "refused": 0}
    assert facts["answers"] == {"asked": 6, "given": 4, "left_empty": 2}
    assert "Form.xlsx [Form1]: 1 questions were answered with numbers; they are no notes." in report.notices
    stored = databases.stored(vault)
    assert b"Flexible hours" in stored
    assert b"Bloggs" not in stored
    assert b"jo@x.uk" not in stored


def test_times_of_a_form_may_be_day_numbers_or_dates(bring, rows, tmp_path: Path):
    """44251.42 is 24 February 2021, 10:05; a cell of dates says the same."""
    with xlsxwriter.Workbook(tmp_path / "Form.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ID", "Completion time", "What?"])
        sheet.write_row(1, 0, [1, 44251.42, "As a number"])
        sheet.write_row(2, 0, [2, "", "As a date"])
        sheet.write_datetime(2, 1, datetime(2021, 2, 24, 10, 5), book.add_format({"num_format": "dd/mm/yy"}))  # noqa: DTZ001
    bring("forms", tmp_path / "Form.xlsx", session="s1")
    assert [text for _, _, text in rows(POINTS)] == ["As a number", "As a date"]


def test_a_response_without_a_time_is_set_aside_as_one_row(bring, tmp_path: Path):
    broken = [[*RESPONSES[0][:2], "soon", *RESPONSES[0][3:]], *RESPONSES[1:]]
    place = form(tmp_path / "Form.xlsx", broken)
    report = bring("forms", place, session="s1", dates="us", allow_refused=True, accept_many=True)
    (line,) = report.ledger
    assert (line.rows, line.accepted, line.quarantined) == (3, 2, 1)
    assert report.proof["facts"]["responses"] == {"read": 3, "kept": 2, "refused": 1}


def test_the_same_answers_again_change_nothing(bring, tmp_path: Path):
    """One more response in a newer download: its points are new, the others are known."""
    bring("forms", form(tmp_path / "Form.xlsx", RESPONSES[:2]), session="s1", conversation="t", dates="us")
    again = bring("forms", form(tmp_path / "Form.xlsx", RESPONSES), session="s1", conversation="t", dates="us")
    assert [(line.new, line.changed, line.unchanged) for line in again.ledger] == [(1, 0, 3)]


@pytest.mark.parametrize("adapter", ["forms", "notes"])
def test_whoever_imports_says_which_session(adapter: str, bring, files):
    with pytest.raises(ImportRefused, match="--session ID"):
        bring(adapter, files({"notes.txt": "One\n"}) / "notes.txt")


NOTES = "Parking\n\n# What helps?\n- Flexible hours\n2. Flexible hours\n\u2022 A place to talk, and time\n"


def test_pasted_notes_are_one_a_line_under_their_headings(bring, files, rows):
    report = bring("notes", files({"notes.txt": NOTES}) / "notes.txt", session="s1")
    assert rows(POINTS) == [
        ("s1", "", "Parking"),
        ("s1", "What helps?", "Flexible hours"),
        ("s1", "What helps?", "Flexible hours"),
        ("s1", "What helps?", "A place to talk, and time"),
    ]
    assert report.notices[0] == "notes.txt: 1 blank lines were left out."
    assert report.proof["facts"] == {"notes": 4, "session": "s1"}


def test_notes_may_come_as_a_table_of_board_frame_and_question(bring, files, rows):
    text = 'board,frame,note\nBoard A,1,"One, two"\nBoard A,,Three\n,,Three\n'
    report = bring("notes", files({"jam.csv": text}) / "jam.csv", session="s1")
    assert rows(POINTS) == [("s1", "Board A / 1", "One, two"), ("s1", "Board A", "Three"), ("s1", "", "Three")]
    assert [(line.rows, line.accepted) for line in report.ledger] == [(3, 3)]


def test_a_note_that_is_too_long_is_set_aside(bring, files):
    text = "short\n" * 60 + "x" * 20_001 + "\n"
    with pytest.raises(ImportRefused, match=r"row 61  note  text of 20,001 characters"):
        bring("notes", files({"notes.txt": text}) / "notes.txt", session="s1")


def test_a_file_of_blank_lines_holds_no_note(bring, files):
    with pytest.raises(ImportRefused, match="holds no note"):
        bring("notes", files({"notes.txt": "\n\n"}) / "notes.txt", session="s1")


def test_notes_of_a_session_nobody_supplied_are_kept_and_said(bring, files):
    report = bring("notes", files({"notes.txt": "One\n"}) / "notes.txt", session="s9")
    assert report.proof["loose_ends"] == [
        {"file": "notes.txt", "table": "feedback", "column": "session", "refers_to": "sessions", "rows": 1}
    ]


def test_the_same_notes_sent_for_another_session_are_not_known(bring, rows, tmp_path: Path):
    """Whoever mistook the session sends the file again for the right one: it must not count as imported before."""
    place = tmp_path / "board.txt"
    place.write_text("# What helps?\nTime to think\n")
    first = bring("notes", place, session="s1", conversation="talk")
    second = bring("notes", place, session="s2", conversation="talk")
    third = bring("notes", place, session="s2", conversation="talk", given=FeedbackMoment.ABOUT_SESSION)
    again = bring("notes", place, session="s2", conversation="talk", given=FeedbackMoment.ABOUT_SESSION)
    assert [one.was_already_imported for one in (first, second, third, again)] == [False, False, False, True]
    assert len({first.number, second.number, third.number}) == 3
    assert {session for session, *_ in rows(POINTS)} == {"s1", "s2"}
