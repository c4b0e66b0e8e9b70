"""Rows set aside come back as a file to mend and import again; a file of mostly bad rows takes a second word."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.rejects import rejects_csv, tamed_taken_off, write_rejects
from data_access.problems import ImportRefused

HEADER = "participant,idea,cast_at,vote\n"
GOOD = "".join(f"p{n},A,2022-03-01T10:00,agree\n" for n in range(100))


def kept(into: dict[str, pl.DataFrame]):
    return into.update


def written(rejected: dict[str, pl.DataFrame], place: Path) -> dict[str, list[dict[str, str]]]:
    files = write_rejects(rejected, place)
    return {
        file.name: list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))) for file in files
    }


def test_rejected_rows_can_be_mended_and_imported(bring, files, rows, tmp_path: Path):
    rejected: dict[str, pl.DataFrame] = {}
    votes = HEADER + GOOD + "p200,B,2022-03-02T10:00,maybe\np201,B,2022-03-02T10:00,pass,surplus\n"
    options = {"conversation": "talk", "allow_refused": True, "keep_rejects": kept(rejected)}
    report = bring("template", files({"votes.csv": votes}), **options)
    assert report.ledger[0].quarantined == 2
    (lines,) = written(rejected, tmp_path / "mend me.csv").values()
    assert [(line["participant"], line["vote"], line["surplus_cells"], line["rejected_row"]) for line in lines] == [
        ("p200", "maybe", "", "102"),
        ("p201", "pass", "surplus", "103"),
    ]
    assert lines[0]["rejected_for"] == "vote: text of 5 characters, expected one of: agree, pass, disagree"
    mended = tmp_path / "mend me.csv"
    mended.write_text(mended.read_text(encoding="utf-8-sig").replace("maybe", "disagree"), encoding="utf-8")
    again = bring("template", mended, conversation="talk")
    assert (again.ledger[0].accepted, again.faults) == (2, ())
    assert rows("SELECT value, count(*) FROM vote GROUP BY value ORDER BY 1") == [(-1, 1), (0, 1), (1, 100)]


def test_rejects_of_several_tables_are_as_many_files_for_their_owner_only(bring, files, tmp_path: Path):
    rejected: dict[str, pl.DataFrame] = {}
    talk = {"votes.csv": HEADER + "p1,A,2022-03-01,maybe\n", "ideas.csv": "idea,posted_at,text\nA,soon,x\n"}
    with pytest.raises(ImportRefused):
        bring("template", files(talk), keep_rejects=kept(rejected))
    assert sorted(written(rejected, tmp_path / "mend.csv")) == ["mend-ideas.csv", "mend-votes.csv"]
    assert stat.S_IMODE((tmp_path / "mend-votes.csv").stat().st_mode) == 0o600


def test_rejects_of_another_source_speak_the_words_of_the_template(bring, files, rows, tmp_path: Path):
    """A Polis export that was the wrong way round: its +1, set aside for its time, is a disagreement."""
    own = "".join(f"1700000001,{n},{n},-1\n" for n in range(6))
    votes = "timestamp,comment-id,voter-id,vote\n" + own + "someday,0,9,1\n"
    comments = "timestamp,comment-id,author-id,comment-body\n" + "".join(f"1700000000,{n},{n},w\n" for n in range(6))
    rejected: dict[str, pl.DataFrame] = {}
    options = {"conversation": "talk", "allow_refused": True, "accept_many": True, "keep_rejects": kept(rejected)}
    bring("polis", files({"votes.csv": votes, "comments.csv": comments}), **options)
    (line,) = written(rejected, tmp_path / "mend.csv")["mend.csv"]
    assert (line["participant"], line["idea"], line["cast_at"], line["vote"]) == ("9", "0", "someday", "disagree")
    mended = tmp_path / "mend.csv"
    mended.write_text(mended.read_text(encoding="utf-8-sig").replace("someday", "1700000005"), encoding="utf-8")
    bring("template", mended, conversation="talk")
    assert rows("SELECT value, count(*) FROM vote GROUP BY value ORDER BY 1") == [(-1, 1), (1, 6)]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=6), min_size=1))
def test_cells_a_spreadsheet_would_run_come_back_as_they_were(cells: list[str]):
    frame = pl.DataFrame({"text": cells})
    read = list(csv.reader(io.StringIO(rejects_csv(frame).decode("utf-8-sig"), newline="")))
    shown = [row[0] if row else "" for row in read[1:]]
    assert not [cell for cell in shown if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert tamed_taken_off(pl.DataFrame({"text": shown}))["text"].to_list() == cells


@pytest.mark.parametrize(("bad", "is_many"), [(2, False), (3, True)])
def test_more_than_two_in_a_hundred_take_a_second_word(*, bad: int, is_many: bool, bring, files, rows):
    """100 sound rows and 2 bad ones are 1.96 %; 3 are 2.9 %."""
    votes = HEADER + GOOD + "".join(f"q{n},A,2022-03-01,maybe\n" for n in range(bad))
    folder = files({"votes.csv": votes})
    if is_many:
        with pytest.raises(ImportRefused, match="More than 2% of the rows are refused") as refused:
            bring("template", folder, allow_refused=True)
        assert "--accept-many" in str(refused.value)
        assert rows("SELECT count(*) FROM import_run") == [(0,)]
    report = bring("template", folder, allow_refused=True, accept_many=is_many)
    assert report.ledger[0].quarantined == bad


def test_accepting_many_alone_accepts_none(bring, files):
    with pytest.raises(ImportRefused, match="1 of 1 rows refused"):
        bring("template", files({"votes.csv": HEADER + "p1,A,2022-03-01,maybe\n"}), accept_many=True)


def test_a_table_is_known_by_its_columns_whatever_its_file_is_called(bring, files, rows):
    report = bring("template", files({"export of tuesday.csv": HEADER + GOOD}), conversation="talk")
    assert [line.table for line in report.ledger] == ["votes"]
    assert rows("SELECT count(*) FROM vote") == [(100,)]


def test_answers_of_a_refused_response_come_back_as_rows_of_feedback(bring, rows, tmp_path: Path):
    """The response of row 3 has no readable time: each of its answers is a row to mend and bring again."""
    with xlsxwriter.Workbook(tmp_path / "Form.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ID", "Completion time", "What helps?", "What hinders?"])
        sheet.write_row(1, 0, ["1", "2021-02-24T10:05:00", "Rotas", "Time"])
        sheet.write_row(2, 0, ["2", "soon", "Rotas", "@Meetings"])
        sheet.write_row(3, 0, ["3", "later", "", ""])
    rejected: dict[str, pl.DataFrame] = {}
    options = {"allow_refused": True, "accept_many": True, "keep_rejects": kept(rejected), "conversation": "talk"}
    report = bring("forms", tmp_path / "Form.xlsx", session="s1", **options)
    assert [(line.rows, line.quarantined) for line in report.ledger] == [(4, 2)]
    (lines,) = written(rejected, tmp_path / "mend.csv").values()
    assert [(line["session"], line["question"], line["text"], line["rejected_row"]) for line in lines] == [
        ("s1", "What helps?", "Rotas", "3"),
        ("s1", "What hinders?", "'@Meetings", "3"),
        ("s1", "", "", "4"),
    ]
    assert lines[0]["rejected_for"].startswith("completion_time: ")
    mended = tmp_path / "mend.csv"
    mended.write_text("".join(mended.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:-1]), encoding="utf-8")
    again = bring("template", mended, conversation="talk")
    assert (again.ledger[0].new, again.faults) == (2, ())
    assert rows("SELECT text FROM feedback_point ORDER BY text") == [("@Meetings",), ("Rotas",), ("Rotas",), ("Time",)]


def test_a_note_that_is_too_long_comes_back_whole(bring, files, tmp_path: Path):
    rejected: dict[str, pl.DataFrame] = {}
    text = "# Helps\n" + "short\n" * 60 + "x" * 20_001 + "\n"
    options = {"allow_refused": True, "keep_rejects": kept(rejected)}
    bring("notes", files({"notes.txt": text}) / "notes.txt", session="s1", **options)
    (lines,) = written(rejected, tmp_path / "mend.csv").values()
    assert [(line["question"], len(line["text"])) for line in lines] == [("Helps", 20_001)]
