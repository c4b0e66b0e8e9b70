"""Snapshots: written once, byte for byte the same from the same release, every change found, differences in words."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.filters import Selection
from dashboard.results import Result, answer
from dashboard.snapshots.comparing import compare
from dashboard.snapshots.figures import Figure, as_json, figure_of, from_json
from dashboard.snapshots.taking import Wish, take
from data_access.desk import audit
from data_access.desk import snapshots as register
from data_access.desk.engine import reading
from data_access.desk.snapshots import FIGURES, FOLDER
from data_access.problems import BadSelection, NothingThere, Tampered
from data_access.releases.store import Release
from data_access.vocabulary import ELEMENTS

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
TALK = Selection("talk")
VOTES = {"ideas": 3, "comments": 4, "participants": 30, "voters": 20, "pass": 5}


@pytest.fixture
def results_of(made_up_release):
    def results(agree: int = 30) -> list[Result]:
        source = made_up_release(
            votes_by_element=[
                {"element": ELEMENTS[2], "agree": agree, "disagree": 10, **VOTES},
                {"element": ELEMENTS[5], **dict.fromkeys(VOTES), "agree": None, "disagree": None, "is_hidden": True}
                | {"ideas": 1},
            ],
        )
        return [answer("vote_balance", source=source, selection=TALK), answer("funnel", source=source, selection=TALK)]

    return results


def wish(**changes: object) -> Wish:
    usual = Wish("Board, November", ("overview",), ("csv", "pdf"), {}, date(2026, 11, 20), "leader", (), "ann")
    return replace(usual, **changes)


@pytest.fixture
def taken(desk: Engine, release: Release, tmp_path: Path, results_of):
    def take_it(results: list[Result] | None = None, **changes: object) -> register.Kept:
        own = results_of() if results is None else results
        return take(wish(**changes), own, desk=desk, home=tmp_path, release=release, now=NOW)

    return take_it


def test_a_snapshot_is_a_row_a_folder_and_a_line_of_the_audit_log(taken, desk: Engine, tmp_path: Path):
    kept = taken()
    assert (kept.number, kept.name, kept.release, kept.role) == (1, "Board, November", 1, "leader")
    told = register.manifest_of(tmp_path, kept)
    assert told["figures"] == ["vote_balance", "funnel"]
    assert (told["threshold"], told["filters"]) == (10, "England, all elements")
    assert sorted(told["files"]) == sorted(
        path.name for path in (tmp_path / FOLDER / "0001").iterdir() if path.name != register.MANIFEST
    )
    with reading(desk) as connection:
        assert audit.entries(connection, 1)[0].what == "took snapshot 1"


def test_the_same_figures_give_the_same_files(taken, tmp_path: Path):
    first, second = (register.manifest_of(tmp_path, taken())["files"] for _ in range(2))
    assert first == second


def test_one_flipped_bit_anywhere_is_found_in_every_file(taken, tmp_path: Path):
    """Both ends and forty places between, drawn with a fixed seed; of the manifest every byte."""
    kept = taken()
    folder, drawn = tmp_path / FOLDER / "0001", random.Random(9)
    for file in sorted(folder.iterdir()):
        whole = file.read_bytes()
        every = range(len(whole)) if file.name == register.MANIFEST else drawn.sample(range(len(whole)), 40)
        for at in {0, len(whole) - 1, *every}:
            flipped = bytearray(whole)
            flipped[at] ^= 1 << drawn.randrange(8)
            file.write_bytes(flipped)
            assert len(register.faults_of(tmp_path, kept)) == 1
        file.write_bytes(whole)
        assert register.faults_of(tmp_path, kept) == []


def test_a_pack_says_each_part_while_it_is_made(desk, release, tmp_path: Path, results_of):
    told: list[tuple[str, int, int]] = []
    own = results_of()
    take(wish(formats=("csv", "pack")), own, desk=desk, home=tmp_path, release=release, now=NOW,
         progress=lambda *step: told.append(step))  # fmt: skip
    shares = [done / total for _, done, total in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert [step for step, _, _ in told][:4] == ["CSV", "Pack of all formats", "Excel", "OpenDocument"]
    assert own[0].metric.title in [step for step, _, _ in told]


def test_facts_that_are_days_are_told_as_days():
    said = [change.said for change in compare({"data_to": "2026-02-28"}, {"data_to": "2026-03-07"}, [], [])]
    assert said == ["The last day of data was 28 February 2026, now 7 March 2026."]


def test_rows_of_one_name_are_told_apart_by_their_other_words():
    kinds = ("text", "count", "text")
    old, new = (made([("a", count, "North"), ("a", 5, "South"), ("b", 1, "North")], kinds=kinds) for count in (3, 4))
    assert [change.said for change in compare({}, {}, [old], [new])] == ["a (North), votes: 3 became 4."]


def test_a_file_that_is_missing_or_strange_is_found(taken, tmp_path: Path):
    kept = taken()
    folder = tmp_path / FOLDER / "0001"
    (folder / "more.txt").write_text("x")
    assert register.faults_of(tmp_path, kept) == ["more.txt does not belong to snapshot 1"]
    (folder / "more.txt").unlink()
    (folder / FIGURES).unlink()
    assert "figures.json" in register.faults_of(tmp_path, kept)[0]
    with pytest.raises(Tampered):
        register.file_of(tmp_path, kept, FIGURES)


def test_a_file_that_was_deleted_with_wording_is_no_fault_and_is_said_to_be_gone(taken, tmp_path: Path):
    kept = taken()
    file = tmp_path / FOLDER / "0001" / FIGURES
    file.unlink()
    file.with_name(f"{FIGURES}.deleted.txt").write_text("Deleted.")
    assert register.faults_of(tmp_path, kept) == []
    with pytest.raises(NothingThere, match="deleted"):
        register.file_of(tmp_path, kept, FIGURES)


def test_a_snapshot_that_failed_half_way_leaves_nothing_and_the_next_one_takes_its_number(
    taken, desk: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: object, **_more: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", broken)
        with pytest.raises(OSError, match="no room"):
            taken()
    with reading(desk) as connection:
        assert register.snapshots(connection) == []
    assert [path.name for path in (tmp_path / FOLDER).iterdir() if not path.name.startswith(".")] == []
    assert taken().number == 1


@pytest.mark.parametrize("change", [{"name": "  "}, {"name": "x" * 121}, {"formats": ()}])
def test_a_snapshot_needs_a_name_a_figure_and_a_format(taken, change: dict[str, object]):
    with pytest.raises(BadSelection):
        taken(**change)


def test_nothing_to_take_is_said(taken):
    with pytest.raises(BadSelection, match="at least one page"):
        taken(results=[])


def test_an_unknown_number_names_those_there_are(taken, desk: Engine):
    taken()
    with reading(desk) as connection, pytest.raises(NothingThere, match=r"no snapshot 7\. Snapshots: 1"):
        register.snapshot(connection, 7)


def test_figures_are_read_back_as_they_were_written(results_of):
    figures = [figure_of(result) for result in results_of()]
    assert list(from_json(as_json(figures))) == figures
    assert "[c]" in {value for row in figures[0].rows for value in row}


def test_two_snapshots_that_say_the_same_differ_in_nothing(results_of):
    figures = [figure_of(result) for result in results_of()]
    assert compare({"release": 1}, {"release": 1}, figures, figures) == []


def test_a_changed_number_is_told_with_what_it_was(results_of):
    old, new = ([figure_of(result) for result in results_of(agree)] for agree in (30, 45))
    said = [change.said for change in compare({"release": 1}, {"release": 2}, old, new)]
    assert said[0] == "The release was 1, now 2."
    assert f"{ELEMENTS[2]}, agree: 30 became 45." in said


def made(
    rows: list[tuple[object, ...]], key: str = "k", kinds: tuple[str, ...] = ("text", "count", "status")
) -> Figure:
    return Figure(key, "Title", "Same headline", ("Name", "Votes", "Status"), kinds, 0, tuple(rows))


def test_ranks_statuses_and_what_came_and_went_are_told():
    old = made([("a", 9, "on track"), ("b", 8, "on track"), ("c", 7, "on track"), ("d", 6, "on track"), ("e", 5, "")])
    new = made([("d", 6, "at risk"), ("a", 9, "on track"), ("b", 8, "on track"), ("c", 7, "on track"), ("f", 5, "")])
    said = {change.said for change in compare({}, {}, [old], [new])}
    assert said == {
        "‘e’: no longer there.",
        "‘f’: new.",
        "d: on track became at risk.",
        "d moved up from place 4 to 1.",
    }


def test_many_changes_are_counted_and_figures_of_one_side_are_named():
    old = made([(str(at), at, "") for at in range(20)])
    new = made([(str(at), at + 1, "") for at in range(20)])
    said = [change.said for change in compare({}, {}, [old, made([], "gone")], [new, made([], "come")])]
    assert "15 more numbers differ; the data books have all." in said
    assert said[-2:] == ["is only in the earlier snapshot.", "is only in the later snapshot."]


def test_a_number_that_became_hidden_is_told_as_hidden():
    said = [c.said for c in compare({}, {}, [made([("a", 12, "")])], [made([("a", "[c]", "")])])]
    assert said == ["a, votes: 12 became [c]."]
