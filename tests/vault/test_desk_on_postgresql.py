"""The desk on PostgreSQL: here because the server of these tests is here."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from data_access.desk import audit, plan_schema, schema, throttle, users, visits  # noqa: F401 - they fill the metadata
from data_access.desk.base import Base
from data_access.desk.engine import open_desk, reading
from data_access.vocabulary import Role

pytestmark = pytest.mark.postgres
NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)
LIMITS = visits.Limits(timedelta(minutes=30), timedelta(hours=12))


@pytest.fixture
def desk(postgres: str) -> Iterator[Engine]:
    """A desk in a database of its own."""
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE desk"))
    engine = open_desk(make_url(postgres).set(database="desk").render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE desk"))
    server.dispose()


def test_the_desk_works_on_postgresql_as_on_sqlite(desk: Engine) -> None:
    with reading(desk) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    with desk.begin() as connection:
        ann = users.add_user(
            connection, name="ann", password="seven quiet elements", role=Role.HR, regions=["London"], now=NOW, cost=4
        )
        ticket = visits.issue_ticket(connection, ann, page="/ideas", now=NOW)
        secret, page = visits.start_visit(connection, ticket, limits=LIMITS, now=NOW)
        assert (page, visits.start_visit(connection, ticket, limits=LIMITS, now=NOW)) == ("/ideas", None)
        assert visits.find_visit(connection, secret, limits=LIMITS, now=NOW).user == ann
        assert visits.find_visit(connection, secret, limits=LIMITS, now=NOW + timedelta(minutes=30)) is None
        name = throttle.name_subject("ann")
        waits = [throttle.attempt(connection, (name,), NOW).total_seconds() for _ in range(6)]
        assert waits == [0, 0, 0, 0, 0, 2]


def test_writers_queue_the_chain_holds_and_the_database_refuses_changes(desk: Engine) -> None:
    def write(number: int) -> None:
        with desk.begin() as connection:
            audit.record(connection, who=f"writer {number}", what="wrote", scope="", release=None, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    with reading(desk) as connection:
        assert audit.verify_chain(connection) == 20
    for change in ("UPDATE audit_entry SET who = 'bo'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
        with pytest.raises(DBAPIError, match="audit log"), desk.begin() as connection:
            connection.execute(text(change))


def test_a_line_that_comes_while_the_chain_is_checked_is_no_alarm(desk: Engine) -> None:
    """The rows are read, somebody adds a line, then the head is read: both must be of one moment."""

    def write() -> None:
        with desk.begin() as connection:
            audit.record(connection, who="ann", what="wrote", scope="", release=None, now=NOW)

    write()
    with reading(desk) as connection:
        assert audit.verify_chain(connection) == 1
        write()
        assert audit.verify_chain(connection) == 1
    with reading(desk) as connection:
        assert audit.verify_chain(connection) == 2
