"""Blanking wording in every release there is; called by jobs only, who hold the key that signs."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data_access.problems import BadConfiguration, Tampered
from data_access.releases.current import write_whole
from data_access.releases.manifest import FileFacts, read_manifest
from data_access.releases.redaction import PUBLIC_KEY, REDACTIONS, Redaction, as_text, redactions, standing, waiting
from data_access.releases.writing import MANIFEST, parquet_bytes, release_numbers

# No conversation's key is called so: their names begin with a letter or a digit.
SIGNING_KEY: Final = "_redactions.key"
TEXTS: Final = "texts"
Post = tuple[str, str, str]
"""A wording as every release names it: conversation, kind, id."""


@dataclass(frozen=True)
class Redacted:
    """What blanking did: wordings blanked by release, and the wordings themselves, to look for elsewhere."""

    texts: Mapping[int, int]
    wordings: frozenset[str]

    @property
    def count(self) -> int:
        """Wordings blanked, a post of several releases counted in each."""
        return sum(self.texts.values())


NOTHING: Final = Redacted({}, frozenset())


def redact(
    folder: Path,
    posts: Collection[Post],
    *,
    reason: str,
    keys_folder: Path,
    now: datetime,
    may_say: Mapping[Post, tuple[str, str]] | None = None,
) -> Redacted:
    """Blank these posts in every release, withdrawn ones too, and sign a redaction for each release that had one.

    `may_say` gives posts a wording (title, text) that may stay; any other of theirs is blanked.

    A release that shows none of them is left alone, so doing it twice is doing it once. What was interrupted is
    finished first. Raises `Tampered` where a release's wording is not as it was written, before any is touched.
    """
    numbers = release_numbers(folder)
    for number in numbers:
        _finish(folder, number)
    contents = {number: content for number in numbers if (content := _content(folder / f"{number:04d}"))}
    shown = {number: _shown(content, posts, may_say or {}) for number, (content, _) in contents.items()}
    blanked: dict[int, int] = {}
    wordings: set[str] = set()
    for number, hit in shown.items():
        if hit.height:
            key = _signing_key(folder, keys_folder)
            _blank(folder / f"{number:04d}", contents[number], hit, key=key, reason=reason, now=now)
            blanked[number] = hit.height
            wordings |= {word for column in ("title", "text") for word in hit[column] if word}
    return Redacted(blanked, frozenset(wordings))


def _content(place: Path) -> tuple[bytes, FileFacts] | None:
    """Give the bytes and facts of a release's wording as it stands; None where it has none.

    Raises `Tampered` where the bytes are not those that were written.
    """
    facts = _texts_of(place)
    if facts is None:
        return None
    now = standing(place, facts)
    content = (place / facts.file).read_bytes()
    if hashlib.sha256(content).hexdigest() != now.sha256:
        raise Tampered(f"Release {place.name}: {facts.file} was changed after it was written. Restore it first.")
    return content, now


def _texts_of(place: Path) -> FileFacts | None:
    text = (place / MANIFEST).read_bytes().decode(errors="replace")
    return read_manifest(text, f"release {place.name}").file_of(TEXTS)


def _is_meant(posts: Collection[Post]) -> pl.Expr:
    named = ["\0".join(post) for post in sorted(posts)]
    return pl.concat_str("conversation", "kind", "id", separator="\0").is_in(named)


def _shown(content: bytes, posts: Collection[Post], may_say: Mapping[Post, tuple[str, str]]) -> pl.DataFrame:
    """Give the rows of these posts that have wording to blank."""
    has_words = (pl.col("title") != "") | (pl.col("text") != "")
    shown = pl.read_parquet(io.BytesIO(content)).filter(_is_meant(posts) & has_words)
    rows = shown.select("conversation", "kind", "id", "title", "text").rows()
    may_stay = [may_say.get(row[:3]) == row[3:] for row in rows]
    return shown.filter(~pl.Series(may_stay, dtype=pl.Boolean))


def _blank(
    place: Path, standing_now: tuple[bytes, FileFacts], hit: pl.DataFrame, *, key: Ed25519PrivateKey, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Write the note first and the file second: what is interrupted between the two is finished by the next run."""
    content, facts = standing_now
    posts = set(hit.select("conversation", "kind", "id").rows())
    emptied = pl.read_parquet(io.BytesIO(content)).with_columns(
        pl.when(_is_meant(posts)).then(pl.lit("")).otherwise(pl.col(name)).alias(name) for name in ("title", "text")
    )
    new = parquet_bytes(emptied)
    made = redactions(place)
    note = Redaction(
        release=int(place.name),
        number=len(made) + 1,
        redacted_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        reason=reason,
        texts=hit.height,
        file=facts.file,
        before=facts.sha256,
        sha256=hashlib.sha256(new).hexdigest(),
        size=len(new),
        rows=emptied.height,
    )
    signed = replace(note, signature=key.sign(note.signed_bytes()).hex())
    write_whole(place / waiting(facts.file), new)
    write_whole(place / REDACTIONS, as_text([*made, signed]).encode())
    (place / waiting(facts.file)).replace(place / facts.file)


def _finish(folder: Path, number: int) -> None:
    """Put a blanked file in its place that an interrupted run had written; drop one that no note speaks of."""
    place = folder / f"{number:04d}"
    made = redactions(place)
    for ready in place.glob(waiting("*")):
        file = next((one.file for one in made if waiting(one.file) == ready.name), None)
        is_noted = file is not None and hashlib.sha256(ready.read_bytes()).hexdigest() == made[-1].sha256
        if file is not None and is_noted:
            ready.replace(place / file)
        else:
            ready.unlink()


def _signing_key(folder: Path, keys_folder: Path) -> Ed25519PrivateKey:
    """Give the key that signs redactions; the first one makes it, and its public half beside the releases.

    Raises `BadConfiguration` where the key was lost that earlier redactions were signed with.
    """
    file, public = keys_folder / SIGNING_KEY, folder / PUBLIC_KEY
    if file.exists():
        key = Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    elif public.exists():
        raise BadConfiguration(f"The key that signs redactions is missing: expected {file}. Restore it from a backup.")
    else:
        key = Ed25519PrivateKey.generate()
        keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(key.private_bytes_raw())
    if not public.exists():
        write_whole(public, (key.public_key().public_bytes_raw().hex() + "\n").encode())
    return key
