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
from sqlalchemy import Engine, create_engine, inspect, make_url, text

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


def set_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Say in the environment that an empty installation is there; on a server vault and desk have new databases."""
    patch.setenv("LOOKFORWARD_HOME", str(home))
    for name in ("VAULT_URL", "DESK_URL", "RELEASES", "KEYS"):
        patch.delenv(f"LOOKFORWARD_{name}", raising=False)
    if IS_ON_SERVER:
        for name in ("VAULT_URL", "DESK_URL"):
            patch.setenv(f"LOOKFORWARD_{name}", empty_url())


def address(engine: Engine) -> str:
    """Give the whole address of a vault or a desk, for a process of its own."""
    return engine.url.render_as_string(hide_password=False)


def stored(engine: Engine) -> bytes:
    """Give all that is stored: the bytes of SQLite's files, or every row of a server's tables as text."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        file = Path(str(engine.url.database))
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [
            row for table in tables for row in connection.execute(text(f'SELECT t::text FROM "{table}" t')).scalars()
        ]
    assert rows
    return "\n".join(rows).encode()


def is_sound(engine: Engine) -> bool:
    """Whether SQLite finds its file in order; a server's files are its own affair."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        return bool(connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"])


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
