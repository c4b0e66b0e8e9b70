"""What must be done again if a backup is brought back: erasures and purges, kept beside the keys.

One line of JSON each, outside the databases and their backups. Whom an erasure was about is sealed with the
conversation's key (AES-256-GCM): who has the file alone learns nothing, and once a purge destroys the key nobody does.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data_access.importing.pseudonyms import ConversationKey, conversation_key
from data_access.problems import BadConfiguration
from data_access.releases.current import sync_folder
from data_access.vault.erasure import Person
from data_access.vault.retention import RetentionState

# No conversation's key is called so: their names begin with a letter or a digit.
FILE: Final = "_erasures.jsonl"
_NONCE_BYTES: Final = 12  # as GCM wants it
_ERASED: Final = "erased"
_PURGED: Final = "purged"


@dataclass(frozen=True)
class ErasedBefore:
    """People who were erased from a conversation; `people` is None where its key was destroyed since."""

    conversation: str
    with_text: bool
    people: tuple[Person, ...] | None


@dataclass(frozen=True)
class PurgedBefore:
    """A conversation whose rows were deleted, and how it had been completed."""

    state: RetentionState


def remember_erasure(
    keys_folder: Path, conversation: str, people: Sequence[Person], *, with_text: bool, now: datetime
) -> None:
    """Write down whom an erasure is about, before it is committed. Raises `BadConfiguration` without the key."""
    key = conversation_key(keys_folder, conversation)
    if key.is_new:
        raise BadConfiguration(f"The key of the conversation '{conversation}' is not in {keys_folder}.")
    said = json.dumps([[one.pseudonym, one.booking, one.mark] for one in people]).encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(_sealing(key)).encrypt(nonce, said, conversation.encode())
    facts = {"conversation": conversation, "with_text": with_text, "people": base64.b64encode(sealed).decode()}
    _append(keys_folder, {"what": _ERASED, "at": _text(now), **facts})


def remember_purge(keys_folder: Path, state: RetentionState, now: datetime) -> None:
    """Write down that a conversation's rows are deleted, before they are; once is enough."""
    assert state.completed_at is not None
    if any(one["what"] == _PURGED and one["conversation"] == state.conversation for one in _lines(keys_folder)):
        return
    facts = {
        "conversation": state.conversation,
        "completed_at": _text(state.completed_at),
        "asked_by": state.asked_by,
        "confirmed_by": state.confirmed_by,
        "final_release": state.final_release,
    }
    _append(keys_folder, {"what": _PURGED, "at": _text(now), **facts})


def remembered(keys_folder: Path) -> tuple[ErasedBefore | PurgedBefore, ...]:
    """Give everything that was erased or purged, oldest first.

    Raises `BadConfiguration` where a line is damaged: what it asked for could not be done again.
    """
    try:
        return tuple(_read(keys_folder, facts) for facts in _lines(keys_folder))
    except (ValueError, KeyError, TypeError, InvalidTag):
        raise _damaged(keys_folder) from None


def _lines(keys_folder: Path) -> list[dict[str, Any]]:
    file = keys_folder / FILE
    if not file.is_file():
        return []
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    except ValueError:
        raise _damaged(keys_folder) from None


def _damaged(keys_folder: Path) -> BadConfiguration:
    return BadConfiguration(f"{keys_folder / FILE} is damaged. Restore it from the copy of the keys' folder.")


def _read(keys_folder: Path, facts: Mapping[str, Any]) -> ErasedBefore | PurgedBefore:
    conversation = str(facts["conversation"])
    if facts["what"] == _PURGED:
        completed = datetime.fromisoformat(facts["completed_at"])
        people = (str(facts["asked_by"]), str(facts["confirmed_by"]))
        return PurgedBefore(RetentionState(conversation, "", completed, *people, facts["final_release"]))
    key = conversation_key(keys_folder, conversation)
    named = None if key.is_new else _unsealed(key, conversation, str(facts["people"]))
    return ErasedBefore(conversation, bool(facts["with_text"]), named)


def _unsealed(key: ConversationKey, conversation: str, text: str) -> tuple[Person, ...]:
    sealed = base64.b64decode(text, validate=True)
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    said = AESGCM(_sealing(key)).decrypt(nonce, rest, conversation.encode())
    return tuple(Person(*one) for one in json.loads(said))


def _sealing(key: ConversationKey) -> bytes:
    return hmac.new(key.secret, b"lookforward erasure register", hashlib.sha256).digest()


def _append(keys_folder: Path, facts: Mapping[str, Any]) -> None:
    keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(keys_folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(json.dumps(facts).encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(keys_folder)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
