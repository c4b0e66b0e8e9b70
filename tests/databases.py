"""Where the tests' vaults and desks live: in SQLite files, or on PostgreSQL where TESTS_ON=postgresql says so.

The one place that knows. `make test-postgres` runs the rooms of imports, publishing, desk and jobs a second time. Each
test has a database of its own, copied from one that was migrated once: 50 ms instead of a second.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine, make_url

from data_access.desk.engine import open_desk
from data_access.vault.engine import open_vault
from tests.prove.postgres_server import server, server_programs

IS_ON_SERVER: Final = os.environ.get("TESTS_ON", "") == "postgresql"
# For tests of what only a file has: damage, rights of files, files beside it.
on_files = pytest.mark.skipif(IS_ON_SERVER, reason="is about the files of SQLite")
_OPENED: Final[dict[str, Callable[[str], object]]] = {"vault": open_vault, "desk": open_desk}
_numbers = itertools.count(1)


def vault_url(folder: Path) -> str:
    """Give the address of a new vault with the newest schema; on SQLite it is `vault.db` in the folder."""
    return _new("vault", folder)


def desk_url(folder: Path) -> str:
    """Give the address of a new desk with the newest schema; on SQLite it is `desk.db` in the folder."""
    return _new("desk", folder)


def empty_url() -> str:
    """Give the address of a database on the server that nothing was made in yet."""
    name = f"empty_{next(_numbers)}"
    _run(f"CREATE DATABASE {name}")
    return _named(name)


def _new(kind: str, folder: Path) -> str:
    if not IS_ON_SERVER:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_migrated_file(kind), folder / f"{kind}.db")
        return f"sqlite:///{folder / f'{kind}.db'}"
    name = f"{kind}_{next(_numbers)}"
    _run(f"CREATE DATABASE {name} TEMPLATE {_migrated_database(kind)}")
    return _named(name)


@cache
def _migrated_file(kind: str) -> Path:
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="lookforward-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = _OPENED[kind](f"sqlite:///{folder / f'{kind}.db'}")
    engine.dispose()  # type: ignore[attr-defined]  # both open to an engine
    return folder / f"{kind}.db"


@cache
def _migrated_database(kind: str) -> str:
    _run(f"CREATE DATABASE {kind}_migrated")
    engine = _OPENED[kind](_named(f"{kind}_migrated"))
    engine.dispose()  # type: ignore[attr-defined]  # both open to an engine
    return f"{kind}_migrated"


@cache
def _server() -> str:
    """Start the server when the first test wants it; it ends with the process."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("TESTS_ON=postgresql needs PostgreSQL: run tests/system-packages")
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(server(programs))


def _named(database: str) -> str:
    return make_url(_server()).set(database=database).render_as_string(hide_password=False)


def _run(statement: str) -> None:
    engine = create_engine(_server(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
