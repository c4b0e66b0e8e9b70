"""Opening the vault: the settings that keep it whole, the schema it must have, and what it says when broken."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, select, text

from data_access.problems import VaultUnavailable
from data_access.vault.engine import open_vault, plain_words, writing
from data_access.vault.schema import Base


def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'vault.db'}"


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path: Path):
    with open_vault(url(tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_has_the_settings_that_keep_it_whole(setting: str, value: object, tmp_path: Path):
    with open_vault(url(tmp_path)).connect() as connection:
        assert connection.scalar(text(f"PRAGMA {setting}")) == value


def test_the_vault_is_made_where_only_its_owner_may_look(tmp_path: Path):
    open_vault(url(tmp_path))
    file = tmp_path / "home" / "vault.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_opening_again_changes_nothing(tmp_path: Path):
    open_vault(url(tmp_path)).dispose()
    before = (tmp_path / "home" / "vault.db").read_bytes()
    open_vault(url(tmp_path)).dispose()
    assert (tmp_path / "home" / "vault.db").read_bytes() == before


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path):
    engine = open_vault(url(tmp_path))
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(VaultUnavailable, match="made by a newer version"):
        open_vault(url(tmp_path))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


@pytest.mark.parametrize("content", [b"this is no database at all, whatever its name says" * 40])
def test_a_file_that_is_no_database_is_told_in_plain_words(content: bytes, tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "vault.db").write_bytes(content)
    with pytest.raises(VaultUnavailable, match="is not a database file, or is damaged"):
        open_vault(url(tmp_path))
    assert (tmp_path / "home" / "vault.db").read_bytes() == content


def test_damaged_pages_are_told_in_plain_words(tmp_path: Path):
    """The header and the list of tables are whole; the pages after them are not."""
    open_vault(url(tmp_path)).dispose()
    file = tmp_path / "home" / "vault.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: 4096 * 8] + b"\xff" * (len(whole) - 4096 * 8))
    with pytest.raises(VaultUnavailable, match=r"is damaged\. Restore it from a backup"):
        read_all(tmp_path)


def read_all(tmp_path: Path) -> None:
    engine = open_vault(url(tmp_path))
    with plain_words(engine), engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(select(table)).all()


def test_a_server_that_does_not_answer_is_told_without_its_password():
    with pytest.raises(VaultUnavailable, match="does not answer") as said:
        open_vault("postgresql://someone:secret@127.0.0.1:1/vault")
    assert "secret" not in str(said.value)


def test_an_address_that_is_none_is_told():
    with pytest.raises(VaultUnavailable, match="is not a database address"):
        open_vault("vault.db")


def test_a_transaction_that_fails_keeps_nothing(tmp_path: Path):
    engine = open_vault(url(tmp_path))
    with pytest.raises(ZeroDivisionError):
        delete_and_fail(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def delete_and_fail(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        raise ZeroDivisionError


def test_messages_of_the_driver_never_quote_what_was_being_stored(tmp_path: Path):
    engine = open_vault(url(tmp_path))
    with pytest.raises(Exception, match="no such table") as said, engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "what somebody said"})
    assert "what somebody said" not in str(said.value)
