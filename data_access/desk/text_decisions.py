"""Decisions about flagged wordings: named by post and by the hash of the wording, never quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, insert, select

from data_access.desk import audit
from data_access.desk.decision_schema import TextDecision

PROPOSAL: Final = "release flagged wording"


class Decision(StrEnum):
    """What is to become of a flagged wording."""

    RELEASE = "release"
    KEEP_BACK = "keep back"


@dataclass(frozen=True)
class WordingName:
    """A wording without its words: post and hash."""

    conversation: str
    kind: str
    id: str
    text_hash: str


@dataclass(frozen=True)
class Decided:
    """Hashes of the wordings of one conversation that may be released, and of those kept back."""

    released: frozenset[str] = frozenset()
    kept_back: frozenset[str] = frozenset()


def decide_wordings(
    connection: Connection, wordings: Sequence[WordingName], decision: Decision, *, by: str, now: datetime
) -> None:
    """Write down a decision about some wordings, with one line in the audit log."""
    rows = [
        {
            "conversation": one.conversation,
            "item_kind": one.kind,
            "item": one.id,
            "text_hash": one.text_hash,
            "decision": decision.value,
            "decided_by": by,
            "decided_at": now,
        }
        for one in wordings
    ]
    if not rows:
        return
    connection.execute(insert(TextDecision), rows)
    scope = ", ".join(sorted({one.conversation for one in wordings}))
    what = f"wording: {decision.value}, {len(rows):,} of them"
    audit.record(connection, who=by, what=what, scope=scope[:300], release=None, now=now)


def decisions(connection: Connection) -> dict[str, Decided]:
    """Give what stands, by conversation: of several decisions about one wording the newest."""
    query = select(TextDecision.conversation, TextDecision.text_hash, TextDecision.decision).order_by(TextDecision.id)
    newest = {(conversation, wording): decision for conversation, wording, decision in connection.execute(query)}
    return {
        key: Decided(
            frozenset(wording for (own, wording), said in newest.items() if own == key and said == Decision.RELEASE),
            frozenset(wording for (own, wording), said in newest.items() if own == key and said == Decision.KEEP_BACK),
        )
        for key in sorted({key for key, _ in newest})
    }
