"""One import, one transaction: again changes nothing, newer rows are versions, undo restores."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data_access.importing.run import import_proof, list_imports, undo_import
from data_access.problems import BadConfiguration, ImportRefused, NothingThere, UserProblem, VaultUnavailable
from data_access.vault import engine as vault_engine
from data_access.vault.engine import open_vault, writing
from tests import databases

TALK = {
    "conversation.csv": "title,opens_on,closes_on,threshold\nOur talk,2022-03-01,2022-03-31,5\n",
    "participants.csv": "participant,participant_type,region\np1,HR/OD profession,Midlands\np2,Customer,London\n",
    "ideas.csv": "idea,author,posted_at,text\nA,p1,2022-03-01T09:00,Flexible hours\nB,p2,2022-03-01T09:05,Pay\n",
    "votes.csv": "participant,idea,cast_at,vote\np1,A,2022-03-01T10:00,agree\np2,A,2022-03-01T10:01,pass\n",
}
NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def counts(report) -> dict[str, tuple[int, int, int]]:
    return {line.table: (line.new, line.changed, line.unchanged) for line in report.ledger}


def test_the_same_files_again_change_nothing_and_say_when_they_came(bring, files, contents):
    first = bring("template", files(TALK))
    before = contents()
    again = bring("template", files(TALK), now=NOON + timedelta(days=1))
    assert contents() == before
    assert (again.number, again.was_already_imported, again.first_imported_at) == (first.number, True, NOON)
    assert again.notices == (f"These files were imported on 1 March 2022 at 12:00 UTC as import {first.number}.",)


def test_the_same_rows_in_another_file_are_all_unchanged(bring, files, contents):
    """Rows in another order and other line ends are other bytes and the same content."""
    bring("template", files(TALK))
    before = contents()
    header, *lines = TALK["votes.csv"].splitlines()
    shuffled = TALK | {"votes.csv": "\r\n".join([header, *reversed(lines), ""])}
    again = bring("template", files(shuffled))
    assert counts(again) == {
        "conversation": (0, 0, 1),
        "participants": (0, 0, 2),
        "ideas": (0, 0, 2),
        "votes": (0, 0, 2),
    }
    assert contents() == before


def test_a_changed_row_is_a_newer_version_and_the_older_stays(bring, files, rows):
    bring("template", files(TALK))
    changed = TALK | {"ideas.csv": TALK["ideas.csv"].replace("Pay", "Pay and grading") + "C,p2,2022-03-02,New\n"}
    assert counts(bring("template", files(changed)))["ideas"] == (1, 1, 1)
    versions = rows(
        "SELECT i.source_id, v.import_id, v.text FROM idea_version v JOIN idea i ON i.id = v.idea_id ORDER BY v.id"
    )
    assert versions == [("A", 1, "Flexible hours"), ("B", 1, "Pay"), ("B", 2, "Pay and grading"), ("C", 2, "New")]


def test_undo_takes_away_what_the_import_brought_and_nothing_else(bring, files, vault, contents, rows):
    bring("template", files(TALK))
    before = contents()
    newer = TALK | {
        "conversation.csv": "title,threshold\nRenamed,12\n",
        "ideas.csv": "idea,author,posted_at,text\nC,p9,2022-03-02,New\nA,p1,2022-03-01T09:00,Other words\n",
    }
    number = bring("template", files(newer)).number
    assert rows("SELECT title, threshold FROM conversation") == [("Renamed", 12)]
    undone = undo_import(vault, number, NOON)
    assert (undone.rows, undone.participants, undone.ideas) == ({"ideas": 2}, 1, 1)
    assert contents() == before
    assert rows("SELECT title, threshold, opens_on FROM conversation") == [("Our talk", 5, "2022-03-01")]
    assert [(one.number, one.state) for one in list_imports(vault)] == [(2, "undone"), (1, "committed")]
    assert import_proof(vault, number)["ledger"][1]["rows"] == 2


def test_undoing_the_only_import_leaves_no_trace_of_anybody(bring, files, vault, rows):
    bring("template", files(TALK))
    undo_import(vault, 1, NOON)
    for table in ("participant", "participant_version", "idea", "idea_version", "vote", "quarantine"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_files_of_an_undone_import_can_be_imported_again(bring, files, vault, contents):
    bring("template", files(TALK))
    undo_import(vault, 1, NOON)
    again = bring("template", files(TALK))
    assert (again.number, again.was_already_imported) == (2, False)
    assert counts(again)["votes"] == (2, 0, 0)


def test_only_the_newest_import_of_a_conversation_can_be_undone(bring, files, vault):
    bring("template", files(TALK))
    bring("template", files(TALK | {"ideas.csv": "idea,posted_at,text\nZ,2022-03-03,Last\n"}))
    with pytest.raises(UserProblem, match="undo import 2 first"):
        undo_import(vault, 1, NOON)
    undo_import(vault, 2, NOON)
    with pytest.raises(UserProblem, match="was undone already"):
        undo_import(vault, 2, NOON)
    with pytest.raises(NothingThere, match="There is no import 7"):
        undo_import(vault, 7, NOON)


def test_a_check_says_what_would_happen_and_writes_nothing(bring, files, contents, keys: Path, rows):
    report = bring("template", files(TALK), check_only=True)
    assert counts(report)["ideas"] == (2, 0, 0)
    assert (report.number, report.is_check) == (None, True)
    assert rows("SELECT count(*) FROM conversation") == [(0,)]
    assert not keys.exists()


FAULTY = TALK | {"votes.csv": TALK["votes.csv"] + "p2,B,2022-03-01T10:02,maybe\n"}


def test_one_refused_row_refuses_the_import_as_a_whole(bring, files, rows):
    with pytest.raises(ImportRefused) as refused:
        bring("template", files(FAULTY))
    assert str(refused.value).splitlines() == [
        "1 of 8 rows refused, nothing imported.",
        " votes.csv: 1 fault",
        "  row 4  vote  text of 5 characters  expected one of: agree, pass, disagree",
        "Fix the rows, or run again with --allow-refused to import the rest.",
    ]
    assert rows("SELECT count(*) FROM participant") == [(0,)]


def test_refused_rows_can_be_set_aside_and_are_kept_on_record(bring, files, rows):
    report = bring("template", files(FAULTY), allow_refused=True, accept_many=True)
    line = next(line for line in report.ledger if line.table == "votes")
    assert (line.rows, line.accepted, line.duplicate, line.quarantined) == (3, 2, 0, 1)
    assert rows('SELECT file, row, "column", shape, code FROM quarantine') == [
        ("votes.csv", 4, "vote", "text of 5 characters", "F44")
    ]


def test_a_check_reports_refused_rows_without_raising(bring, files):
    report = bring("template", files(FAULTY), check_only=True)
    assert [(fault.row, fault.column) for fault in report.faults] == [(4, "vote")]


def test_a_file_that_cannot_be_read_is_refused_whatever_is_allowed(bring, files, rows):
    with pytest.raises(ImportRefused, match="no column vote"):
        bring(
            "template", files(TALK | {"votes.csv": "participant,idea,cast_at\np1,A,2022-03-01\n"}), allow_refused=True
        )
    assert rows("SELECT count(*) FROM import_run") == [(0,)]


def test_people_are_pseudonyms_of_their_conversation_only(bring, files, rows):
    bring("template", files(TALK), conversation="one")
    bring("template", files(TALK), conversation="two")
    pseudonyms = [one for (one,) in rows("SELECT pseudonym FROM participant")]
    assert len(set(pseudonyms)) == 4


def test_a_lost_key_stops_the_next_import_instead_of_counting_people_twice(bring, files, keys: Path, contents):
    bring("template", files(TALK))
    (keys / "talk.key").unlink()
    before = contents()
    with pytest.raises(BadConfiguration, match="key of this conversation is missing"):
        bring("template", files(TALK | {"ideas.csv": "idea,posted_at,text\nZ,2022-03-03,Last\n"}))
    assert contents() == before


def test_a_second_writer_waits_for_the_first(bring, files, vault):
    bring("template", files(TALK))
    has_begun = threading.Event()

    def hold() -> None:
        with writing(vault):
            has_begun.set()
            time.sleep(0.4)

    other = threading.Thread(target=hold)
    other.start()
    has_begun.wait()
    assert undo_import(vault, 1, NOON).rows["votes"] == 2
    other.join()


@databases.on_files  # a server lets them wait as long as it takes
def test_a_writer_that_waited_too_long_says_that_an_import_runs(bring, files, vault, monkeypatch, contents):
    bring("template", files(TALK))
    before = contents()
    monkeypatch.setattr(vault_engine, "SQLITE_SETTINGS", ("busy_timeout=50", "journal_mode=WAL"))
    impatient = open_vault(str(vault.url))
    with writing(vault), pytest.raises(VaultUnavailable, match="in use by another import"):
        undo_import(impatient, 1, NOON)
    impatient.dispose()
    assert contents() == before
