"""A release as open data: every cell as it is, hidden ones marked, no vote and no person, Polis' own columns."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from data_access.frames import TABLES, table_named
from data_access.releases.open_data import COMMENTS, dictionary, open_data, polis_files
from data_access.releases.store import Release, ReleaseFacts, open_release, write_release

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)


def frame(name: str, *rows: dict[str, object]) -> pl.DataFrame:
    table = table_named(name)
    whole = [{"conversation": "talk", **row} for row in rows]
    return pl.DataFrame([{column: row.get(column) for column in table.columns} for row in whole], schema=table.schema)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    votes = {"voters": 30, "comments": 0, "merged_from": 0, "is_seed": False}
    tables = {table.name: table.empty() for table in TABLES} | {
        "conversations": frame(
            "conversations",
            {"title": "Staff voice", "source": "polis", "threshold": 10, "timezone": "Europe/London", "rows": 9,
             "moderation_mode": "permissive", "has_pass": True, "has_places": False, "is_demo": True, "imports": 1},
        ),
        "totals": frame(
            "totals",
            {"measure": "voters", "count": 30, "is_hidden": False},
            {"measure": "commenters", "count": None, "is_hidden": True},
            {"measure": "ideas", "count": 2, "is_hidden": False},
        ),
        "votes_by_idea": frame(
            "votes_by_idea",
            {"idea": "1", "agree": 20, "pass": 3, "disagree": 7, **votes},
            {"idea": "2", "agree": 5, "pass": None, "disagree": 6, **votes, "is_seed": True},
        ),
        "idea_origins": frame(
            "idea_origins", {"idea": "1", "posted_week": date(2021, 2, 1), "is_seed": False, "has_note": False}
        ),
        "texts": frame(
            "texts",
            {"kind": "idea", "id": "1", "idea": "1", "title": "=SUM(A1)", "text": "", "is_held_back": False},
            {"kind": "idea", "id": "2", "idea": "2", "title": "Rotas", "text": "Six weeks", "is_held_back": False},
        ),
    }  # fmt: skip
    sorted_tables = {name: table.sort(table_named(name).key) for name, table in tables.items()}
    about = ReleaseFacts(published_at=NOW, code_version="test", thresholds={"talk": 10})
    write_release(tmp_path, sorted_tables, about)
    return open_release(tmp_path)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_every_table_is_there_with_every_cell_and_shorthand_for_what_is_not(release: Release):
    files = open_data(release)
    assert {name for name in files if name.startswith("tables/")} == {f"tables/{table.name}.csv" for table in TABLES}
    assert rows(files["tables/totals.csv"]) == [
        ["conversation", "measure", "count", "is_hidden"],
        ["talk", "commenters", "[c]", "true"],
        ["talk", "ideas", "2", "false"],
        ["talk", "voters", "30", "false"],
    ]
    assert b"fewer participants than the conversation's threshold are hidden: talk: 10" in files["README.md"]


def test_the_dictionary_names_every_column_of_every_table():
    told = {(row[0], row[1]) for row in rows(dictionary())[1:]}
    assert told == {(table.name, name) for table in TABLES for name in table.columns}


def test_polis_columns_hold_totals_and_weeks_and_no_author(release: Release):
    files = polis_files(release, "talk")
    assert rows(files["comments.csv"]) == [
        list(COMMENTS),
        ["2021-02-01", "1", "20", "7", "1", "'=SUM(A1)", "false", "3"],
        ["[x]", "2", "5", "6", "1", "Rotas: Six weeks", "true", "[x]"],
    ]
    assert rows(files["summary.csv"]) == [
        ["topic", "Staff voice"],
        ["voters", "30"],
        ["commenters", "[c]"],
        ["comments", "2"],
        ["conversation-description", "polis"],
    ]
    assert not {"author-id", "voter-id", "participant"} & set(COMMENTS)


def test_the_same_release_gives_the_same_files(release: Release):
    assert open_data(release) == open_data(release)
