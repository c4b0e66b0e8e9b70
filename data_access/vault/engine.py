"""Opening the vault: SQLite in a file by default, PostgreSQL by URL, always at the newest schema.

Only jobs call this; the dashboard's process never learns the vault's address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data_access.problems import VaultUnavailable
from data_access.vault.backup import back_up
from data_access.vault.migrate import bring_forward, is_current, newest, revision

# WAL with FULL keeps every committed import through a power cut; secure_delete overwrites what an undo or
# an erasure removes; trusted_schema stops a planted view from running functions when the file is opened.
SQLITE_SETTINGS: Final = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    # 64 MiB of pages instead of 2: every vote looks its participant up, and a million of them take 60 MB.
    "cache_size=-65536",
)
_WRITING: Final = "vault_writing"
# The answer to a commit may have been lost on its way, so this cannot say that nothing was changed.
_GONE: Final = (
    "stopped while it was at work. The last import is there whole or not at all: see 'lookforward imports' "
    "when the server is back, and import again if it is not."
)
_NO_ADDRESS: Final = "The vault's address is not a database address. Expected sqlite:///FILE or postgresql://HOST/NAME."
_DAMAGED: Final = "is damaged. Restore it from a backup; releases are not affected."


def open_vault(url: str) -> Engine:
    """Open the vault at a SQLAlchemy URL, making its folder and its newest schema if needed.

    An SQLite file is looked through for damage first, and copied before an older schema is moved forward.
    `postgresql://` URLs use psycopg 3. Raises `VaultUnavailable` where the address is no database address,
    the file is locked or damaged, the server does not answer, or a newer version made the schema.
    """
    engine = _engine(url)
    try:
        with plain_words(engine):
            _check_whole(engine)
            _bring_forward(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def has_vault(url: str) -> bool:
    """Whether there is a vault at an address; looking makes none.

    Raises `VaultUnavailable` where a server does not answer or the address is none.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return bool(address.database) and Path(str(address.database)).is_file()
        engine = create_engine(address, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError):
        raise VaultUnavailable(_NO_ADDRESS) from None
    try:
        with plain_words(engine), engine.connect() as connection:
            return bool(revision(connection))
    finally:
        engine.dispose()


def _check_whole(engine: Engine) -> None:
    """Refuse a damaged file before anything is read from it or written to it.

    SQLite's quick check reads every page once and leaves indexes out: 20 ms for the demonstration's votes.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        address = engine.url.render_as_string(hide_password=True)
        raise VaultUnavailable(f"The vault at {address} {_DAMAGED}")


def _bring_forward(engine: Engine) -> None:
    # Looked at without the write lock first: opening must not wait for an import that is running.
    with engine.connect() as connection:
        is_newest = is_current(connection)
    if not is_newest:
        with writing(engine) as connection:
            if revision(connection):
                back_up(engine, newest())
            bring_forward(connection)


@contextmanager
def writing(engine: Engine, lock: str = "lookforward vault") -> Iterator[Connection]:
    """Hold one transaction that writes: all of it is kept, or none.

    SQLite takes its write lock at once (BEGIN IMMEDIATE), PostgreSQL an advisory lock of that name, so a
    second import waits instead of failing half-way.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(**{_WRITING: True})
        with connection.begin():
            if engine.dialect.name == "postgresql":
                number = int.from_bytes(hashlib.sha256(lock.encode()).digest()[:8], "big", signed=True)
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
            yield connection


@contextmanager
def plain_words(engine: Engine) -> Iterator[None]:
    """Turn what the database driver says about a broken or busy vault into `VaultUnavailable`."""
    try:
        yield
    except DBAPIError as error:
        reason = _reason(str(error.orig).casefold())
        if reason is None:
            raise
        raise VaultUnavailable(f"The vault at {engine.url.render_as_string(hide_password=True)} {reason}") from None


def _reason(said: str) -> str | None:
    """Say in plain words what the driver's message means; None for a bug of ours."""
    meanings = {
        # First: a server that refuses an account says "connection failed" in the same breath.
        "permission denied": "does not let this account in. Check the account's rights.",
        "database is locked": "is in use by another import. Try again when that one has finished.",
        "not a database": "is not a database file, or is damaged. Restore it from a backup.",
        "malformed": _DAMAGED,
        "unable to open": "cannot be opened. Check that the folder exists and may be written.",
        "readonly": "is read-only. Check the rights of the file and its folder.",
        "disk i/o error": "cannot be written: the disk refused. Nothing was changed. Check free space and quota.",
        "is full": "cannot be written: the disk is full. Nothing was changed.",
        "server closed the connection": _GONE,
        "terminating connection": _GONE,
        # What is said of it depends on how much of a COPY was under way.
        "connection is closed": _GONE,
        "connection is lost": _GONE,
        "connection reset": _GONE,
        "broken pipe": _GONE,
        "could not receive data": _GONE,
        "could not send data": _GONE,
        "no connection to the server": _GONE,
        "connection failed": "does not answer. Check that the server runs and the address is right.",
        "connection refused": "does not answer. Check that the server runs and the address is right.",
    }
    return next((meaning for words, meaning in meanings.items() if words in said), None)


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        # hide_parameters: no message of the driver may quote participants' words.
        if address.get_backend_name() != "sqlite":
            return create_engine(address, hide_parameters=True)
        if address.database and address.database != ":memory:":
            _private_file(Path(address.database))
        engine = create_engine(address, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError):
        raise VaultUnavailable(_NO_ADDRESS) from None
    except OSError as error:
        raise VaultUnavailable(f"The vault's folder cannot be made: {error.strerror}.") from None
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _private_file(file: Path) -> None:
    if not file.parent.exists():
        file.parent.mkdir(parents=True, mode=0o700)
    if not file.exists():
        file.touch(mode=0o600)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling starts transactions late and never IMMEDIATE; ours does it below.
    connection.isolation_level = None
    for setting in SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
