"""What commands write into the audit log, beside the pages' lines and in the same chain."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from data_access.desk import audit
from data_access.desk.audit_words import record_file
from data_access.desk.engine import open_desk
from data_access.settings import Settings

LONGEST = 80


def actor() -> str:
    """Name who types: the account of the operating system, marked so that it cannot be one of the dashboard.

    The system is asked, not the environment, where anybody may write any name.
    """
    return f"command line: {_account()}"[:LONGEST]


def check_log(settings: Settings) -> None:
    """Open the desk before something is done that will be noted there: `BadConfiguration` where it cannot be."""
    open_desk(settings.desk_url).dispose()


def note(settings: Settings, what: str, *, scope: str = "", release: int | None = None) -> None:
    """Add a line about what a command has done."""
    desk = open_desk(settings.desk_url)
    with desk.begin() as connection:
        audit.record(connection, who=actor(), what=what, scope=scope, release=release, now=datetime.now(UTC))
    desk.dispose()


def write_out(settings: Settings, path: Path, content: bytes, *, release: int | None = None) -> None:
    """Note a file with its name and SHA-256, then write it: none is there that is not in the log."""
    _note_files(settings, {path.name: content}, release)
    path.write_bytes(content)


def note_files(settings: Settings, written: Iterable[Path], *, release: int | None = None) -> None:
    """Note files that a command has written, with their names and SHA-256."""
    _note_files(settings, {path.name: path.read_bytes() for path in written}, release)


def _note_files(settings: Settings, files: Mapping[str, bytes], release: int | None) -> None:
    desk = open_desk(settings.desk_url)
    with desk.begin() as connection:
        for name, content in files.items():
            now = datetime.now(UTC)
            record_file(connection, who=actor(), name=name, content=content, release=release, now=now)
    desk.dispose()


def _account() -> str:
    if os.name != "posix":
        return getpass.getuser()
    import pwd  # noqa: PLC0415 - not there on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's account may have no name
        return f"uid {os.getuid()}"
