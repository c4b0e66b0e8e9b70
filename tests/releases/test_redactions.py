"""Wording goes from every release at once; numbers, and the proof that nothing else changed, stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from data_access.frames import TABLES
from data_access.problems import BadConfiguration, Tampered
from data_access.releases.manifest import ReleaseFacts
from data_access.releases.redacting import Redacted, redact
from data_access.releases.store import open_release, verify_release, write_release

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
IDEA = ("talk", "idea", "i1")


def texts(**worded: str) -> pl.DataFrame:
    rows = [
        {"conversation": "talk", "kind": "idea", "id": name, "idea": name, "title": "", "text": text}
        for name, text in worded.items()
    ]
    schema = next(table.schema for table in TABLES if table.name == "texts")
    return pl.DataFrame([{**row, "is_held_back": False} for row in rows], schema=schema)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Two releases: the second has one idea more."""
    folder = tmp_path / "releases"
    for worded in ({"i1": "first words"}, {"i1": "first words", "i2": "second words"}):
        tables = {table.name: table.empty() for table in TABLES} | {"texts": texts(**worded)}
        about = ReleaseFacts(published_at=NOON, code_version="0", thresholds={"talk": 10})
        write_release(folder, tables, about)
    return folder


@pytest.fixture
def blank(releases: Path, tmp_path: Path) -> Callable[..., Redacted]:
    def run(*posts: tuple[str, str, str]) -> Redacted:
        return redact(releases, posts, reason="erased on request", keys_folder=tmp_path / "keys", now=NOON)

    return run


def wordings(releases: Path, number: int) -> dict[str, str]:
    return dict(open_release(releases, number).table("texts").select("id", "text").rows())


def test_wording_goes_from_every_release_and_from_no_other_post(releases: Path, blank: Callable[..., Redacted]):
    assert blank(IDEA).texts == {1: 1, 2: 1}
    assert wordings(releases, 1) == {"i1": ""}
    assert wordings(releases, 2) == {"i1": "", "i2": "second words"}


def test_verify_accepts_a_redacted_release(releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    blank(("talk", "idea", "i2"))
    assert (verify_release(releases, 1), verify_release(releases, 2)) == ([], [])


def test_a_release_that_is_open_shows_the_wording_no_more(releases: Path, blank: Callable[..., Redacted]):
    opened = open_release(releases, 1)
    before = opened.edition
    assert opened.table("texts")["text"].to_list() == ["first words"]
    blank(IDEA)
    assert opened.table("texts")["text"].to_list() == [""]
    assert opened.edition != before


def test_blanking_twice_is_blanking_once(releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    once = (releases / "0001" / "redactions.json").read_bytes()
    assert blank(IDEA).texts == {}
    assert (releases / "0001" / "redactions.json").read_bytes() == once


def test_no_byte_of_the_wording_stays(releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    left = [
        path.name
        for path in releases.rglob("*")
        if path.is_file() and (b"first words" in path.read_bytes() or _holds(path, "first words"))
    ]
    assert left == []


def _holds(path: Path, words: str) -> bool:
    return path.suffix == ".parquet" and any(words in str(row) for row in pl.read_parquet(path).rows())


def test_other_bytes_are_found_after_a_redaction_too(releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    file = releases / "0002" / "texts.parquet"
    texts(i1="put back", i2="second words").write_parquet(file)
    assert any("texts.parquet" in difference for difference in verify_release(releases, 2))
    with pytest.raises(Tampered):
        open_release(releases, 2).table("texts")


@pytest.mark.parametrize(("field", "value"), [("texts", 2), ("reason", "nobody asked"), ("signature", "00" * 64)])
def test_a_redaction_nobody_signed_is_found(field: str, value: object, releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    file = releases / "0001" / "redactions.json"
    made = json.loads(file.read_text())
    made[0][field] = value
    file.write_text(json.dumps(made))
    assert "redaction 1 is not signed by this installation" in verify_release(releases, 1)


def test_a_redaction_of_another_release_does_not_count(releases: Path, blank: Callable[..., Redacted]):
    blank(IDEA)
    (releases / "0002" / "redactions.json").write_bytes((releases / "0001" / "redactions.json").read_bytes())
    assert "redaction 1 does not follow on what was there" in verify_release(releases, 2)


def test_what_was_interrupted_between_note_and_file_is_finished(releases: Path, blank: Callable[..., Redacted]):
    place = releases / "0001"
    old = (place / "texts.parquet").read_bytes()
    blank(IDEA)
    (place / ".texts.parquet.blanked").write_bytes((place / "texts.parquet").read_bytes())
    (place / "texts.parquet").write_bytes(old)
    assert verify_release(releases, 1) != []
    blank(IDEA)
    assert verify_release(releases, 1) == []
    assert wordings(releases, 1) == {"i1": ""}


def test_without_the_signing_key_nothing_more_is_redacted(
    releases: Path, tmp_path: Path, blank: Callable[..., Redacted]
):
    blank(IDEA)
    (tmp_path / "keys" / "_redactions.key").unlink()
    with pytest.raises(BadConfiguration, match="key that signs"):
        blank(("talk", "idea", "i2"))
    assert wordings(releases, 2)["i2"] == "second words"


def test_a_release_that_was_changed_by_hand_is_not_redacted(releases: Path, blank: Callable[..., Redacted]):
    texts(i1="other words").write_parquet(releases / "0001" / "texts.parquet")
    with pytest.raises(Tampered):
        blank(IDEA)
    assert wordings(releases, 2)["i1"] == "first words"
