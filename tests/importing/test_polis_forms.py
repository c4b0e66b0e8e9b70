"""Polis exports of every version, turned round, incomplete or damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data_access.importing.adapters._polis_files import parts_of
from data_access.importing.adapters._polis_sign import own_first_votes, sign
from data_access.importing.reading.source_files import SourceFile
from data_access.problems import ImportRefused
from tests import databases
from tests.prove.inverted import inverted

NEWER = {
    "2024-10-01-0930-abc-comments.csv": "timestamp,datetime,comment-id,author-id,agrees,disagrees,"
    "moderated,comment-body\n1700000000,x,0,7,1,1,1,First\n1700000060,x,1,8,1,0,-1,Second\n",
    "2024-10-01-0930-abc-votes.csv": "timestamp,datetime,comment-id,voter-id,vote\n"
    "1700000001,x,0,7,1\n1700000002,x,0,8,-1\n1700000061,x,1,8,1\n",
    "2024-10-01-0930-abc-participant-votes.csv": "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    "7,0,1,1,1,0,1,\n8,,1,2,1,1,-1,1\n",
    "2024-10-01-0930-abc-comment-groups.csv": "comment-id,comment,total-votes,total-agrees,"
    "total-disagrees,total-passes\n"
    "0,First,2,1,1,0\n1,Second,1,1,0,0\n",
    "2024-10-01-0930-abc-summary.csv": "topic,Newer talk\nurl,https://example.org\n",
    "abc-xid.csv": "participant,xid\n7,jo@example.org\n",
}


def test_the_newer_exporter_is_read_seconds_and_file_names_and_all(bring, files, rows):
    report = bring("polis", files(NEWER, "abc"))
    assert rows("SELECT cast_at_ms, value FROM vote ORDER BY id") == [
        (1_700_000_001_000, 1),
        (1_700_000_002_000, -1),
        (1_700_000_061_000, 1),
    ]
    assert rows("SELECT title FROM conversation") == [("Newer talk",)]
    assert rows("SELECT opinion_group FROM participant_version ORDER BY id") == [("0",), (None,)]
    assert report.proof["facts"]["participants_votes"]["differing"] == 0
    assert report.proof["facts"]["group_totals"]["equal_to_latest_votes"] == 2


def test_outside_ids_of_people_are_dropped(bring, files, vault):
    bring("polis", files(NEWER, "abc"))
    assert b"jo@example.org" not in databases.stored(vault)


# Every bundle that has votes; the sixth, american-assembly.bowling-green, has none.
BUNDLES = ("15-per-hour-seattle", "bg2050-volunteers", "london.youth.policing", "scoop-hivemind.ubi", "vtaiwan.uberx")

# First votes of authors on their own statements that are no pass, +1 and -1, counted by a plain reading of the files.
OWN_VOTES = {
    "15-per-hour-seattle": (41, 0),
    "bg2050-volunteers": (346, 0),
    "london.youth.policing": (24, 0),
    "scoop-hivemind.ubi": (18, 0),
    "vtaiwan.uberx": (162, 0),
}


@pytest.mark.parametrize("name", BUNDLES)
@pytest.mark.parametrize("which", [("votes.csv",), ("votes.csv", "comments.csv", "participants-votes.csv")])
def test_an_inverted_copy_is_turned_round_and_gives_the_votes_of_the_original(
    *, name: str, which: tuple[str, ...], bring, rows: Callable, tmp_path: Path, polis_data: Path
):
    bring("polis", polis_data / name)
    copied = tmp_path / "copy"
    shutil.copytree(polis_data / name, copied)
    inverted(copied, which)
    report = bring("polis", copied)
    counted = rows(
        "SELECT import_id, count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = 0), "
        "count(*) FILTER (WHERE value = -1) FROM vote GROUP BY import_id ORDER BY 1"
    )
    assert counted[0][1:] == counted[1][1:]
    facts = report.proof["facts"]
    assert facts["sign"]["is_inverted"] is True
    assert facts["sign"]["rule"] == "votes of authors on their own statements"
    assert facts["participants_votes"]["differing"] == 0
    assert any("wrong way round" in notice for notice in report.notices)


def test_every_bundle_with_votes_is_among_those_turned_round(polis_data: Path):
    assert tuple(sorted(file.parent.name for file in polis_data.glob("*/votes.csv"))) == BUNDLES


@pytest.mark.parametrize(("name", "own_agree", "own_disagree"), [(name, *OWN_VOTES[name]) for name in BUNDLES])
def test_of_an_untouched_bundle_nothing_is_claimed(*, name: str, own_agree: int, own_disagree: int, bring, polis_data):
    """The evidence is counted and told; the votes are taken as they stand and no notice says otherwise."""
    report = bring("polis", polis_data / name)
    told = report.proof["facts"]["sign"]
    assert (told["is_inverted"], told["own_agree"], told["own_disagree"]) == (False, own_agree, own_disagree)
    assert not [notice for notice in report.notices if "way round" in notice]


@pytest.mark.parametrize("name", BUNDLES)
def test_the_evidence_of_an_inverted_copy_is_that_of_the_original_turned_round(
    name: str, bring, tmp_path: Path, polis_data: Path
):
    copied = tmp_path / "copy"
    shutil.copytree(polis_data / name, copied)
    inverted(copied, ("votes.csv", "comments.csv", "participants-votes.csv"))
    told = bring("polis", copied).proof["facts"]["sign"]
    assert (told["own_disagree"], told["own_agree"]) == OWN_VOTES[name]


def votes(*cast: tuple[int, str, str, int]) -> pl.DataFrame:
    """time, voter, statement, value; in the order of the file."""
    frame = pl.DataFrame(cast, schema=["timestamp", "voter_id", "comment_id", "value"], orient="row")
    return frame.with_row_index("row", offset=2)


COMMENTS = pl.DataFrame({"comment_id": [str(n) for n in range(10)], "author_id": [f"a{n}" for n in range(10)]})
TOTALS = pl.DataFrame(schema={"comment_id": pl.String, "agrees": pl.Int64, "disagrees": pl.Int64})


def test_an_authors_first_vote_that_is_no_pass_is_the_evidence():
    cast = votes((1, "a0", "0", 0), (2, "a0", "0", 1), (3, "a0", "0", -1), (1, "b", "1", -1), (1, "a2", "2", -1))
    assert own_first_votes(cast, COMMENTS) == (1, 1)


@pytest.mark.parametrize(
    ("plus", "minus", "is_inverted", "is_clear"),
    [
        (5, 0, False, True),
        (0, 5, True, True),
        (8, 2, False, True),
        (2, 8, True, True),
        (0, 4, False, False),
        (4, 6, False, False),
    ],
)
def test_the_sign_is_turned_only_on_clear_evidence(plus: int, minus: int, is_inverted: bool, is_clear: bool):
    cast = votes(*((1, f"a{n}", str(n), 1 if n < plus else -1) for n in range(plus + minus)))
    decided = sign(cast, COMMENTS, TOTALS)
    assert decided.is_inverted is is_inverted
    assert (decided.own_agree, decided.own_disagree) == (plus, minus)
    assert decided.rule.startswith("votes of authors" if is_clear else "as documented")


def test_totals_decide_where_no_author_voted_on_the_own_statement():
    cast = votes(*((1, "b", str(n), -1) for n in range(6)))
    totals = pl.DataFrame({"comment_id": [str(n) for n in range(6)], "agrees": [1] * 6, "disagrees": [0] * 6})
    decided = sign(cast, COMMENTS, totals)
    assert (decided.is_inverted, decided.rule) == (True, "totals the platform counted")
    assert (decided.totals_same, decided.totals_opposite) == (0, 6)


def source(name: str) -> SourceFile:
    return SourceFile(name, b"", "")


def test_two_conversations_in_one_folder_are_refused():
    with pytest.raises(ImportRefused, match=r"Two files hold votes: a-votes\.csv and b-votes\.csv"):
        parts_of([source("a-votes.csv"), source("b-votes.csv"), source("a-comments.csv")])


def test_files_of_another_source_are_refused():
    with pytest.raises(ImportRefused, match="not the files of a Polis export"):
        parts_of([source("ideas.xlsx")])


def test_votes_on_ideas_nobody_supplied_wait_for_them(bring, files, rows):
    """The vote of row 3 is kept on an idea without words, which gets them when the idea arrives."""
    comments = "timestamp,comment-id,author-id,comment-body\n1700000000,0,7,First\n"
    late = comments + "1700000000,1,7,Second\n"
    cast = "timestamp,comment-id,voter-id,vote\n1700000001,0,7,1\n1700000002,1,7,-1\n"
    first = bring("polis", files({"votes.csv": cast, "comments.csv": comments}))
    assert first.proof["facts"]["votes"]["on_unknown_ideas"] == 1
    assert first.proof["loose_ends"] == [
        {"file": "votes.csv", "table": "votes", "column": "idea", "refers_to": "ideas", "rows": 1}
    ]
    unworded = "SELECT source_id FROM idea WHERE id NOT IN (SELECT idea_id FROM idea_version)"
    assert rows(unworded) == [("1",)]
    second = bring("polis", files({"comments.csv": late}))
    assert rows(unworded) == []
    assert [(line.table, line.new, line.unchanged) for line in second.ledger] == [("ideas", 1, 1), ("votes", 0, 2)]


def test_unquoted_words_with_commas_are_refused_row_by_row(bring, files, rows):
    comments = "timestamp,comment-id,author-id,comment-body\n1700000000,0,7,Yes, but\n1700000000,1,7,No\n"
    cast = "timestamp,comment-id,voter-id,vote\n1700000001,0,7,1\n"
    with pytest.raises(ImportRefused) as refused:
        bring("polis", files({"votes.csv": cast, "comments.csv": comments}))
    assert [(fault.file, fault.row, fault.shape) for fault in refused.value.faults] == [("comments.csv", 2, "5 cells")]
    assert str(refused.value).startswith("1 of 3 rows refused, nothing imported.")
    assert rows("SELECT count(*) FROM vote") == [(0,)]
