"""Adding many rows at once, in the caller's own transaction.

By the driver's own means and not through SQLAlchemy, which builds a dictionary and a set of parameters a row.
Not by ADBC either: it writes on a connection of its own, and an import is one transaction (ADR 6).
SQLite keeps indexes row by row, four fifths of the time of adding a million votes: where more rows come than are
there, its indexes are taken down and put up again, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from data_access.progress import Progress

# About 2 MB of votes at a time: enough that calls cost little, and a progress bar moves.
ROWS: Final = 5_000
# Rows in one statement: more do not make it faster, and SQLite takes 32,766 values in one.
ROWS_IN_STATEMENT: Final = 500
# From this many rows on SQLite's indexes are built at once afterwards.
MANY: Final = 50_000


def add_many(connection: Connection, table: Table, rows: pl.DataFrame, *, step: str, progress: Progress) -> None:
    """Insert every row of a frame whose columns are columns of the table; they are whole numbers and text.

    Rows are numbered in their order. PostgreSQL takes them by COPY, SQLite by one prepared statement.
    """
    with _indexes_afterwards(connection, table, rows.height):
        for start in range(0, rows.height, ROWS):
            with driver_errors(connection):
                _ADDED_BY.get(connection.dialect.name, _by_sqlalchemy)(connection, table, rows.slice(start, ROWS))
            progress(step, min(start + ROWS, rows.height), rows.height)


@contextmanager
def _indexes_afterwards(connection: Connection, table: Table, rows: int) -> Iterator[None]:
    """Take the indexes of a table down and put them up again where that is less work; SQLite only.

    PostgreSQL would lock readers out of the table meanwhile, and adds to indexes by pages. Should the work fail, the
    caller's transaction is rolled back, and the indexes with it.
    """
    is_worth_it = connection.dialect.name == "sqlite" and rows >= MANY and rows >= _rows_there(connection, table)
    indexes = sorted(table.indexes, key=lambda index: str(index.name)) if is_worth_it else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _rows_there(connection: Connection, table: Table) -> int:
    """Give how many rows a table may have, by its greatest number: counting would read all of it."""
    return connection.scalar(select(func.max(table.c.id))) or 0


@contextmanager
def driver_errors(connection: Connection) -> Iterator[None]:
    """Raise what the driver says as SQLAlchemy would, so that `engine.plain_words` finds it."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error, hide_parameters=True) from None


def _by_statement(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    row = f"({', '.join('?' for _ in rows.columns)})"
    insert_ = f"INSERT INTO {table.name} ({_columns(connection, rows)}) VALUES "  # noqa: S608 - names are our own
    many, cursor = insert_ + ", ".join([row] * ROWS_IN_STATEMENT), _cursor(connection)
    whole = rows.height - rows.height % ROWS_IN_STATEMENT
    for start in range(0, whole, ROWS_IN_STATEMENT):
        cursor.execute(many, list(chain.from_iterable(_tuples(rows.slice(start, ROWS_IN_STATEMENT)))))
    cursor.executemany(insert_ + row, _tuples(rows.slice(whole)))


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
