"""The same vault on PostgreSQL: migrations, an import, its repetition and its undo."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from data_access.importing.run import import_files, undo_import
from data_access.progress import silent
from data_access.vault import reading
from data_access.vault.engine import open_vault
from data_access.vault.schema import Base
from tests.vault.visibility import seen_while_importing

pytestmark = pytest.mark.postgres
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def vault(postgres: str) -> Iterator[Engine]:
    """The vault of a schema of its own, so that every test starts with nothing."""
    engine = open_vault(postgres)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def bring(vault: Engine, tmp_path: Path, bundle: Path):
    return import_files(
        engine=vault,
        keys_folder=tmp_path / "keys",
        adapter="polis",
        paths=[bundle],
        conversation=None,
        started_by="a test",
        now=NOON,
        progress=silent,
    )


def counted(vault: Engine, query: str) -> list[tuple[object, ...]]:
    with vault.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_migrations_make_exactly_the_tables_of_the_schema(vault: Engine):
    with vault.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_an_import_a_repetition_and_an_undo_do_what_they_do_on_sqlite(vault: Engine, tmp_path: Path, polis_data: Path):
    report = bring(vault, tmp_path, polis_data / "scoop-hivemind.ubi")
    assert report.proof["facts"]["participants_votes"]["differing"] == 0
    assert counted(vault, "SELECT value, count(*) FROM vote GROUP BY value ORDER BY value") == [
        (-1, 1766),
        (0, 813),
        (1, 4595),
    ]
    assert bring(vault, tmp_path, polis_data / "scoop-hivemind.ubi").was_already_imported
    undone = undo_import(vault, 1, NOON)
    assert (undone.rows["votes"], undone.ideas) == (7174, 71)
    assert counted(vault, "SELECT count(*) FROM participant") == [(0,)]


def test_a_title_in_chinese_and_its_votes_come_back(vault: Engine, tmp_path: Path, polis_data: Path):
    report = bring(vault, tmp_path, polis_data / "vtaiwan.uberx")
    assert counted(vault, "SELECT title FROM conversation") == [("UberX 自用車載客 — vTaiwan.tw",)]
    assert [(line.table, line.accepted, line.duplicate) for line in report.ledger] == [
        ("ideas", 197, 0),
        ("votes", 49_996, 1),
        ("participants", 1_921, 0),
    ]


def test_rows_of_an_import_are_seen_only_once_it_is_committed(
    vault: Engine, postgres: str, tmp_path: Path, polis_data: Path
):
    """Another connection looks at every step of storing 7,174 votes: nothing, nothing, nothing, everything."""
    during, after = seen_while_importing(vault, postgres, tmp_path / "keys", polis_data / "scoop-hivemind.ubi")
    assert len(during) > 4
    assert set(during) == {(0, 0)}
    assert after == (1, 7_174)


def test_a_reader_sees_one_moment_whatever_is_imported_meanwhile(vault: Engine, tmp_path: Path, polis_data: Path):
    bring(vault, tmp_path, polis_data / "london.youth.policing")
    with reading.snapshot(vault) as before:
        assert reading.conversations(before)["key"].to_list() == ["london-youth-policing"]
        bring(vault, tmp_path, polis_data / "scoop-hivemind.ubi")
        assert reading.conversations(before)["key"].to_list() == ["london-youth-policing"]
    with reading.snapshot(vault) as after:
        assert reading.conversations(after).height == 2


def test_two_imports_of_the_same_files_at_once_are_one(vault: Engine, tmp_path: Path, polis_data: Path):
    """The second waits for the first at the door of the conversation, looks again and changes nothing."""
    with ThreadPoolExecutor(2) as both:
        reports = list(both.map(lambda _: bring(vault, tmp_path, polis_data / "london.youth.policing"), range(2)))
    assert sorted(report.was_already_imported for report in reports) == [False, True]
    assert counted(vault, "SELECT count(*) FROM vote") == [(640,)]
