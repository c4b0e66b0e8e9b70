"""Real Polis conversations come in whole: what the vault holds is what participants last said."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from data_access.importing.pseudonyms import conversation_key
from data_access.importing.run import import_proof
from data_access.problems import ImportRefused

COMPLETE = ("15-per-hour-seattle", "bg2050-volunteers", "london.youth.policing", "scoop-hivemind.ubi", "vtaiwan.uberx")


def matrix_cells(folder: Path) -> dict[tuple[str, str], int]:
    """A plain reading of participants-votes.csv: what each participant said of each statement."""
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as stream:
        return {
            (row["participant"], statement): int(cell)
            for row in csv.DictReader(stream)
            for statement, cell in row.items()
            if statement.isdecimal() and cell
        }


def stored_latest(rows, keys: Path, key: str) -> dict[tuple[str, str], int]:
    """A plain reading of the vault: of each pseudonym's votes on each idea, the last by time and row."""
    latest: dict[tuple[str, str], int] = {}
    for pseudonym, idea, value in rows(
        "SELECT p.pseudonym, i.source_id, v.value FROM vote v JOIN idea i ON i.id = v.idea_id "
        "JOIN participant p ON p.id = v.participant_id "
        f"JOIN conversation c ON c.id = i.conversation_id AND c.key = '{key}' ORDER BY v.cast_at_ms, v.position"
    ):
        latest[pseudonym, idea] = value
    return latest


@pytest.mark.parametrize("name", COMPLETE)
def test_stored_latest_votes_equal_the_matrix_for_every_participant_and_cell(
    name: str, bring, rows, keys: Path, polis_data: Path
):
    report = bring("polis", polis_data / name)
    cells = matrix_cells(polis_data / name)
    pseudonyms = conversation_key(keys, report.conversation).pseudonyms({participant for participant, _ in cells})
    expected = {(pseudonyms[participant], idea): value for (participant, idea), value in cells.items()}
    assert stored_latest(rows, keys, report.conversation) == expected
    compared = report.proof["facts"]["participants_votes"]
    assert (compared["cells"], compared["differing"]) == (len(expected), 0)


@pytest.mark.parametrize("name", COMPLETE)
def test_every_row_of_every_file_is_accounted_for(name: str, bring, rows, polis_data: Path):
    report = bring("polis", polis_data / name)
    for line in report.ledger:
        with (polis_data / name / line.file).open(newline="", encoding="utf-8") as stream:
            assert line.rows == sum(1 for _ in csv.reader(stream)) - 1
    stored = rows('SELECT file, "table", rows, accepted, duplicate, quarantined FROM import_ledger ORDER BY id')
    assert stored == [(x.file, x.table, x.rows, x.accepted, x.duplicate, x.quarantined) for x in report.ledger]


def test_the_one_vote_sent_twice_in_vtaiwan_counts_once(bring, polis_data: Path):
    votes = next(line for line in bring("polis", polis_data / "vtaiwan.uberx").ledger if line.table == "votes")
    assert (votes.rows, votes.accepted, votes.repeated) == (49_997, 49_996, 1)


def test_a_conversation_keeps_its_title_its_moderation_and_its_groups(bring, rows, polis_data: Path):
    bring("polis", polis_data / "vtaiwan.uberx")
    assert rows("SELECT key, title, source, timezone, moderation_mode, threshold FROM conversation") == [
        ("vtaiwan-uberx", "UberX 自用車載客 — vTaiwan.tw", "polis", "Europe/London", "permissive", 10)
    ]
    assert dict(rows("SELECT moderated, count(*) FROM idea_version GROUP BY 1")) == {-1: 78, 0: 20, 1: 99}
    groups = dict(rows("SELECT opinion_group, count(*) FROM participant_version GROUP BY 1"))
    assert groups == {None: 702, "0": 330, "1": 889}


def test_the_columns_of_july_2023_are_read(bring, rows, polis_data: Path):
    bring("polis", polis_data / "bg2050-volunteers")
    assert rows(
        "SELECT count(*) FILTER (WHERE is_seed), count(*) FILTER (WHERE is_meta), count(*) FROM idea_version"
    ) == [(25, 1, 371)]


def test_strict_moderation_is_kept_until_a_template_says_otherwise(bring, rows, polis_data: Path):
    bring("polis", polis_data / "london.youth.policing", strict=True)
    bring("polis", polis_data / "london.youth.policing")
    assert rows("SELECT moderation_mode FROM conversation") == [("strict",)]


def test_no_platform_id_of_a_person_reaches_the_vault(bring, rows, polis_data: Path):
    bring("polis", polis_data / "bg2050-volunteers")
    pseudonyms = [pseudonym for (pseudonym,) in rows("SELECT pseudonym FROM participant")]
    assert len(pseudonyms) == len(set(pseudonyms)) == 126
    assert {len(pseudonym) for pseudonym in pseudonyms} == {32}


def test_totals_are_counted_again_and_their_differences_kept(bring, vault, polis_data: Path):
    """Seattle's totals equal its vote events; 21 statements of 54 had a change of mind."""
    number = bring("polis", polis_data / "15-per-hour-seattle").number
    told = import_proof(vault, number)["facts"]
    assert told["comments_totals"]["equal_to_vote_events"] == 54
    assert told["comments_totals"]["equal_to_latest_votes"] == 33
    assert told["votes"] == {"events": 2995, "latest": 2872, "changed_their_mind": 123, "on_unknown_ideas": 0}


def test_a_wrong_total_is_told_with_its_statement(bring, tmp_path: Path, polis_data: Path):
    copied = tmp_path / "copy"
    shutil.copytree(polis_data / "london.youth.policing", copied)
    comments = copied / "comments.csv"
    first = ",35,23,2,1,1,"
    assert first in comments.read_text()
    comments.write_text(comments.read_text().replace(first, ",35,23,900,1,1,"))
    differing = bring("polis", copied).proof["facts"]["comments_totals"]["differing"]
    assert differing["statements"] == 1
    assert (differing["first"][0]["comment_id"], differing["first"][0]["agrees"]) == ("35", 900)
    assert differing["first"][0]["agrees_events"] == 2


def test_an_export_without_votes_is_refused_saying_what_to_do(bring, rows, polis_data: Path):
    with pytest.raises(ImportRefused) as refused:
        bring("polis", polis_data / "american-assembly.bowling-green")
    assert "has no votes.csv" in str(refused.value)
    assert "Ask whoever runs the conversation for votes.csv" in str(refused.value)
    assert rows("SELECT count(*) FROM conversation") == [(0,)]
