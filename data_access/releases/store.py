"""The release store: what the dashboard may open, and all it may open.

    releases/0001/manifest.json   number, rules, hashes of the files and of the imports it rests on
                  votes_by_idea.parquet …   one file a table
    releases/current              the number that is shown
    releases/withdrawn.json       numbers of releases that rest on an import that was undone; their files stay

Nothing here knows the vault: releases are opened with the vault absent.
"""

from __future__ import annotations

import hashlib
import io
import threading
import time
from datetime import datetime
from pathlib import Path

import polars as pl

from data_access.frames import TABLES, check_frame, table_named
from data_access.problems import NothingThere, Tampered
from data_access.releases.current import current_number, mark_withdrawn, point_to, withdrawn_numbers
from data_access.releases.manifest import SCHEMA_VERSION, FileFacts, Manifest, ReleaseFacts, read_manifest
from data_access.releases.redaction import REDACTIONS, edition, is_being_redacted, redaction_faults, standing
from data_access.releases.writing import MANIFEST, release_numbers, write_release

__all__ = [
    "Manifest",
    "Release",
    "ReleaseFacts",
    "current_number",
    "list_releases",
    "open_release",
    "verify_release",
    "withdraw_releases",
    "withdrawn_numbers",
    "write_release",
]

REGION = "region"
# A redaction replaces two files one after the other; whoever reads between the two looks again.
_READS, _PAUSE = 3, 0.05
NONE_YET = (
    "There is no release yet. Type 'lookforward publish' after an import, or 'lookforward demo' for made-up data."
)


class Release:
    """One opened release. A table is read, and held against its hash and promise, when first asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open `folder`, whose manifest was read."""
        self.folder = folder
        self.manifest = manifest
        self._tables: dict[str, pl.DataFrame] = {}
        self._lock = threading.Lock()
        self._whole: Release | None = None
        self._regions: frozenset[str] = frozenset()

    def limited_to(self, regions: frozenset[str] | None) -> Release:
        """Give this release without the cells of other regions; None keeps them all.

        A row of a table that has a column `region` belongs to that region; every other row, also one without a
        region, to England.
        """
        if regions is None:
            return self
        limited = Release(self.folder, self.manifest)
        limited._whole = self._whole or self
        limited._regions = regions if self._whole is None else regions & self._regions
        return limited

    @property
    def number(self) -> int:
        """Number of the release."""
        return self.manifest.number

    @property
    def edition(self) -> str:
        """Name this release as it stands: another name once wording of it was redacted."""
        return f"{self.folder} {edition(self.folder)}"

    @property
    def published_at(self) -> datetime:
        """When it was published, in UTC."""
        return self.manifest.published_at

    @property
    def conversations(self) -> pl.DataFrame:
        """Give the table `conversations`, newest first: the first is what a page shows unasked."""
        return self.table("conversations").sort(
            "opens_on", "data_to", "conversation", descending=[True, True, False], nulls_last=True
        )

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        """Give a table, all of it or the rows of one conversation.

        Raises `NothingThere` for an unknown name, `Tampered` where bytes differ from the manifest.
        """
        promised = table_named(name)
        frame = self._kept(promised.name) if self._whole is None else self._own(self._whole.table(name))
        # Most installations publish one conversation: to look through every row for the others takes time for nothing.
        is_whole = conversation is None or set(self.manifest.thresholds) == {conversation}
        return frame if is_whole else frame.filter(pl.col("conversation") == conversation)

    def _own(self, frame: pl.DataFrame) -> pl.DataFrame:
        if REGION not in frame.columns:
            return frame
        return frame.filter(pl.col(REGION).is_null() | pl.col(REGION).is_in(self._regions))

    def _kept(self, name: str) -> pl.DataFrame:
        # Wording that was redacted since must not be shown from memory.
        key = f"{name} {edition(self.folder)}" if table_named(name).is_text else name
        with self._lock:
            if key not in self._tables:
                self._tables = {kept: frame for kept, frame in self._tables.items() if kept.split()[0] != name}
                self._tables[key] = self._read(name)
            return self._tables[key]

    def _read(self, name: str) -> pl.DataFrame:
        facts = self.manifest.file_of(name)
        if facts is None:
            raise NothingThere(f"Release {self.number} holds no table '{name}'. Publish again to have it.")
        content, difference = _content(self.folder, facts)
        if difference:
            raise Tampered(f"Release {self.number}: {difference}. Restore the folder from a backup.")
        frame = pl.read_parquet(io.BytesIO(content))
        check_frame(frame, table_named(name))
        return frame


