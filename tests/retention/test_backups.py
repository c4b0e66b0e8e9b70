"""A backup brings the rows of erased people back; a restore takes them out again before anybody opens it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from data_access.desk.engine import open_desk, reading
from data_access.desk.users import add_user, count_users
from data_access.importing.run import import_files
from data_access.problems import BadConfiguration, NothingThere, Tampered
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import open_release, verify_release
from data_access.retention.backup import back_up
from data_access.retention.complete import complete_conversation
from data_access.retention.erase import erase_people
from data_access.retention.purge import purge_conversation
from data_access.retention.register import FILE, ErasedBefore, remembered
from data_access.retention.restore import do_again, restore
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from data_access.vocabulary import Role
from tests.erasure.conftest import FILES, KEY
from tests.prove.postgres_server import server, server_programs

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def talk(settings: Settings) -> Settings:
    """An installation in which three people talked; ann wrote idea i1 and comment c1, and voted once."""
    source = settings.home.parent / "source"
    source.mkdir()
    for name, content in FILES.items():
        (source / name).write_text(content, encoding="utf-8")
    engine = open_vault(settings.vault_url)
    import_files(
        engine=engine,
        keys_folder=settings.keys_folder,
        adapter="template",
        paths=[source],
        conversation=KEY,
        started_by="a test",
        now=NOON,
        progress=silent,
    )
    publish(engine=engine, releases_folder=settings.releases_folder, now=NOON, progress=silent)
    engine.dispose()
    with open_desk(settings.desk_url).begin() as connection:
        add_user(connection, name="ann", password="seven quiet elements", role=Role.LEADER, now=NOON, cost=4)
    return settings


@pytest.fixture
def on_file(settings: Settings) -> Settings:
    return talk(settings)


@pytest.fixture
def on_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with server(programs) as url:
        keeper = create_engine(url, isolation_level="AUTOCOMMIT")
        for name in ("vault", "desk"):
            with keeper.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            address = make_url(url).set(database=name).render_as_string(hide_password=False)
            monkeypatch.setenv(f"LOOKFORWARD_{name.upper()}_URL", address)
        keeper.dispose()
        yield talk(Settings())


def backed_up(settings: Settings, now: datetime = NOON, keep_days: int = 30) -> Path:
    target = settings.home.parent / "backups"
    return back_up(settings, target, keep_days=keep_days, now=now, progress=silent).folder


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    engine = open_vault(settings.vault_url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(sql))]
    engine.dispose()
    return found


def erase_ann(settings: Settings) -> None:
    erase_people(settings, ["ann"], conversation=KEY, with_text=True, by="a test", now=NOON + DAY, progress=silent)


def brought_back(settings: Settings, backup: Path) -> list[str]:
    done = restore(settings, backup, by="a test", now=NOON + 2 * DAY, progress=silent)
    return [one.kind for one in done.again]


def check_without_ann(settings: Settings) -> None:
    """Bob's vote and comment and cat's vote are there, ann's are not, nor is the wording of her idea."""
    assert rows(settings, "SELECT (SELECT count(*) FROM vote), (SELECT count(*) FROM comment)") == [(2, 1)]
    assert rows(settings, "SELECT text FROM idea_version ORDER BY text") == [("",), ("Somewhere to rest",)]
    assert rows(settings, "SELECT people, votes, comments FROM erasure") == [(1, 1, 1)]


def test_people_erased_after_a_backup_stay_erased_when_it_is_brought_back(on_file: Settings):
    backup = backed_up(on_file)
    erase_ann(on_file)
    assert brought_back(on_file, backup) == ["erasure"]
    check_without_ann(on_file)
    assert do_again(on_file, by="a test", now=NOON + 3 * DAY, progress=silent) == ()


