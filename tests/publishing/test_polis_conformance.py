"""Real conversations: a release says of every comment what its votes file says, added up in plain Python."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import Release, open_release
from data_access.vault.engine import open_vault
from tests.databases import vault_url

POLIS = Path(__file__).parents[1] / "data" / "polis"
COMPLETE = sorted(folder.name for folder in POLIS.iterdir() if (folder / "votes.csv").exists())
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def rows(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def latest_votes(folder: Path) -> dict[tuple[str, str], int]:
    """Each participant's latest vote on each comment; of one moment, the one further down the file."""
    latest: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows(folder, "votes.csv"):
        pair, moment = (row["voter-id"], row["comment-id"]), int(row["timestamp"])
        if pair not in latest or moment >= latest[pair][0]:
            latest[pair] = (moment, int(row["vote"]))
    return {pair: vote for pair, (_, vote) in latest.items()}


def expected_cells(folder: Path, *, is_strict: bool) -> dict[str, tuple[int, int, int, int]]:
    """agree, disagree, pass and voters of every comment that is shown."""
    hidden = {"-1", "0"} if is_strict else {"-1"}
    shown = {row["comment-id"]: [0, 0, 0] for row in rows(folder, "comments.csv") if row["moderated"] not in hidden}
    for (_, comment), vote in latest_votes(folder).items():
        if comment in shown:
            shown[comment][(1, -1, 0).index(vote)] += 1
    return {comment: (*counts, sum(counts)) for comment, counts in shown.items()}


def released(folder: Path, place: Path, *, is_strict: bool) -> Release:
    """The folder imported by itself, published and opened."""
    engine = open_vault(vault_url(place))
    import_files(
        engine=engine,
        keys_folder=place / "keys",
        adapter="polis",
        paths=[folder],
        conversation=None,
        strict=is_strict,
        started_by="a test",
        now=NOW,
        progress=silent,
    )
    manifest = publish(engine=engine, releases_folder=place / "releases", now=NOW, progress=silent)
    engine.dispose()
    return open_release(place / "releases", manifest.number)


@pytest.mark.parametrize("is_strict", [False, True], ids=["permissive", "strict"])
@pytest.mark.parametrize("name", COMPLETE)
def test_every_comment_has_the_latest_vote_of_every_participant(name: str, is_strict: bool, tmp_path: Path):
    release = released(POLIS / name, tmp_path, is_strict=is_strict)
    cells = release.table("votes_by_idea").select("idea", "agree", "disagree", "pass", "voters")
    assert {idea: tuple(counts) for idea, *counts in cells.rows()} == expected_cells(POLIS / name, is_strict=is_strict)


@pytest.mark.parametrize("name", COMPLETE)
def test_every_row_of_the_votes_file_has_a_fate(name: str, tmp_path: Path):
    """Counted, superseded and withheld add up to the rows; the counted ones are the latest on comments shown."""
    release = released(POLIS / name, tmp_path, is_strict=False)
    ledger = release.table("moderation").filter(pl.col("subject") == "votes")
    counted = ledger.filter(pl.col("outcome") == "counted")["count"].sum()
    assert ledger["count"].sum() == len({tuple(row.values()) for row in rows(POLIS / name, "votes.csv")})
    assert counted == sum(cell[3] for cell in expected_cells(POLIS / name, is_strict=False).values())
    assert release.table("totals").filter(pl.col("measure") == "votes")["count"].to_list() == [counted]
