"""Adding many rows at once, in the caller's own transaction.

By the driver's own means and not through SQLAlchemy, which builds a dictionary and a set of parameters a row.
Not by ADBC either: it writes on a connection of its own, and an import is one transaction (ADR 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

from data_access.progress import Progress

# About 2 MB of votes at a time: enough that calls cost little, and a progress bar moves.
ROWS: Final = 5_000


def add_many(connection: Connection, table: Table, rows: pl.DataFrame, *, step: str, progress: Progress) -> None:
    """Insert every row of a frame whose columns are columns of the table; they are whole numbers and text.

    Rows are numbered in their order. PostgreSQL takes them by COPY, SQLite by one prepared statement.
    """
    for start in range(0, rows.height, ROWS):
        with driver_errors(connection):
            _ADDED_BY.get(connection.dialect.name, _by_sqlalchemy)(connection, table, rows.slice(start, ROWS))
        progress(step, min(start + ROWS, rows.height), rows.height)


@contextmanager
def driver_errors(connection: Connection) -> Iterator[None]:
    """Raise what the driver says as SQLAlchemy would, so that `engine.plain_words` finds it."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error, hide_parameters=True) from None


def _by_statement(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    places = ", ".join("?" for _ in rows.columns)
    _cursor(connection).executemany(
        f"INSERT INTO {table.name} ({_columns(connection, rows)}) VALUES ({places})",  # noqa: S608 - names are our own
        _tuples(rows),
    )


def _by_copy(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    command = f"COPY {table.name} ({_columns(connection, rows)}) FROM STDIN WITH (FORMAT csv)"
    with _cursor(connection) as cursor, cursor.copy(command) as copy:
        copy.write(rows.write_csv(include_header=False).encode())


def _by_sqlalchemy(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    connection.execute(insert(table), rows.to_dicts())


_ADDED_BY: Final = {"sqlite": _by_statement, "postgresql": _by_copy}


def _columns(connection: Connection, rows: pl.DataFrame) -> str:
    return ", ".join(connection.dialect.identifier_preparer.quote(name) for name in rows.columns)


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()


def _tuples(rows: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    # Columns to lists at once, rows by zip: three times as fast as asking the frame for row after row.
    return zip(*(rows[name].to_list() for name in rows.columns), strict=True)
