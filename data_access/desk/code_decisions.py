"""What people said of suggested codes: accepted, or refused. The newest decision on a post and theme stands.

A decision names a post by its public id and the theme by its code; it holds the words of the suggestion, never
the post. A job carries accepted ones into the vault, and takes back those refused later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl
from sqlalchemy import Connection, insert, select

from data_access.desk import audit
from data_access.desk.decision_schema import CodeDecision

ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
DECISIONS: Final = pl.Schema(
    {
        "item_kind": pl.String,
        "item": pl.String,
        "code": pl.String,
        "frame_version": pl.Int64,
        "decision": pl.String,
        "decided_by": pl.String,
    }
)


@dataclass(frozen=True)
class Verdict:
    """What a person said of one suggestion. `words` are those that decided for it."""

    item_kind: str
    item: str
    code: str
    is_accepted: bool
    words: tuple[str, ...] = ()


def record(
    connection: Connection,
    *,
    conversation: str,
    frame_version: int | None,
    verdicts: Sequence[Verdict],
    by: str,
    now: datetime,
) -> None:
    """Keep a person's verdicts, and one line of the log for all of them."""
    if not verdicts:
        return
    rows = [
        {
            "conversation": conversation,
            "item_kind": one.item_kind,
            "item": one.item,
            "code": one.code,
            "frame_version": frame_version,
            "decision": ACCEPTED if one.is_accepted else REFUSED,
            "words": list(one.words),
            "decided_by": by,
            "decided_at": now,
        }
        for one in verdicts
    ]
    connection.execute(insert(CodeDecision), rows)
    accepted = sum(one.is_accepted for one in verdicts)
    what = f"suggested codes: {accepted} accepted, {len(verdicts) - accepted} refused"
    audit.record(connection, who=by, what=what, scope=conversation, release=None, now=now)


def standing(connection: Connection, conversation: str) -> pl.DataFrame:
    """Give the decision that stands on each post and theme of a conversation: DECISIONS, sorted."""
    columns = [getattr(CodeDecision, name) for name in DECISIONS]
    query = select(*columns).where(CodeDecision.conversation == conversation).order_by(CodeDecision.id)
    rows = [tuple(row) for row in connection.execute(query)]
    frame = pl.DataFrame(rows, DECISIONS, orient="row")
    key = ["item_kind", "item", "code"]
    return frame.unique(key, keep="last", maintain_order=True).sort(key)
