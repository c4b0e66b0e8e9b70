"""The audit log: who did what, when, within which scope, on which release. Never content, never participants.

Each row's hash covers its fields and the hash of the row before, and the head is kept apart, so that a row
altered, dropped, moved or cut off the end is found by anybody who runs `verify_chain`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from data_access.desk.schema import AuditEntry, AuditHead
from data_access.problems import Tampered

FIRST_HASH = "0" * 64
# As wide as the columns of `schema.AuditEntry`.
LONGEST_WHO, LONGEST_WHAT, LONGEST_SCOPE = 80, 200, 300


@dataclass(frozen=True)
class Entry:
    """One row of the log."""

    number: int
    at: datetime
    who: str
    what: str
    scope: str
    release: int | None
    previous_hash: str
    hash: str = ""


def record(connection: Connection, *, who: str, what: str, scope: str, release: int | None, now: datetime) -> Entry:
    """Add a row to the log, in the transaction of what it records.

    What is longer than its column is cut and says so: a log that refuses a line would refuse the work.
    """
    number, previous = _head(connection)
    who, what, scope = _cut(who, LONGEST_WHO), _cut(what, LONGEST_WHAT), _cut(scope, LONGEST_SCOPE)
    entry = _sealed(Entry(number + 1, now.astimezone(UTC), who, what, scope, release, previous))
    connection.execute(insert(AuditEntry).values(**vars(entry)))
    connection.execute(update(AuditHead).where(AuditHead.id == 1).values(number=entry.number, hash=entry.hash))
    return entry


def entries(connection: Connection, limit: int | None = None) -> list[Entry]:
    """Give the log, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(limit)
    return [_entry(row) for row in connection.execute(query)]


def verify_chain(connection: Connection) -> int:
    """Check every row against the one before and the last against the head; give the number of rows.

    Raises `Tampered` naming the first row that does not fit.
    """
    number, previous = 0, FIRST_HASH
    for entry in _oldest_first(connection):
        number += 1
        if entry != _sealed(replace(entry, number=number, previous_hash=previous)):
            raise Tampered(f"The audit log does not fit together at row {number:,}: altered, dropped or moved.")
        previous = entry.hash
    head = connection.execute(select(AuditHead)).one_or_none()
    if head is None or (number, previous) != (head.number, head.hash):
        raise Tampered(f"The audit log ends at row {number:,}, but its head says otherwise: rows are missing.")
    return number


def _cut(text: str, most: int) -> str:
    """Shorten a text; control characters, which a database may refuse and a screen may obey, become spaces."""
    plain = "".join(" " if ord(letter) < 32 or 127 <= ord(letter) < 160 else letter for letter in text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _head(connection: Connection) -> tuple[int, str]:
    """Give the head and hold it, so that two writers cannot both follow the same row."""
    row = connection.execute(select(AuditHead).where(AuditHead.id == 1).with_for_update()).one_or_none()
    if row is None:
        raise Tampered("The audit log has lost its head. Restore the desk from a backup.")
    return row.number, row.hash


def _sealed(entry: Entry) -> Entry:
    """Give the entry with the hash of everything else in it."""
    fields = [entry.number, entry.at.isoformat(), entry.who, entry.what, entry.scope, entry.release]
    text = json.dumps([*fields, entry.previous_hash], ensure_ascii=False, separators=(",", ":"))
    return replace(entry, hash=sha256(text.encode()).hexdigest())


def _oldest_first(connection: Connection) -> Iterable[Entry]:
    # An option of the statement, not of the connection: a server would take the caller's next INSERT in pieces, too.
    everything = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)
    for row in connection.execute(everything):
        yield _entry(row)


def _entry(row: object) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