def test_without_doing_it_again_they_would_be_back(on_file: Settings, monkeypatch: pytest.MonkeyPatch):
    """Guards the test above: the backup does hold ann's rows."""
    backup = backed_up(on_file)
    erase_ann(on_file)
    (on_file.keys_folder / FILE).unlink()
    assert brought_back(on_file, backup) == []
    assert rows(on_file, "SELECT count(*) FROM vote") == [(3,)]


@pytest.mark.postgres
def test_a_server_is_backed_up_and_brought_back_as_a_file_is(on_server: Settings):
    backup = backed_up(on_server)
    assert sorted(path.name for path in backup.glob("*.d*")) == ["desk.dump", "vault.dump"]
    erase_ann(on_server)
    with open_desk(on_server.desk_url).begin() as connection:
        add_user(connection, name="bob", password="seven quiet elements", role=Role.LEADER, now=NOON, cost=4)
    assert brought_back(on_server, backup) == ["erasure"]
    check_without_ann(on_server)
    with reading(open_desk(on_server.desk_url)) as connection:
        assert count_users(connection) == 1


def test_a_release_that_was_lost_comes_back_without_the_words_of_the_erased(on_file: Settings):
    backup = backed_up(on_file)
    erase_ann(on_file)
    for path in (on_file.releases_folder / "0001").iterdir():
        path.unlink()
    (on_file.releases_folder / "0001").rmdir()
    brought_back(on_file, backup)
    texts = open_release(on_file.releases_folder, 1).table("texts").filter(kind="idea").sort("id")
    assert texts["text"].to_list() == ["", "Somewhere to rest"]
    assert verify_release(on_file.releases_folder, 1) == []


def test_a_conversation_purged_after_a_backup_is_purged_again(on_file: Settings):
    backup = backed_up(on_file)
    erase_ann(on_file)
    complete_conversation(on_file, KEY, asked_by="ann", confirmed_by="bob", now=NOON + DAY, progress=silent)
    purge_conversation(on_file, KEY, by="a test", now=NOON + DAY, progress=silent)
    assert brought_back(on_file, backup) == ["purge"]
    counts = "SELECT (SELECT count(*) FROM vote), (SELECT count(*) FROM idea), (SELECT count(*) FROM participant)"
    assert rows(on_file, counts) == [(0, 0, 0)]


def test_the_register_names_nobody_without_the_key_and_nothing_is_restored_then(on_file: Settings):
    backup = backed_up(on_file)
    pseudonyms = [one for (one,) in rows(on_file, "SELECT pseudonym FROM participant")]
    erase_ann(on_file)
    written = (on_file.keys_folder / FILE).read_text()
    assert len(pseudonyms) == 3
    assert not any(one in written for one in [*pseudonyms, "ann"])
    (on_file.keys_folder / f"{KEY}.key").rename(on_file.home.parent / "kept-elsewhere.key")
    assert remembered(on_file.keys_folder) == (ErasedBefore(KEY, True, None),)
    with pytest.raises(BadConfiguration, match="Bring the copy of the keys' folder back first"):
        brought_back(on_file, backup)
    assert rows(on_file, "SELECT count(*) FROM vote") == [(2,)]


def test_keys_are_in_no_backup_and_old_backups_go(on_file: Settings):
    first = backed_up(on_file)
    assert [path for path in first.rglob("*") if path.suffix == ".key" or path.name == FILE] == []
    second = backed_up(on_file, now=NOON + 29 * DAY)
    assert (first.is_dir(), second.is_dir()) == (True, True)
    third = backed_up(on_file, now=NOON + 31 * DAY)
    assert (first.exists(), second.is_dir(), third.is_dir()) == (False, True, True)


def test_a_backup_that_is_not_as_written_is_refused_before_anything_is_changed(on_file: Settings):
    backup = backed_up(on_file)
    erase_ann(on_file)
    with (backup / "vault.db").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(Tampered, match=r"vault\.db"):
        brought_back(on_file, backup)
    (backup / "manifest.json").unlink()
    with pytest.raises(NothingThere, match="no whole backup"):
        brought_back(on_file, backup)
    check_without_ann(on_file)
