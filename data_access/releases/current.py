"""Which release is shown: a pointer that moves on with every release and back when an import is undone."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from data_access.problems import Tampered

POINTER = "current"
WITHDRAWN = "withdrawn.json"


def current_number(folder: Path) -> int | None:
    """Give the number of the release that is shown, or None before the first.

    Raises `Tampered` if the pointer does not hold a number.
    """
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    text = pointer.read_text(encoding="ascii", errors="replace").strip()
    if not text.isdecimal():
        raise Tampered(f"{pointer} does not hold the number of a release. Write the number into it.")
    return int(text)


def point_to(folder: Path, number: int | None) -> None:
    """Show that release from now on; None shows none."""
    if number is None:
        (folder / POINTER).unlink(missing_ok=True)
    else:
        write_whole(folder / POINTER, f"{number:04d}\n".encode())


def withdrawn_numbers(folder: Path) -> frozenset[int]:
    """Give the numbers of releases that rest on an import that was undone."""
    file = folder / WITHDRAWN
    if not file.exists():
        return frozenset()
    try:
        return frozenset(int(number) for number in json.loads(file.read_text()))
    except (ValueError, TypeError):
        raise Tampered(f"{file} is not a list of release numbers. Restore it from a backup.") from None


def mark_withdrawn(folder: Path, numbers: frozenset[int]) -> None:
    """Remember that these releases, among others, are withdrawn."""
    everything = sorted(withdrawn_numbers(folder) | numbers)
    write_whole(folder / WITHDRAWN, (json.dumps(everything) + "\n").encode())


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old content or the new, never half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Ask the disk to remember the names in a folder; systems that cannot are left alone."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
