"""Taking an import back: its rows go, its line in the ledger stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from data_access.importing.storing.conversations import from_json, restore_conversation
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import COMMITTED, UNDONE
from data_access.problems import NothingThere, UserProblem
from data_access.vault.engine import plain_words, writing
from data_access.vault.retention import check_goes_on
from data_access.vault.schema import (
    Comment,
    Conversation,
    Idea,
    IdeaTotal,
    IdeaVersion,
    ImportRun,
    Participant,
    ParticipantVersion,
    PostReport,
    Quarantine,
    VoteCast,
)


@dataclass(frozen=True)
class Undone:
    """What an undo took away: rows by table of the template, people and ideas that nothing names any more."""

    number: int
    conversation: str
    rows: dict[str, int]
    participants: int
    ideas: int


def undo_import(engine: Engine, number: int, now: datetime) -> Undone:
    """Delete everything one import added; the rows of earlier imports stand again.

    Only the newest committed import of its conversation can be undone: a later one may have left out rows
    because this one had brought them. Raises `UserProblem` naming the one to undo first, or saying that
    it was undone already, and `NothingThere` where there is no import of that number.
    """
    with plain_words(engine):
        key = _conversation_of(engine, number)
        with writing(engine, lock=f"lookforward import {key}") as connection:
            check_goes_on(connection, key)
            run = _undoable(connection, number)
            rows = {
                name: connection.execute(delete(target.table).where(target.table.c.import_id == number)).rowcount
                for name, target in VAULT_TABLES.items()
            }
            connection.execute(delete(Quarantine).where(Quarantine.import_id == number))
            participants, ideas = _forget_unnamed(connection, run["conversation_id"])
            _close(connection, run, now)
    return Undone(number, key, {name: count for name, count in rows.items() if count}, participants, ideas)


def _conversation_of(engine: Engine, number: int) -> str:
    query = select(Conversation.key).join(ImportRun, ImportRun.conversation_id == Conversation.id)
    with engine.connect() as connection:
        key = connection.scalar(query.where(ImportRun.id == number))
    if key is None:
        raise NothingThere(f"There is no import {number}. List them with: lookforward imports")
    return key


def _undoable(connection: Connection, number: int) -> dict[str, Any]:
    run = dict(connection.execute(select(ImportRun.__table__).where(ImportRun.id == number)).mappings().one())
    if run["state"] == UNDONE:
        raise UserProblem(f"Import {number} was undone already. Nothing was changed.")
    newest = connection.scalar(
        select(func.max(ImportRun.id)).where(
            ImportRun.conversation_id == run["conversation_id"], ImportRun.state == COMMITTED
        )
    )
    if newest != number:
        raise UserProblem(
            f"Import {number} is not the newest of its conversation: undo import {newest} first. Nothing was changed."
        )
    return run


def _forget_unnamed(connection: Connection, conversation: int) -> tuple[int, int]:
    """Delete the people and ideas of a conversation that no row names any more."""
    naming_people = (
        select(ParticipantVersion.participant_id),
        select(VoteCast.participant_id),
        *(
            select(column).where(column.is_not(None))
            for column in (IdeaVersion.author_id, Comment.author_id, PostReport.reporter_id)
        ),
    )
    naming_ideas = tuple(
        select(column) for column in (IdeaVersion.idea_id, IdeaTotal.idea_id, VoteCast.idea_id, Comment.idea_id)
    )
    unnamed_ideas = delete(Idea).where(
        Idea.conversation_id == conversation, *(Idea.id.not_in(naming) for naming in naming_ideas)
    )
    unnamed_people = delete(Participant).where(
        Participant.conversation_id == conversation, *(Participant.id.not_in(naming) for naming in naming_people)
    )
    ideas = connection.execute(unnamed_ideas).rowcount
    return connection.execute(unnamed_people).rowcount, ideas


def _close(connection: Connection, run: dict[str, Any], now: datetime) -> None:
    proof = json.loads(run["proof"])
    before = proof.get("conversation_before")
    if before is not None:
        restore_conversation(connection, from_json(before))
    proof["undone_at"] = now.isoformat()
    connection.execute(
        update(ImportRun)
        .where(ImportRun.id == run["id"])
        .values(state=UNDONE, finished_at_ms=int(now.timestamp() * 1000), proof=json.dumps(proof, ensure_ascii=False))
    )
