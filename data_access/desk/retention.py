"""The end of conversations as pages see it: days that count down, certificates, and what is forgotten with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from data_access.desk import audit
from data_access.desk.decision_schema import CodeDecision, TextDecision
from data_access.desk.retention_schema import CertificateEntry, RetentionFact

COMPLETING: Final = "complete conversation"
"""The kind of proposal by which two people end a conversation."""
DAYS_TO_PURGE: Final = 30


def completing_summary(title: str, key: str) -> str:
    """Say to whoever confirms what completing means; two conversations may have one title."""
    return (
        f"Complete '{title}' ({key}): cut its final release, take no more imports, and delete every record of it "
        f"within {DAYS_TO_PURGE} days."
    )


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands. Without `completed_at` it goes on; with `purged_at` its rows are deleted."""

    conversation: str
    title: str
    final_release: int | None = None
    completed_at: datetime | None = None
    due_at: datetime | None = None
    purged_at: datetime | None = None
    alarmed_at: datetime | None = None

    @property
    def is_counting_down(self) -> bool:
        """Whether rows wait to be deleted."""
        return self.due_at is not None and self.purged_at is None

    def days_left(self, now: datetime) -> int | None:
        """Give the whole days until the rows must be deleted, below 0 once they are overdue; None if nothing waits."""
        if self.due_at is None or self.purged_at is not None:
            return None
        return (self.due_at - now).days


@dataclass(frozen=True)
class Certificate:
    """What was done, in counts. `number` is 0 until it is kept; `hash` covers all but the number."""

    kind: str
    conversation: str
    made_at: datetime
    made_by: str
    facts: Mapping[str, Any]
    number: int = 0

    @property
    def hash(self) -> str:
        """Give the hash of what it says."""
        said = {
            "kind": self.kind,
            "conversation": self.conversation,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "made_by": self.made_by,
            "facts": dict(self.facts),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def keep_standings(connection: Connection, standings: Sequence[Standing]) -> None:
    """Write down where every conversation stands; when an alarm was sounded stays."""
    there = standings_of(connection)
    alarmed = {one.conversation: one.alarmed_at for one in there}
    wanted = [replace(one, alarmed_at=one.alarmed_at or alarmed.get(one.conversation)) for one in standings]
    if wanted == there:  # the worker tells them every minute
        return
    connection.execute(delete(RetentionFact))
    if wanted:
        connection.execute(insert(RetentionFact), [vars(one) for one in wanted])


def standings_of(connection: Connection) -> list[Standing]:
    """Give where every conversation stood when a job last looked, by key."""
    query = select(RetentionFact).order_by(RetentionFact.conversation)
    names = Standing.__dataclass_fields__
    return [Standing(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)]


def sound_alarms(connection: Connection, now: datetime) -> list[str]:
    """Write one line into the audit log for every conversation overdue since the last look; give their keys."""
    late = [
        one.conversation
        for one in standings_of(connection)
        if (left := one.days_left(now)) is not None and left < 0 and one.alarmed_at is None
    ]
    for key in late:
        what = "overdue: rows of a completed conversation are still there"
        audit.record(connection, who="retention clock", what=what, scope=key, release=None, now=now)
        mine = RetentionFact.conversation == key
        connection.execute(update(RetentionFact).where(mine).values(alarmed_at=now))
    return late


def keep_certificate(connection: Connection, made: Certificate) -> Certificate:
    """Keep a certificate and name it in the audit log; give it with its number."""
    values = {name: getattr(made, name) for name in ("kind", "conversation", "made_at", "made_by", "hash")}
    statement = insert(CertificateEntry).values(**values, facts=dict(made.facts)).returning(CertificateEntry.number)
    kept = replace(made, number=connection.execute(statement).scalar_one())
    what = f"{kept.kind}: certificate {kept.number} {kept.hash[:16]}"
    audit.record(connection, who=kept.made_by, what=what, scope=kept.conversation, release=None, now=kept.made_at)
    return kept


def certificates(connection: Connection) -> list[Certificate]:
    """Give every certificate, newest first."""
    names = Certificate.__dataclass_fields__
    query = select(CertificateEntry).order_by(CertificateEntry.number.desc())
    return [Certificate(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)]


def forget_decisions(
    connection: Connection, conversation: str, posts: Collection[tuple[str, str]] | None = None
) -> int:
    """Delete decisions about wordings of these posts, (kind, id), or of the whole conversation; give how many.

    What they name is a hash of somebody's words: it goes with the words.
    """
    gone = 0
    for table in (TextDecision, CodeDecision):
        own = table.conversation == conversation
        if posts is None:
            gone += connection.execute(delete(table).where(own)).rowcount
            continue
        for kind, post in sorted(posts):
            gone += connection.execute(delete(table).where(own, table.item_kind == kind, table.item == post)).rowcount
    return gone
