"""Releases: written once, numbered, hashed, opened without anything else, and honest about being changed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.frames import BY_NAME, TABLES
from data_access.problems import NothingThere, Tampered
from data_access.releases.store import (
    ReleaseFacts,
    current_number,
    list_releases,
    open_release,
    verify_release,
    withdraw_releases,
    withdrawn_numbers,
    write_release,
)
from data_access.releases.writing import content_hash_of, parquet_files

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)


def tables(votes: int = 12) -> dict[str, pl.DataFrame]:
    totals = pl.DataFrame(
        {"conversation": ["a", "b"], "measure": ["voters"] * 2, "count": [votes, 40], "is_hidden": [False] * 2},
        schema=BY_NAME["totals"].schema,
    )
    return {**{table.name: table.empty() for table in TABLES}, "totals": totals}


def facts(*imports: str, at: datetime = NOON) -> ReleaseFacts:
    return ReleaseFacts(at, "0.1.0", {"a": 10, "b": 10}, imports or ("first",), {"days": "closed"})


def test_a_release_is_opened_as_it_was_written(tmp_path: Path):
    manifest = write_release(tmp_path, tables(), facts())
    release = open_release(tmp_path)
    assert (release.number, release.published_at, release.manifest) == (1, NOON, manifest)
    for table in TABLES:
        assert release.table(table.name).equals(tables()[table.name])
    assert release.table("totals", "b")["count"].to_list() == [40]
    assert verify_release(tmp_path, 1) == []


def test_releases_are_numbered_and_the_newest_is_shown(tmp_path: Path):
    write_release(tmp_path, tables(12), facts())
    write_release(tmp_path, tables(13), facts())
    assert [one.number for one in list_releases(tmp_path)] == [1, 2]
    assert (current_number(tmp_path), open_release(tmp_path).number) == (2, 2)
    assert open_release(tmp_path, 1).table("totals")["count"].to_list() == [12, 40]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0001", "0002", "current"]


def test_the_same_tables_give_the_same_bytes_however_they_were_built():
    whole = tables()
    pieces = {**whole, "totals": pl.concat([whole["totals"][:1], whole["totals"][1:]], rechunk=False)}
    assert parquet_files(whole) == parquet_files(pieces)
    assert content_hash_of(whole, facts()) == content_hash_of(pieces, facts(at=datetime(2025, 1, 1, tzinfo=UTC)))
    assert content_hash_of(whole, facts()) != content_hash_of(tables(13), facts())
    assert content_hash_of(whole, facts()) != content_hash_of(whole, facts("second"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_flipped_bit_anywhere_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, tables(), facts())
    files = sorted((folder / "0001").iterdir())
    file = data.draw(st.sampled_from(files))
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(content)
    assert len(verify_release(folder, 1)) == 1
    with pytest.raises(Tampered):
        open_release(folder).table(file.stem if file.stem != "manifest" else "totals")


def test_missing_and_foreign_files_are_named(tmp_path: Path):
    write_release(tmp_path, tables(), facts())
    (tmp_path / "0001" / "words.parquet").unlink()
    (tmp_path / "0001" / "extra.parquet").write_bytes(b"x")
    assert verify_release(tmp_path, 1) == ["words.parquet is missing", "extra.parquet does not belong to it"]


def test_a_release_renamed_to_another_number_is_found(tmp_path: Path):
    write_release(tmp_path, tables(), facts())
    (tmp_path / "0001").rename(tmp_path / "0002")
    assert verify_release(tmp_path, 2) == ["the manifest says it is release 1"]


def test_no_release_yet_says_what_to_type(tmp_path: Path):
    with pytest.raises(NothingThere, match="lookforward publish"):
        open_release(tmp_path / "nowhere")
    assert list_releases(tmp_path / "nowhere") == []


def test_an_unknown_number_or_table_says_what_there_is(tmp_path: Path):
    write_release(tmp_path, tables(), facts())
    with pytest.raises(NothingThere, match=r"no release 9\. Releases: 1"):
        open_release(tmp_path, 9)
    with pytest.raises(NothingThere, match="votes_by_idea"):
        open_release(tmp_path).table("votes")


def test_a_release_of_another_form_is_not_misread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_release(tmp_path, tables(), facts())
    monkeypatch.setattr("data_access.releases.store.SCHEMA_VERSION", 99)
    with pytest.raises(NothingThere, match="in another form"):
        open_release(tmp_path)


def test_a_table_that_breaks_its_promise_is_never_written(tmp_path: Path):
    broken = {**tables(), "totals": tables()["totals"].with_columns(is_hidden=pl.lit(value=True))}
    with pytest.raises(ValueError, match="a hidden row carries count"):
        write_release(tmp_path, broken, facts())
    missing = tables()
    del missing["words"]
    with pytest.raises(ValueError, match="words"):
        write_release(tmp_path, missing, facts())
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_leaves_the_earlier_release_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write_release(tmp_path, tables(), facts())

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("data_access.releases.writing.manifest_text", full)
    with pytest.raises(OSError, match="no space left"):
        write_release(tmp_path, tables(13), facts())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0001", "current"]
    assert open_release(tmp_path).number == 1


def test_withdrawing_moves_back_to_what_does_not_rest_on_the_import(tmp_path: Path):
    write_release(tmp_path, tables(12), facts("first"))
    write_release(tmp_path, tables(13), facts("first", "second"))
    write_release(tmp_path, tables(14), facts("first", "second", "third"))
    assert withdraw_releases(tmp_path, resting_on="second") == [2, 3]
    assert (current_number(tmp_path), withdrawn_numbers(tmp_path)) == (1, {2, 3})
    assert open_release(tmp_path, 3).table("totals")["count"].to_list() == [14, 40]
    assert write_release(tmp_path, tables(15), facts("first", "fourth")).number == 4
    assert withdraw_releases(tmp_path, resting_on="fourth") == [4]
    assert current_number(tmp_path) == 1
    assert withdraw_releases(tmp_path, resting_on="first") == [1]  # the others were withdrawn before
    assert current_number(tmp_path) is None
    with pytest.raises(NothingThere):
        open_release(tmp_path)


def test_withdrawing_an_import_no_release_rests_on_changes_nothing(tmp_path: Path):
    write_release(tmp_path, tables(), facts("first"))
    assert withdraw_releases(tmp_path, resting_on="other") == []
    assert current_number(tmp_path) == 1


def test_the_manifest_is_plain_json_with_a_hash_for_every_file(tmp_path: Path):
    write_release(tmp_path, tables(), facts())
    said = json.loads((tmp_path / "0001" / "manifest.json").read_text())
    assert {one["table"]: one["rows"] for one in said["files"]} == {
        table.name: 2 if table.name == "totals" else 0 for table in TABLES
    }
    assert said["thresholds"] == {"a": 10, "b": 10}


def test_opening_a_release_loads_nothing_that_knows_the_vault(tmp_path: Path):
    write_release(tmp_path, tables(), facts())
    code = (
        "import sys; from pathlib import Path; from data_access.releases.store import open_release\n"
        f"open_release(Path({str(tmp_path)!r})).table('totals')\n"
        "parts = ('vault', 'importing', 'publishing', 'disclosure')\n"
        "print([name for name in sys.modules if name == 'sqlalchemy' or name.split('.')[1:2] and name.split('.')[0] == "
        "'data_access' and name.split('.')[1] in parts])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"
