"""Deleting for good: a database keeps deleted rows in its files until they are written anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, String, Table, text
from sqlalchemy.exc import DBAPIError

from data_access.vault.schema import Base

_HELD_UP: Final = "SQLite's log could not be emptied: somebody is reading the vault. Run the command again."

# Segments are given up at the checkpoint after the one that ended them.
_OF_THE_SERVER: Final = (
    "VACUUM FULL pg_catalog.pg_statistic",
    "SELECT pg_switch_wal()",
    "CHECKPOINT",
    "SELECT pg_switch_wal()",
    "CHECKPOINT",
)


def compact(engine: Engine) -> tuple[str, ...]:
    """Write the vault's files anew without deleted rows; give what could not be done, in plain words.

    SQLite: VACUUM, then the write-ahead log is emptied. PostgreSQL: VACUUM FULL of every table and of the statistics
    that quote values, a checkpoint and a new log segment; older segments and archives go by the server's own rules.
    """
    if engine.dialect.name == "sqlite":
        return _compact_file(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return _compact_server(connection)


def files(engine: Engine) -> tuple[Path, ...]:
    """Give the files of an SQLite vault that are there; none for a server."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or database in (None, "", ":memory:"):
        return ()
    return tuple(path for end in ("", "-wal", "-shm", "-journal") if (path := Path(f"{database}{end}")).exists())


def _compact_file(engine: Engine) -> tuple[str, ...]:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    finally:
        raw.close()
    return (_HELD_UP,) if is_busy else ()


def _compact_server(connection: Connection) -> tuple[str, ...]:
    undone = []
    for table in Base.metadata.sorted_tables:
        connection.execute(text(_without_statistics(table, connection)))
        connection.execute(text(f'VACUUM FULL "{table.name}"'))
    for statement in _OF_THE_SERVER:
        try:
            connection.execute(text(statement))
        except DBAPIError:
            with suppress(DBAPIError):
                connection.rollback()
            undone.append(f"this account may not run {statement.removeprefix('SELECT ')}; ask the server's keeper to")
    return tuple(dict.fromkeys(undone))


def _without_statistics(table: Table, connection: Connection) -> str:
    """Give the statement that makes a server forget its statistics of a table's texts, which quote them.

    ANALYZE of an empty table leaves old statistics alone; giving a column the type it has drops them, without
    writing the table anew.
    """
    texts = [column for column in table.columns if isinstance(column.type, String)]
    changes = [f'ALTER COLUMN "{one.name}" TYPE {one.type.compile(connection.dialect)}' for one in texts]
    return f'ALTER TABLE "{table.name}" {", ".join(changes)}' if changes else "SELECT 1"
