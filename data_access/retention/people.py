"""Lists of people to erase: platform ids in a file, turned into what the vault knows them by and then forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from data_access.importing.pseudonyms import conversation_key
from data_access.importing.storing.conversations import check_key
from data_access.problems import ImportRefused
from data_access.vault.erasure import Person
from data_access.vault.retention import number_of

# Headings an export gives its column of people; a list may keep one.
_HEADINGS: Final = frozenset({"id", "participant", "participants", "user", "user_id", "platform_id", "voter-id", "xid"})
MOST_BYTES: Final = 10_000_000


def listed(file: Path) -> tuple[str, ...]:
    """Read platform ids, one a line or in the first column of a CSV, each once; a heading is passed over.

    Raises `ImportRefused` where the file cannot be read, is no text, or names nobody.
    """
    try:
        content = file.read_bytes()
        if len(content) > MOST_BYTES:
            raise ImportRefused(f"{file.name} is larger than a list of people can be. Nothing was erased.")
        lines = content.decode("utf-8-sig").splitlines()
    except OSError as problem:
        raise ImportRefused(f"{file.name} cannot be read: {problem.strerror}. Nothing was erased.") from None
    except UnicodeDecodeError:
        raise ImportRefused(f"{file.name} is not UTF-8 text. Nothing was erased.") from None
    ids = [line.split(",")[0].strip().strip('"').strip() for line in lines]
    named = [one for place, one in enumerate(ids) if one and not (place == 0 and one.casefold() in _HEADINGS)]
    if not named:
        raise ImportRefused(f"{file.name} names nobody: expected one platform id a line. Nothing was erased.")
    return tuple(dict.fromkeys(named))


def people_of(connection: Connection, ids: Sequence[str], *, keys_folder: Path, conversation: str) -> list[Person]:
    """Give people as one conversation knows them. Raises `BadConfiguration` where its key is damaged or lost."""
    key = conversation_key(keys_folder, conversation)
    check_key(connection, number_of(connection, conversation), key)
    pseudonyms, bookings, marks = key.pseudonyms(ids), key.booking_pseudonyms(ids), key.erasure_marks(ids)
    return [Person(pseudonyms[one], bookings[one], marks[one]) for one in ids]
