"""After `erase` and `purge` no byte of what people wrote is left anywhere an installation keeps things."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from data_access.progress import silent
from data_access.releases.store import list_releases, verify_release
from data_access.retention.complete import complete_conversation
from data_access.retention.erase import erase_people
from data_access.retention.purge import purge_conversation
from data_access.settings import Settings
from tests.databases import on_files
from tests.prove.postgres_server import server, server_programs
from tests.retention.markers import ALL, ERASED, KEY, NOON, found, marker, plant

LATER = NOON + timedelta(days=30)


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, so that the search can read all of it."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def erase_half(settings: Settings) -> None:
    ids = [marker(number) for number in ERASED]
    erase_people(settings, ids, conversation=KEY, with_text=True, by="a test", now=NOON, progress=silent)


def end(settings: Settings) -> None:
    people = {"asked_by": "ann", "confirmed_by": "bob"}
    complete_conversation(settings, KEY, **people, now=NOON + timedelta(days=2), progress=silent)
    purge_conversation(settings, KEY, by="a test", now=LATER, progress=silent)


# People to be erased, their released ideas and comments, what moderators made of those, and every room beside.
GONE_WITH_ERASURE = {marker(number).encode() for number in (*range(100), *range(200, 300), *range(350, 400))}
BESIDE = {marker(number).encode() for number in range(470, 500)}


@on_files
def test_no_marker_is_left_in_an_installation_on_sqlite(settings: Settings, temp: Path):
    """Positive control first: all 500 are there, the ones in releases too."""

    def search() -> dict[bytes, set[str]]:
        return found([settings.home, temp])

    plant(settings, temp)
    before = search()
    missing = ALL - set(before) - {marker(number).encode() for number in range(200)}
    assert missing == set(), "the search does not find what is there"
    assert "texts.parquet" in before[marker(230).encode()]
    assert "vault.db.before-an older schema" in before[marker(300).encode()]
    erase_half(settings)
    after = search()
    assert {hit: files for hit, files in after.items() if hit in GONE_WITH_ERASURE | BESIDE} == {}
    assert marker(400).encode() in after, "the purge has nothing left to do"
    end(settings)
    assert search() == {}
    check_what_stays(settings)


def check_what_stays(settings: Settings) -> None:
    """Figures stay and releases verify, redactions included; a snapshot without wording stays too."""
    folder = settings.releases_folder
    assert [verify_release(folder, one.number) for one in list_releases(folder)] == [[], [], []]
    assert (settings.home / "snapshots" / "0001" / "votes.csv").is_file()
    left = sorted(path.name for path in (settings.home / "snapshots" / "0001").iterdir())
    assert left == ["board.pdf.deleted.txt", "board.pptx.deleted.txt", "ideas.csv.deleted.txt", "votes.csv"]
    assert not (settings.keys_folder / f"{KEY}.key").exists()


@pytest.mark.postgres
def test_no_marker_is_left_in_the_files_of_a_server(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    """Log segments that were finished with are deleted here instead of kept for reuse; see docs/privacy.md."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with server(programs) as url:
        data = _thrifty(url)
        temp = request.getfixturevalue("temp")  # only now: the server's own account cannot look into it
        monkeypatch.setenv("LOOKFORWARD_VAULT_URL", url)
        on_server = Settings()

        def search() -> dict[bytes, set[str]]:
            return found([settings.home, temp, data.parent])

        plant(on_server, temp)
        # Until its pages are written out a row stands in the log alone, where a page's end may cut a marker in two.
        _run_alone(url, "CHECKPOINT")
        assert {marker(number).encode() for number in range(200, 500)} <= set(search())
        erase_half(on_server)
        end(on_server)
        assert search() == {}


def _thrifty(url: str) -> Path:
    """Let a server delete its old log segments at once, and give the folder of its data."""
    settings = ("wal_recycle = off", "min_wal_size = '32MB'", "autovacuum = off")
    return Path(
        _run_alone(
            url,
            *(f"ALTER SYSTEM SET {setting}" for setting in settings),
            "SELECT pg_reload_conf()",
            "SHOW data_directory",
        )
    )


def _run_alone(url: str, *statements: str) -> str:
    """Run statements outside a transaction, and give the value the last one answers with, if it gives one."""
    engine = create_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        answer = str(results[-1].scalar()) if results[-1].returns_rows else ""
    engine.dispose()
    return answer


def test_the_search_finds_a_marker_however_it_is_packed(packed: Callable[[str], list[Path]]):
    """Guards the tests above: raw, in a ZIP within a ZIP, in Parquet, in mark-up that splits it."""
    for file in packed(marker(7)):
        assert found([file.parent]) == {marker(7).encode(): {file.name}}, file.name