def list_releases(folder: Path) -> list[Manifest]:
    """Give the manifests of all releases, oldest first; withdrawn ones too."""
    return [_manifest(folder, number) for number in release_numbers(folder)]


def open_release(folder: Path, number: int | None = None) -> Release:
    """Open a release, the current one unless a number is given.

    Raises `NothingThere` saying what there is or what to type next (a release of another schema counts as
    not there), `Tampered` if its manifest was changed.
    """
    numbers = release_numbers(folder)
    wanted = number if number is not None else current_number(folder)
    if not numbers or wanted is None:
        raise NothingThere(NONE_YET)
    if wanted not in numbers:
        raise NothingThere(f"There is no release {wanted}. Releases: {_spell(numbers)}.")
    manifest = _manifest(folder, wanted)
    if manifest.schema_version != SCHEMA_VERSION:
        raise NothingThere(
            f"Release {wanted} was written by version {manifest.code_version} in another form than this version "
            "reads. Open it with that version, or publish again."
        )
    return Release(folder / f"{wanted:04d}", manifest)


def verify_release(folder: Path, number: int) -> list[str]:
    """Hold every file of a release against its manifest; give the differences, none if it is as written."""
    if number not in release_numbers(folder):
        raise NothingThere(f"There is no release {number}. Releases: {_spell(release_numbers(folder)) or 'none yet'}.")
    place = folder / f"{number:04d}"
    try:
        manifest = _manifest(folder, number)
    except Tampered as problem:
        return [str(problem)]
    found = [f"the manifest says it is release {manifest.number}"] if manifest.number != number else []
    found += [difference for facts in manifest.files if (difference := _content(place, facts)[1])]
    found += redaction_faults(place, manifest)
    expected = {facts.file for facts in manifest.files} | {MANIFEST, REDACTIONS}
    found += [f"{path.name} does not belong to it" for path in sorted(place.iterdir()) if path.name not in expected]
    absent = {table.name for table in TABLES} - {facts.table for facts in manifest.files}
    found += [f"the table {name} is missing" for name in sorted(absent) if manifest.schema_version == SCHEMA_VERSION]
    return found


def withdraw_releases(folder: Path, *, resting_on: str) -> list[int]:
    """Withdraw every release that rests on the import with this content hash; give those that stood until now.

    `current` moves to the newest release that is not withdrawn, or to none. Files stay, so that what was
    shown once can still be verified.
    """
    if not folder.is_dir():
        return []
    hit = frozenset(release.number for release in list_releases(folder) if resting_on in release.imports)
    if not hit:
        return []
    fresh = hit - withdrawn_numbers(folder)
    mark_withdrawn(folder, hit)
    if current_number(folder) in hit:
        standing = [number for number in release_numbers(folder) if number not in withdrawn_numbers(folder)]
        point_to(folder, max(standing, default=None))
    return sorted(fresh)


def _manifest(folder: Path, number: int) -> Manifest:
    file = folder / f"{number:04d}" / MANIFEST
    if not file.is_file():
        raise Tampered(f"Release {number} has lost its manifest. Restore the folder from a backup.")
    return read_manifest(file.read_bytes().decode(errors="replace"), f"release {number}")


def _content(place: Path, facts: FileFacts) -> tuple[bytes, str]:
    """Read a file; give its bytes and how they differ from the manifest and its redactions, '' if they do not."""
    content, difference = _as_it_stands(place, facts)
    for _ in range(_READS):
        if not difference or not is_being_redacted(place):
            break
        time.sleep(_PAUSE)
        content, difference = _as_it_stands(place, facts)
    return content, difference


def _as_it_stands(place: Path, facts: FileFacts) -> tuple[bytes, str]:
    try:
        facts = standing(place, facts)
    except Tampered as problem:
        return b"", str(problem)
    file = place / facts.file
    if not file.is_file():
        return b"", f"{facts.file} is missing"
    content = file.read_bytes()
    if len(content) != facts.bytes:
        return content, f"{facts.file} has {len(content):,} bytes, written were {facts.bytes:,}"
    if hashlib.sha256(content).hexdigest() != facts.sha256:
        return content, f"{facts.file} was changed after it was written"
    return content, ""


def _spell(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
