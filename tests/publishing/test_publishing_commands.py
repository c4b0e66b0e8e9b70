"""publish, releases, verify and cells, as typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from dashboard.cli import main
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.settings import Settings
from data_access.vault.engine import open_vault

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(settings: Settings, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Typed:
    """Run a command in an empty installation; give its exit code, output and errors."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lookforward", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfdbinary.readouterr()
        return int(ended.value.code or 0), said.out.decode(), said.err.decode()

    return run


@pytest.fixture
def imported(settings: Settings, polis_data: Path) -> Settings:
    """A small real conversation in the vault, not yet published."""
    from datetime import UTC, datetime

    engine = open_vault(settings.vault_url)
    import_files(
        engine=engine,
        keys_folder=settings.keys_folder,
        adapter="polis",
        paths=[polis_data / "london.youth.policing"],
        conversation="london",
        started_by="a test",
        now=datetime(2024, 1, 1, tzinfo=UTC),
        progress=silent,
    )
    engine.dispose()
    return settings


def test_publishing_says_what_it_did_and_that_nothing_has_changed(typed: Typed, imported: Settings):
    code, said, _ = typed("publish")
    assert (code, said.split(":")[0]) == (0, "Release 1 is published")
    code, said, _ = typed("publish")
    assert (code, said) == (0, "Nothing has changed since release 1; it stays current. --force writes a new one.\n")
    code, said, _ = typed("publish", "--force", "--json")
    assert (code, json.loads(said)["number"], json.loads(said)["is_new"]) == (0, 2, True)
    listed = json.loads(typed("releases", "--json")[1])
    assert [(one["number"], one["is_current"]) for one in listed] == [(1, False), (2, True)]


def test_publishing_an_empty_vault_says_what_to_type(typed: Typed):
    code, _, said = typed("publish")
    assert (code, "lookforward import" in said) == (4, True)


@pytest.mark.parametrize("words", [("releases",), ("verify",), ("verify", "1"), ("cells", "votes_by_idea")])
def test_without_a_release_every_command_says_so(typed: Typed, words: tuple[str, ...]):
    code, said, error = typed(*words)
    assert (code, said) == (4, "")
    assert error.startswith("There is no release")


def test_cells_are_printed_as_a_table_any_tool_reads(typed: Typed, imported: Settings, tmp_path: Path):
    typed("publish")
    _, text, _ = typed("cells", "votes_by_idea", "--format", "csv", "--where", "idea=1")
    assert text.splitlines() == [
        "conversation,idea,voters,agree,pass,disagree,comments,merged_from,is_seed",
        text.splitlines()[1],
    ]
    row = json.loads(typed("cells", "votes_by_idea", "--format", "json", "--where", "idea=1")[1])[0]
    assert (row["conversation"], row["idea"]) == ("london", "1")
    assert row["agree"] + row["pass"] + row["disagree"] == row["voters"]
    file = tmp_path / "cells.parquet"
    assert typed("cells", "votes_by_idea", "--format", "parquet", "--out", str(file))[0] == 0
    assert pl.read_parquet(file).filter(pl.col("idea") == "1").row(0, named=True) == row


def test_a_place_in_the_cells_that_is_not_there_is_a_problem_with_what_there_is(typed: Typed, imported: Settings):
    typed("publish")
    code, _, said = typed("cells", "votes")
    assert (code, "votes_by_idea" in said) == (4, True)
    code, _, said = typed("cells", "totals", "--where", "region=London")
    assert code == 5
    assert said == "totals has no column 'region'. Columns: conversation, measure, count, is_hidden.\n"
    code, _, said = typed("cells", "totals", "--where", "conversation=londn")
    assert (code, said) == (5, "No row of totals has conversation 'londn'. There are: london.\n")
    code, _, said = typed("cells", "totals", "--release", "7")
    assert (code, said) == (4, "There is no release 7. Releases: 1.\n")
    assert typed("cells", "totals", "--release", "newest")[0] == 5


def test_names_are_accepted_in_any_case_and_as_in_links(typed: Typed, imported: Settings):
    typed("publish")
    for name in ("We are a team", "we ARE a team", "we-are-a-team"):
        rows = json.loads(typed("cells", "votes_by_element", "--format", "json", "--where", f"element={name}")[1])
        assert [row["element"] for row in rows] == ["We are a team"]


def test_verify_finds_a_changed_byte(typed: Typed, imported: Settings):
    typed("publish")
    assert typed("verify", "current") == (0, "Release 1 is as it was written.\n", "")
    assert json.loads(typed("verify", "1", "--json")[1]) == {
        "release": 1,
        "differences": [],
        "witnesses_checked": False,
    }
    file = imported.releases_folder / "0001" / "words.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    code, _, said = typed("verify")
    assert code == 7
    assert "words.parquet was changed after it was written" in said


def test_cells_are_printed_with_the_vault_gone(typed: Typed, imported: Settings):
    typed("publish")
    for file in imported.home.glob("vault.db*"):
        file.unlink()
    assert typed("cells", "totals")[0] == 0
    assert list(imported.home.glob("vault.db*")) == []
