"""Redactions: the one change a release ever sees. Wording is blanked, and a signed note says so.

    releases/redactions.pub              the public key that notes are checked with
    releases/0001/redactions.json        what was blanked: when, why, how many, and the file's hash before and after

Numbers never change. A note names no post and no person. The key that signs lies with the conversations' keys,
where only jobs can read it, so a page or a reader can check a redaction and cannot make one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from data_access.problems import Tampered
from data_access.releases.manifest import FileFacts, Manifest

REDACTIONS: Final = "redactions.json"
PUBLIC_KEY: Final = "redactions.pub"


@dataclass(frozen=True)
class Redaction:
    """One blanking of wording in one release. `before` is the hash of the file it replaced, `sha256` the new one's."""

    release: int
    number: int
    redacted_at: str
    reason: str
    texts: int
    file: str
    before: str
    sha256: str
    size: int
    rows: int
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """Give what the signature covers: everything but itself."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def redactions(place: Path) -> tuple[Redaction, ...]:
    """Read the redactions of a release in its folder, oldest first; none where it has none.

    Raises `Tampered` where the file is not one of redactions.
    """
    file = place / REDACTIONS
    try:
        return tuple(Redaction(**said) for said in json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError):
        raise Tampered(f"The redactions of release {place.name} are not whole. Restore them from a backup.") from None


def as_text(made: Sequence[Redaction]) -> str:
    """Spell redactions as JSON."""
    return json.dumps([asdict(one) for one in made], indent=1) + "\n"


def standing(place: Path, facts: FileFacts) -> FileFacts:
    """Give a file's facts as the newest redaction left them; those of the manifest where none touched it.

    Raises `Tampered` where a redaction is not signed with the key of this installation, or does not follow on.
    """
    mine = [one for one in redactions(place) if one.file == facts.file]
    differences = _faults(place, mine, facts)
    if differences:
        raise Tampered(f"Release {place.name}: {differences[0]}. Restore the folder from a backup.")
    return replace(facts, sha256=mine[-1].sha256, bytes=mine[-1].size, rows=mine[-1].rows) if mine else facts


def redaction_faults(place: Path, manifest: Manifest) -> list[str]:
    """Give what is wrong with the redactions of a release, nothing where they hold."""
    try:
        made = redactions(place)
    except Tampered as problem:
        return [str(problem)]
    files = {facts.file: facts for facts in manifest.files}
    strange = [
        f"a redaction names {one.file}, which the release does not have" for one in made if one.file not in files
    ]
    return strange + [
        difference
        for name, facts in files.items()
        for difference in _faults(place, [one for one in made if one.file == name], facts)
    ]


def edition(place: Path) -> str:
    """Name the state of a release's wording: another name after every redaction, at the price of one look."""
    try:
        stat = (place / REDACTIONS).stat()
    except FileNotFoundError:
        return ""
    return f"{stat.st_mtime_ns}-{stat.st_size}"


def waiting(file: str) -> str:
    """Name the blanked file that waits, for a moment, to replace another."""
    return f".{file}.blanked"


def is_being_redacted(place: Path) -> bool:
    """Whether a release is between a note and the file it speaks of."""
    return any(place.glob(waiting("*")))


def _faults(place: Path, made: Sequence[Redaction], facts: FileFacts) -> list[str]:
    """Hold a chain of redactions of one file against the manifest: each follows on, each is signed."""
    if not made:
        return []
    key, before, found = _public_key(place.parent), facts.sha256, []
    if key is None:
        return [f"{PUBLIC_KEY} is missing, so redactions cannot be checked"]
    for one in made:
        if one.before != before or one.release != int(place.name):
            found.append(f"redaction {one.number} does not follow on what was there")
        if not _is_signed(key, one):
            found.append(f"redaction {one.number} is not signed by this installation")
        before = one.sha256
    return found


def _public_key(folder: Path) -> Ed25519PublicKey | None:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex((folder / PUBLIC_KEY).read_text().strip()))
    except (OSError, ValueError):
        return None


def _is_signed(key: Ed25519PublicKey, one: Redaction) -> bool:
    try:
        key.verify(bytes.fromhex(one.signature), one.signed_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True
