"""Whole copies of a database in one file, and back: SQLite's own backup, or PostgreSQL's pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url

from data_access.problems import BadConfiguration, UserProblem

_FILE: Final = "sqlite"


def copy_name(url: str, name: str) -> str:
    """Give the name of a copy's file: `vault.db` or `vault.dump`."""
    return f"{name}.{'db' if _is_file(make_url(url)) else 'dump'}"


def has_database(url: str) -> bool:
    """Whether there may be something to copy: a file that exists, or any server."""
    address = make_url(url)
    return not _is_file(address) or Path(str(address.database)).is_file()


def copy_out(url: str, target: Path) -> None:
    """Copy a database as it stands at one moment into a file that only its owner reads, others working meanwhile.

    Raises `UserProblem` where the server's program says it cannot.
    """
    address = make_url(url)
    target.touch(mode=0o600)
    if not _is_file(address):
        _run(address, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
        return
    with closing(sqlite3.connect(str(address.database))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def bring_back(copy: Path, url: str) -> None:
    """Put a copy in the place of a database: all of it, or nothing where it fails.

    Raises `BadConfiguration` where the copy is of the other kind of database, `UserProblem` where it fails.
    """
    address = make_url(url)
    if copy.suffix != Path(copy_name(url, "any")).suffix:
        raise BadConfiguration(f"{copy.name} was copied from another kind of database than the one configured here.")
    if not _is_file(address):
        # Rights come with the tables by roles.sql; --single-transaction leaves the old rows where anything fails.
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
        _run(address, "pg_restore", [*options, str(copy)])
        return
    place = Path(str(address.database))
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = place.with_name(f"{place.name}.restoring")
    shutil.copyfile(copy, waiting)
    waiting.chmod(0o600)
    for end in ("-wal", "-shm", "-journal"):
        Path(f"{place}{end}").unlink(missing_ok=True)
    waiting.replace(place)


def _run(address: URL, program: str, options: Sequence[str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise BadConfiguration(f"{program} is not on this computer. Install PostgreSQL's client programs.")
    plain = address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    command = [found, "--no-password", f"--dbname={plain}", *options]
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's own program
    if done.returncode:
        # Its first line names the cause; later ones may quote rows.
        said = next(iter(done.stderr.splitlines()), "no reason given")
        raise UserProblem(f"{program} failed: {said[:200]}")


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == _FILE
