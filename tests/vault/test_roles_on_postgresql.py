"""The two accounts of deploy/postgresql/roles.sql: the dashboard's can reach nothing of the vault."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

import dashboard.cli as command_line
from data_access.desk import audit, jobs, schema
from data_access.desk.engine import connect_desk, open_desk, reading
from data_access.desk.users import add_user, count_users
from data_access.health import Finding, findings
from data_access.problems import BadConfiguration, VaultUnavailable
from data_access.settings import Settings
from data_access.vault.engine import has_vault, open_vault
from data_access.vocabulary import Role
from tests.prove.postgres_server import server, server_programs

pytestmark = pytest.mark.postgres
ROLES = Path(__file__).parents[2] / "deploy" / "postgresql" / "roles.sql"
NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Server:
    """A server on which the shipped file was run."""

    keeper: str

    def url(self, account: str, database: str) -> str:
        address = make_url(self.keeper).set(username=account, database=database)
        return address.render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def prepared() -> Iterator[Server]:
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with server(programs) as keeper:
        run_file(keeper)
        yield Server(keeper)


def run_file(keeper: str) -> None:
    """Run the shipped file as its head says."""
    psql = shutil.which("psql")
    assert psql is not None
    address = make_url(keeper).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(
        [psql, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", ROLES, address],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def of_jobs(prepared: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The environment of the jobs; both databases were made by `lookforward migrate`."""
    monkeypatch.setenv("LOOKFORWARD_VAULT_URL", prepared.url("lookforward_jobs", "lookforward_vault"))
    monkeypatch.setenv("LOOKFORWARD_DESK_URL", prepared.url("lookforward_jobs", "lookforward_desk"))
    settings.home.mkdir(parents=True)
    if not command_line.app.registered_commands:
        command_line.gather()
    done = CliRunner().invoke(command_line.app, ["migrate"])
    assert done.exit_code == 0, done.output
    return Settings()


def test_a_dashboard_waits_for_the_jobs_to_make_the_desk(prepared: Server) -> None:
    """First of all: nothing was migrated yet. Its account may not make a table."""
    with pytest.raises(BadConfiguration, match="lookforward migrate"):
        open_desk(prepared.url("lookforward_dashboard", "lookforward_desk"))


def test_the_dashboards_account_may_not_open_the_vault(prepared: Server, of_jobs: Settings) -> None:
    url = prepared.url("lookforward_dashboard", "lookforward_vault")
    with pytest.raises(DBAPIError, match="permission denied for database"):
        create_engine(url).connect()
    for look in (open_vault, has_vault):
        with pytest.raises(VaultUnavailable, match="Check the account's rights"):
            look(url)


def test_not_even_one_let_into_the_database_reads_a_table_of_the_vault(prepared: Server, of_jobs: Settings) -> None:
    """A keeper's slip opens the door; the tables stay shut, and the doctor says so."""
    keeper = create_engine(prepared.keeper, isolation_level="AUTOCOMMIT")
    try:
        with keeper.connect() as connection:
            connection.execute(text("GRANT CONNECT ON DATABASE lookforward_vault TO lookforward_dashboard"))
        inside = create_engine(prepared.url("lookforward_dashboard", "lookforward_vault"))
        with inside.connect() as connection:
            assert readable(connection, "vote") == "permission denied for schema public"
        inside.dispose()
        assert found(of_jobs, "vault rights").says == "other accounts may open it: lookforward_dashboard"
        remedy = found(of_jobs, "vault rights").remedy
        with keeper.connect() as connection:
            connection.execute(text(remedy))
        assert found(of_jobs, "vault rights") == Finding("vault rights", True, "no other account may open it")
    finally:
        with keeper.connect() as connection:
            connection.execute(text("REVOKE ALL ON DATABASE lookforward_vault FROM lookforward_dashboard"))
        keeper.dispose()


def readable(connection, table: str) -> str:
    try:
        connection.execute(text(f"SELECT 1 FROM public.{table}"))
    except DBAPIError as error:
        return str(error.orig).splitlines()[0]
    return "readable"


def test_the_dashboards_account_does_all_the_dashboard_does_on_the_desk(prepared: Server, of_jobs: Settings) -> None:
    desk = open_desk(prepared.url("lookforward_dashboard", "lookforward_desk"))
    with desk.begin() as connection:
        add_user(connection, name="ann", password="seven quiet elements", role=Role.ANALYST, now=NOW, cost=4)
        audit.record(connection, who="ann", what="signed in", scope="", release=None, now=NOW)
        assert audit.verify_chain(connection) == 1  # after which rows are still added in the same transaction
        jobs.ask(connection, kind="count", arguments={}, asked_by="ann", now=NOW)
    with reading(desk) as connection:
        assert count_users(connection) == 1
        assert audit.verify_chain(connection) == 2  # the sign-in and the job asked for
        for table in schema.Base.metadata.sorted_tables:
            connection.execute(select(table).limit(0))
    for change in ("DROP TABLE audit_entry", "CREATE TABLE own (a int)", "ALTER TABLE audit_entry DISABLE TRIGGER ALL"):
        with pytest.raises(DBAPIError, match=r"must be owner|permission denied"), desk.begin() as connection:
            connection.execute(text(change))
    with pytest.raises(DBAPIError, match="audit log"), desk.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))
    desk.dispose()


def test_the_jobs_work_in_the_queue_of_the_dashboard(prepared: Server, of_jobs: Settings) -> None:
    with connect_desk(prepared.url("lookforward_dashboard", "lookforward_desk")).begin() as connection:
        number = jobs.ask(connection, kind="weigh", arguments={}, asked_by="ann", now=NOW)
    with open_desk(of_jobs.desk_url).begin() as connection:
        assert jobs.claim(connection, kinds=["weigh"], secret="w:1", now=NOW).id == number


def test_the_doctor_finds_accounts_that_may_do_everything(
    prepared: Server, of_jobs: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(of_jobs, "vault rights").is_fine
    keeper = make_url(prepared.keeper).username
    for name, database in (("VAULT", "lookforward_vault"), ("DESK", "lookforward_desk")):
        monkeypatch.setenv(f"LOOKFORWARD_{name}_URL", prepared.url(str(keeper), database))
    for subject in ("vault rights", "desk rights"):
        assert not found(Settings(), subject).is_fine
        assert found(Settings(), subject).says == "this account may do everything on its server"


def found(settings: Settings, subject: str) -> Finding:
    return next(one for one in findings(settings, NOW) if one.subject == subject)
