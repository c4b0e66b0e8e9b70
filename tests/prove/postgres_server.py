"""A PostgreSQL server of our own on loopback, for tests and for the proof by killing."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Where Debian keeps each version's programs; elsewhere they are on the path.
_DEBIAN = Path("/usr/lib/postgresql")


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Start a server with an empty database and give its URL; it is gone with all its data afterwards."""
    # Not in pytest's own folders: the server refuses to run as root, and they are root's alone.
    folder = Path(tempfile.mkdtemp(prefix="lookforward-postgres-"))
    as_other = _as_other_account(folder)
    data, port = folder / "data", _free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    try:
        subprocess.run(
            [*as_other, programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        subprocess.run(
            [*as_other, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        yield f"postgresql+psycopg://tests@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_other, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
            check=False,
            capture_output=True,
            cwd=folder,
        )
        shutil.rmtree(folder, ignore_errors=True)


def server_programs() -> Path | None:
    """Give the folder of PostgreSQL's programs, None where it is not installed."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


def _as_other_account(folder: Path) -> list[str]:
    """Give the words that run a program as an ordinary account; none are needed for one."""
    if os.geteuid() != 0:
        return []
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
