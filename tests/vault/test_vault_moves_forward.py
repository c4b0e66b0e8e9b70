"""An older vault is copied before it is moved forward; a damaged one is never opened (F49)."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, make_url, text

from data_access.problems import VaultUnavailable
from data_access.vault import migrate
from data_access.vault.backup import backups
from data_access.vault.engine import open_vault, plain_words, writing


def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'vault.db'}"


def made_by_the_first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vault of schema 0001 with one conversation in it."""
    upgrade = command.upgrade
    with monkeypatch.context() as older:
        older.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
        engine = open_vault(url(tmp_path))
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO conversation "
                "(key, title, source, timezone, threshold, moderation_mode, has_pass, is_demo) "
                "VALUES ('talk', 'Talk', 'polis', 'Europe/London', 10, 'permissive', 1, 0)"
            )
        )
    engine.dispose()


def titles_and_revision(file: Path) -> tuple[list[str], str]:
    with closing(sqlite3.connect(file)) as connection:
        titles = [title for (title,) in connection.execute("SELECT title FROM conversation")]
        ((revision,),) = connection.execute("SELECT version_num FROM alembic_version")
    return titles, revision


def test_an_older_vault_is_copied_and_then_moved_forward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made_by_the_first_version(tmp_path, monkeypatch)
    open_vault(url(tmp_path)).dispose()
    newest = migrate.newest()
    (copy,) = backups(make_url(url(tmp_path)))
    assert copy.name == f"vault.db.before-{newest}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert titles_and_revision(copy) == (["Talk"], "0001")
    assert titles_and_revision(tmp_path / "home" / "vault.db") == (["Talk"], newest)


def test_a_new_vault_and_a_current_one_are_not_copied(tmp_path: Path):
    open_vault(url(tmp_path)).dispose()
    open_vault(url(tmp_path)).dispose()
    assert backups(make_url(url(tmp_path))) == ()


def test_a_migration_that_fails_leaves_the_older_vault_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made_by_the_first_version(tmp_path, monkeypatch)

    def fail(_config: object, _revision: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(ZeroDivisionError):
        open_vault(url(tmp_path))
    assert titles_and_revision(tmp_path / "home" / "vault.db") == (["Talk"], "0001")


@pytest.mark.parametrize("page", [3, 9, 20])
def test_a_vault_with_one_damaged_page_is_not_opened(page: int, tmp_path: Path):
    """Bytes flipped anywhere in a page of a table are found before anything is read or written."""
    open_vault(url(tmp_path)).dispose()
    file = tmp_path / "home" / "vault.db"
    whole = bytearray(file.read_bytes())
    start = 4096 * (page - 1)
    whole[start : start + 100] = bytes(byte ^ 0xFF for byte in whole[start : start + 100])
    file.write_bytes(whole)
    with pytest.raises(VaultUnavailable, match=r"is damaged\. Restore it from a backup"):
        open_vault(url(tmp_path))
    assert file.read_bytes() == bytes(whole)


def test_a_read_only_vault_says_so_when_it_is_to_be_written(tmp_path: Path):
    engine = open_vault(url(tmp_path))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.rollback()
    with pytest.raises(VaultUnavailable, match="is read-only"):
        delete_all(engine)


def delete_all(engine: Engine) -> None:
    with plain_words(engine), writing(engine) as connection:
        connection.execute(text("DELETE FROM conversation"))
