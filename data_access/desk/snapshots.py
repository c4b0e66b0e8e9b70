"""Snapshots as they are kept: a row in the register and a folder of files that is written once and never changed.

    snapshots/0001/manifest.json     what was taken, from which release, by whom, with the hash of every file
    snapshots/0001/figures.json      every figure as rows of words and numbers, for comparing
    snapshots/0001/….pdf             the rendered files

The register holds the manifest's hash, so that a changed manifest is found too. Files are deleted where they said
wording that was withdrawn or erased; a note stands in their place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from data_access.desk import audit
from data_access.desk.keep_schema import SnapshotEntry
from data_access.problems import NothingThere, Tampered

FOLDER: Final = "snapshots"
MANIFEST: Final = "manifest.json"
FIGURES: Final = "figures.json"
DELETED: Final = ".deleted.txt"


@dataclass(frozen=True)
class Kept:
    """One snapshot of the register. `regions` are those its taker was bound to, none for England and all regions."""

    number: int
    name: str
    release: int
    selection: Mapping[str, Any]
    pages: tuple[str, ...]
    plan_as_at: date
    role: str
    regions: tuple[str, ...]
    taken_by: str
    taken_at: datetime
    manifest_hash: str


@dataclass(frozen=True)
class Taken:
    """What is about to be kept: facts for the register, the manifest without the files' hashes, and the files."""

    name: str
    release: int
    selection: Mapping[str, Any]
    pages: tuple[str, ...]
    plan_as_at: date
    role: str
    regions: tuple[str, ...]
    taken_by: str
    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]


def keep(connection: Connection, home: Path, taken: Taken, *, now: datetime) -> Kept:
    """Write a snapshot's folder and its row; both or neither.

    The folder gets its name last: a process that dies half-way leaves a hidden folder that the next one clears away.
    """
    number = (connection.scalar(select(func.max(SnapshotEntry.number))) or 0) + 1
    place = _place(home, number)
    waiting = place.with_name(f".{place.name}.new")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True, mode=0o700)
    told = _manifest(taken, number, now)
    for name, content in {**taken.files, MANIFEST: told}.items():
        (waiting / name).write_bytes(content)
    values = {
        "number": number,
        "name": taken.name,
        "release": taken.release,
        "selection": dict(taken.selection),
        "pages": list(taken.pages),
        "plan_as_at": taken.plan_as_at,
        "role": taken.role,
        "regions": list(taken.regions),
        "taken_by": taken.taken_by,
        "taken_at": now,
        "manifest_hash": sha256(told).hexdigest(),
    }
    connection.execute(insert(SnapshotEntry).values(**values))
    scope = ", ".join(taken.regions) or taken.role
    audit.record(
        connection, who=taken.taken_by, what=f"took snapshot {number}", scope=scope, release=taken.release, now=now
    )
    shutil.rmtree(place, ignore_errors=True)  # of an attempt whose row was never committed
    waiting.replace(place)
    return snapshot(connection, number)


def snapshots(connection: Connection) -> list[Kept]:
    """Give the register, newest first."""
    rows = connection.execute(select(SnapshotEntry).order_by(SnapshotEntry.number.desc()))
    return [_kept(row) for row in rows]


def snapshot(connection: Connection, number: int) -> Kept:
    """Give one snapshot; raises `NothingThere` naming those there are."""
    row = connection.execute(select(SnapshotEntry).where(SnapshotEntry.number == number)).one_or_none()
    if row is None:
        known = ", ".join(str(one.number) for one in snapshots(connection)) or "none yet"
        raise NothingThere(f"There is no snapshot {number}. Snapshots: {known}.")
    return _kept(row)


def manifest_of(home: Path, kept: Kept) -> dict[str, Any]:
    """Read a snapshot's manifest; raises `Tampered` where it is missing or is not the one that was written."""
    file = _place(home, kept.number) / MANIFEST
    content = file.read_bytes() if file.is_file() else b""
    if sha256(content).hexdigest() != kept.manifest_hash:
        raise Tampered(f"The manifest of snapshot {kept.number} is missing or was changed. Restore it from a backup.")
    found: dict[str, Any] = json.loads(content)
    return found


def file_of(home: Path, kept: Kept, name: str) -> bytes:
    """Read one of a snapshot's files.

    Raises `NothingThere` where it has none of that name or it was deleted, `Tampered` where it was changed.
    """
    expected = manifest_of(home, kept)["files"].get(name)
    file = _place(home, kept.number) / name
    if expected is None or file.with_name(f"{name}{DELETED}").is_file():
        raise NothingThere(f"Snapshot {kept.number} has no file {name}, or it was deleted with the wording it showed.")
    content = file.read_bytes() if file.is_file() else b""
    if sha256(content).hexdigest() != expected:
        raise Tampered(f"{name} of snapshot {kept.number} is missing or was changed. Restore it from a backup.")
    return content


def faults_of(home: Path, kept: Kept) -> list[str]:
    """Hold every file of a snapshot against its manifest; give the differences, none if it is as it was taken."""
    try:
        expected = manifest_of(home, kept)["files"]
    except Tampered as problem:
        return [str(problem)]
    found = []
    for name in expected:
        try:
            file_of(home, kept, name)
        except NothingThere:
            continue  # deleted on purpose, with a note
        except Tampered as problem:
            found.append(str(problem))
    known = {MANIFEST, *expected, *(f"{name}{DELETED}" for name in expected)}
    strange = sorted(path.name for path in _place(home, kept.number).iterdir() if path.name not in known)
    return found + [f"{name} does not belong to snapshot {kept.number}" for name in strange]


def _manifest(taken: Taken, number: int, now: datetime) -> bytes:
    hashes = {name: sha256(content).hexdigest() for name, content in sorted(taken.files.items())}
    told = {"snapshot": number, "name": taken.name, "taken_by": taken.taken_by, "taken_at": now.isoformat()}
    return (json.dumps({**told, **taken.manifest, "files": hashes}, ensure_ascii=False, indent=2) + "\n").encode()


def _place(home: Path, number: int) -> Path:
    return home / FOLDER / f"{number:04d}"


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        number=row.number,
        name=row.name,
        release=row.release,
        selection=row.selection,
        pages=tuple(row.pages),
        plan_as_at=row.plan_as_at,
        role=row.role,
        regions=tuple(row.regions),
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        manifest_hash=row.manifest_hash,
    )
