"""What a release says of itself: its number, what it rests on, and the hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from data_access.problems import Tampered

# Raised whenever the promised tables change in a way that an older reader would misread.
SCHEMA_VERSION: Final = 2


@dataclass(frozen=True)
class ReleaseFacts:
    """What publishing knows of a release beyond its tables.

    `thresholds` gives each conversation its smallest shown number of participants; `imports` are the
    content hashes of the committed imports it rests on; `rules` say in words how it was counted. `privacy` is
    the report of each conversation whose grouped tables were cut for this release: figures by name, and the labels
    that were merged. `carried` names the conversations whose figures were taken over as they are, and the release
    they were counted for.
    """

    published_at: datetime
    code_version: str
    thresholds: Mapping[str, int]
    imports: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    is_grouped: bool = False
    privacy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FileFacts:
    """One file of a release: which table it holds, its size and its hash."""

    file: str
    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The first page of a release. `content_hash` covers what it says, not when it was said."""

    number: int
    published_at: datetime
    code_version: str
    schema_version: int
    is_grouped: bool
    thresholds: Mapping[str, int]
    imports: tuple[str, ...]
    rules: Mapping[str, str]
    files: tuple[FileFacts, ...]
    content_hash: str
    privacy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)

    def file_of(self, table: str) -> FileFacts | None:
        """Give the file of a table, or None if this release has none."""
        return next((facts for facts in self.files if facts.table == table), None)


def manifest_of(number: int, files: tuple[FileFacts, ...], about: ReleaseFacts) -> Manifest:
    """Give the manifest of a release of these files."""
    return Manifest(
        number=number,
        published_at=about.published_at,
        code_version=about.code_version,
        schema_version=SCHEMA_VERSION,
        is_grouped=about.is_grouped,
        thresholds=dict(sorted(about.thresholds.items())),
        imports=tuple(sorted(about.imports)),
        rules=dict(sorted(about.rules.items())),
        files=files,
        content_hash=content_hash(files, about),
        privacy={key: dict(sorted(figures.items())) for key, figures in sorted(about.privacy.items())},
        carried=dict(sorted(about.carried.items())),
    )


def content_hash(files: tuple[FileFacts, ...], about: ReleaseFacts) -> str:
    """Hash what a release holds and by which rules, leaving out its number, its time and the code's version.

    Two publications of an unchanged vault have the same hash.
    """
    said = {
        "schema": SCHEMA_VERSION,
        "files": sorted((facts.table, facts.sha256) for facts in files),
        "grouped": about.is_grouped,
        "thresholds": dict(about.thresholds),
        "imports": sorted(about.imports),
        "rules": dict(about.rules),
    }
    return hashlib.sha256(_canonical(said)).hexdigest()


def manifest_text(manifest: Manifest) -> str:
    """Spell a manifest as JSON, closed by a seal: the hash of everything above it."""
    said = {**asdict(manifest), "published_at": manifest.published_at.isoformat()}
    return json.dumps({**said, "seal": _seal(said)}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(text: str, place: str) -> Manifest:
    """Read a manifest back.

    Raises `Tampered` naming `place` if it is not whole or its seal does not fit.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        seal = said.pop("seal")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise Tampered(f"The manifest of {place} is not whole. Restore the folder from a backup.") from None
    if seal != _seal(said):
        raise Tampered(f"The manifest of {place} was changed after it was written. Restore it from a backup.")
    return Manifest(
        **{
            **said,
            "published_at": datetime.fromisoformat(said["published_at"]),
            "imports": tuple(said["imports"]),
            "files": tuple(FileFacts(**facts) for facts in said["files"]),
        }
    )


def _seal(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(said)).hexdigest()


def _canonical(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
