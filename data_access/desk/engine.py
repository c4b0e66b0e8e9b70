"""Open the desk: SQLite or PostgreSQL, brought to the newest schema first.

Writers begin with a write lock, so that two of them queue instead of failing half-way; readers say so with
`reading` and wait for nobody.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from data_access.problems import BadConfiguration

MIGRATIONS = Path(__file__).parent / "migrations"
# secure_delete overwrites what is deleted; trusted_schema off keeps a planted view from calling functions.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON",
           "trusted_schema=OFF")  # fmt: skip
# Any constant does: it names the one lock that migrations of the desk take on PostgreSQL.
MIGRATION_LOCK = 7_135_001


def open_desk(url: str) -> Engine:
    """Open the desk, make it if it is not there, and bring its schema up to date.

    Raises `BadConfiguration` when it cannot be reached, was made by a newer version of this program, or is an older
    one that this account may not change.
    """
    engine = connect_desk(url)
    try:
        if desk_version(engine) != newest_version():
            _upgrade(engine)
    except ProgrammingError as error:
        if "permission denied" not in str(error.orig).casefold():
            raise
        raise BadConfiguration(
            "The desk has not the form this version needs, and this account may not change it. Type 'lookforward "
            "migrate' with the account of the jobs."
        ) from None
    except OperationalError as error:
        raise BadConfiguration(f"The desk cannot be opened ({_reason(error)}). Look at LOOKFORWARD_DESK_URL.") from None
    return engine


def connect_desk(url: str) -> Engine:
    """Give an engine for the desk without touching its schema."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise BadConfiguration("LOOKFORWARD_DESK_URL is not a database address.") from None
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() == "postgresql":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
    raise BadConfiguration("LOOKFORWARD_DESK_URL: the desk lives in SQLite or PostgreSQL.")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads, takes no write lock, and sees everything as at one moment.

    PostgreSQL would else show each statement a later moment, and the audit log's head another than its rows.
    """
    as_at_once = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect() as connection:
        yield connection.execution_options(desk_reads=True, **as_at_once)


def desk_version(engine: Engine) -> str | None:
    """Name the schema the desk has now; none for a database without tables."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str | None:
    """Name the newest schema this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        folder = Path(address.database).expanduser().parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_private(Path(address.database))
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    """Make the file for its owner only before anything is in it; password hashes will be."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # the driver's own BEGIN takes its lock too late; `_begin` sends ours
    cursor = raw.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("desk_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _upgrade(engine: Engine) -> None:
    config = _config()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            raise BadConfiguration("The desk was made by a newer version of LookForward; update this one.")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _reason(error: OperationalError) -> str:
    """Say why without the address, which may hold a password."""
    return type(error.orig).__name__ if error.orig is not None else "no answer"
