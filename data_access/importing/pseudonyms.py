"""Platform ids of people become keyed pseudonyms at the door.

The key of a conversation is 32 random bytes in a file of its own, outside the database and its backups.
Destroying it makes the pseudonyms of that conversation final. Bookings use a key derived from it, so that
a person's training never meets what the person said.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data_access.problems import BadConfiguration

KEY_BYTES: Final = 32
PSEUDONYM_LETTERS: Final = 32  # the first 128 bits of HMAC-SHA-256, in hex


@dataclass(frozen=True)
class ConversationKey:
    """The secret of one conversation. Never printed."""

    file: Path
    secret: bytes = field(repr=False)
    is_new: bool

    def pseudonyms(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the pseudonym of each platform id."""
        return _pseudonyms(self.secret, ids)

    def booking_pseudonyms(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the pseudonyms that bookings use; none equals a pseudonym of the conversation."""
        return _pseudonyms(_mac(self.secret, b"lookforward bookings"), ids)

    def erasure_marks(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the mark that stays of somebody erased: without this key nobody can tell whose it is."""
        key = _mac(self.secret, b"lookforward erasures")
        return {one: _mac(key, one.encode()).hex() for one in ids}

    def keep(self) -> None:
        """Write a new key to its file, readable by its owner only; an existing file is never replaced."""
        if not self.is_new:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(self.secret)
            stream.flush()
            os.fsync(stream.fileno())


def conversation_key(folder: Path, conversation: str) -> ConversationKey:
    """Read the key of a conversation, or draw a new one that is kept only when `keep` is called.

    Raises `BadConfiguration` where the file is there but is no key or cannot be read.
    """
    file = folder / f"{conversation}.key"
    if not file.exists():
        return ConversationKey(file, secrets.token_bytes(KEY_BYTES), is_new=True)
    try:
        secret = file.read_bytes()
    except OSError as error:
        raise BadConfiguration(f"The key file {file} cannot be read: {error.strerror}.") from None
    if len(secret) != KEY_BYTES:
        raise BadConfiguration(f"The key file {file} is damaged: expected {KEY_BYTES} bytes. Restore it from a backup.")
    return ConversationKey(file, secret, is_new=False)


def _pseudonyms(key: bytes, ids: Iterable[str]) -> dict[str, str]:
    return {one: _mac(key, one.encode()).hex()[:PSEUDONYM_LETTERS] for one in ids}


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
