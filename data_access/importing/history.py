"""The imports there have been, and the proof of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func, select

from data_access.problems import NothingThere
from data_access.vault.engine import plain_words
from data_access.vault.schema import Conversation, ImportLedger, ImportRun


@dataclass(frozen=True)
class ImportSummary:
    """One import in one line. `state` is committed or undone; the counts sum its tables."""

    number: int
    conversation: str
    adapter: str
    state: str
    imported_at: datetime
    started_by: str
    rows: int
    accepted: int
    duplicate: int
    quarantined: int


def list_imports(engine: Engine) -> tuple[ImportSummary, ...]:
    """Give every import, undone ones too, the newest first."""
    sums = [func.coalesce(func.sum(column), 0) for column in _COUNTS]
    query = (
        select(
            ImportRun.id,
            Conversation.key,
            ImportRun.adapter,
            ImportRun.state,
            ImportRun.started_at_ms,
            ImportRun.started_by,
            *sums,
        )
        .join(Conversation, Conversation.id == ImportRun.conversation_id)
        .outerjoin(ImportLedger, ImportLedger.import_id == ImportRun.id)
        .group_by(ImportRun.id, Conversation.key)
        .order_by(ImportRun.id.desc())
    )
    with plain_words(engine), engine.connect() as connection:
        return tuple(
            ImportSummary(*row[:4], datetime.fromtimestamp(row[4] / 1000, tz=UTC), row[5], *map(int, row[6:]))
            for row in connection.execute(query)
        )


def import_proof(engine: Engine, number: int) -> dict[str, Any]:
    """Give the proof of one import: files with hashes, ledger, sign rule, differences, loose ends.

    Raises `NothingThere` where there is no import of that number.
    """
    query = select(
        ImportRun.proof, ImportRun.state, Conversation.key, ImportRun.started_at_ms, ImportRun.started_by
    ).join(Conversation, Conversation.id == ImportRun.conversation_id)
    with plain_words(engine), engine.connect() as connection:
        row = connection.execute(query.where(ImportRun.id == number)).one_or_none()
    if row is None:
        raise NothingThere(f"There is no import {number}. List them with: lookforward imports")
    told = {"import": number, "conversation": row[2], "state": row[1], "started_at_ms": row[3], "started_by": row[4]}
    return {**told, **json.loads(row[0])}


_COUNTS = (ImportLedger.rows, ImportLedger.accepted, ImportLedger.duplicate, ImportLedger.quarantined)
