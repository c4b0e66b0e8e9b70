"""`doctor`: an installation looked at from outside, well and unwell."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.desk import audit, jobs, worker_signs
from data_access.desk.engine import open_desk
from data_access.desk.users import add_user
from data_access.frames import TABLES
from data_access.health import findings
from data_access.releases.store import ReleaseFacts, write_release
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from data_access.vocabulary import Role
from tests.databases import on_files

pytestmark = on_files
NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def whole(settings: Settings) -> Settings:
    """An installation in which everything is as it should be."""
    open_vault(settings.vault_url).dispose()
    settings.keys_folder.mkdir(mode=0o700)
    (settings.keys_folder / "autumn.key").touch(mode=0o600)
    with open_desk(settings.desk_url).begin() as connection:
        add_user(connection, name="ann", password="seven quiet elements", role=Role.LEADER, now=NOW, cost=4)
        audit.record(connection, who="ann", what="signed in", scope="", release=None, now=NOW)
    about = ReleaseFacts(published_at=NOW, code_version="test", thresholds={})
    write_release(settings.releases_folder, {table.name: table.empty() for table in TABLES}, about)
    return settings


def unwell(settings: Settings) -> dict[str, str]:
    return {finding.subject: finding.says for finding in findings(settings, NOW) if not finding.is_fine}


def test_a_whole_installation_needs_no_attention(whole: Settings) -> None:
    assert [(finding.subject, finding.is_fine) for finding in findings(whole, NOW)] == [
        ("home", True), ("vault", True), ("keys", True), ("desk", True), ("accounts", True), ("audit log", True),
        ("worker", True), ("releases", True), ("release 1", True),
    ]  # fmt: skip


def test_looking_at_an_empty_place_makes_nothing(settings: Settings) -> None:
    assert set(unwell(settings)) == {"home", "desk", "releases"}
    assert not settings.home.exists()


def test_a_computer_that_only_serves_has_no_vault_and_is_well(whole: Settings) -> None:
    (whole.home / "vault.db").unlink()
    assert unwell(whole) == {}


def test_a_release_with_a_changed_file_needs_attention(whole: Settings) -> None:
    file = next((whole.releases_folder / "0001").glob("votes_by_idea*.parquet"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"x")
    assert list(unwell(whole)) == ["release 1"]


def test_a_changed_audit_log_needs_attention(whole: Settings) -> None:
    with open_desk(whole.desk_url).begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_update"))
        connection.execute(text("UPDATE audit_entry SET who = 'bo'"))
    assert "row 1" in unwell(whole)["desk"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_keys_that_others_can_read_need_attention(whole: Settings) -> None:
    (whole.keys_folder / "autumn.key").chmod(0o644)
    assert unwell(whole) == {"keys": "others on this computer can reach autumn.key"}


def test_a_desk_without_accounts_needs_attention(whole: Settings) -> None:
    with open_desk(whole.desk_url).begin() as connection:
        connection.execute(text("UPDATE account SET is_disabled = 1"))
    assert unwell(whole) == {"accounts": "0 may sign in"}


@pytest.mark.parametrize("url", ["postgresql://ann:hush@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.db"])
def test_a_database_that_does_not_answer_is_said_so_without_its_address(whole: Settings, url: str) -> None:
    away = whole.model_copy(update={"vault_database": url, "desk_database": url})
    said = [finding for finding in findings(away, NOW) if finding.subject in ("vault", "desk")]
    assert "hush" not in str(said)
    assert {finding.subject for finding in said} == {"vault", "desk"}
    assert not next(finding for finding in said if finding.subject == "desk").is_fine


def test_a_damaged_vault_needs_attention(whole: Settings) -> None:
    Path(whole.home / "vault.db").write_bytes(b"not a database" * 100)
    for name in ("vault.db-wal", "vault.db-shm"):
        (whole.home / name).unlink(missing_ok=True)
    assert unwell(whole) == {"vault": "does not answer"}


def test_a_job_that_nobody_will_do_needs_attention(whole: Settings) -> None:
    with open_desk(whole.desk_url).begin() as connection:
        jobs.ask(connection, kind="publish ungrouped", arguments={}, asked_by="ann", now=NOW)
    assert unwell(whole) == {"worker": "none is running; 1 job waits or runs"}
    with open_desk(whole.desk_url).begin() as connection:
        worker_signs.show(connection, "host", started_at=NOW, now=NOW - timedelta(seconds=3))
    [said] = [finding.says for finding in findings(whole, NOW) if finding.subject == "worker"]
    assert said == "alive, seen 3 s ago; 1 job waits or runs"
