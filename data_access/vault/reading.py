"""Reading the vault: what committed imports say now, as Polars frames with the vault's integer keys.

Rows are append-only versions, so every reader keeps the newest committed version of each key: the one of
the latest import, and within an import the last row. Only SELECTs, and only rows whose import is committed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine, Executable, FromClause, Subquery, func, select

from data_access.vault.schema import (
    Comment,
    Conversation,
    FeedbackPoint,
    Idea,
    IdeaTotal,
    IdeaVersion,
    ImportLedger,
    ImportRun,
    ModerationEvent,
    ParticipantVersion,
    Session,
)
from data_access.vault.vote_reading import COMMITTED, VOTES, VOTES_A_CHUNK, vote_extent, votes

__all__ = ["VOTES", "VOTES_A_CHUNK", "newest_versions", "snapshot", "vote_extent", "votes"]

ROWS_AT_ONCE: Final = 50_000
IMPORTS: Final = pl.Schema({"conversation_id": pl.Int64, "content_hash": pl.String, "rows": pl.Int64})
IDEA_TOTALS: Final = pl.Schema(
    {"idea": pl.Int64, "agree": pl.Int64, "passed": pl.Int64, "disagree": pl.Int64, "source": pl.String}
)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Hold one reading transaction that sees one moment of the vault, whatever is imported meanwhile."""
    with engine.connect() as plain:
        # SQLite in WAL mode always reads one moment; PostgreSQL does so only when asked.
        is_server = engine.dialect.name == "postgresql"
        connection = plain.execution_options(isolation_level="REPEATABLE READ") if is_server else plain
        with connection.begin():
            yield connection


def conversations(connection: Connection) -> pl.DataFrame:
    """Read the conversations that have a committed import, by key."""
    table = Conversation.__table__
    has_import = select(ImportRun.id).where(ImportRun.conversation_id == table.c.id, ImportRun.state == COMMITTED)
    schema = {
        "id": pl.Int64,
        "key": pl.String,
        "title": pl.String,
        "source": pl.String,
        "opens_on": pl.Date,
        "closes_on": pl.Date,
        "timezone": pl.String,
        "threshold": pl.Int64,
        "moderation_mode": pl.String,
        "has_pass": pl.Boolean,
        "is_demo": pl.Boolean,
    }
    statement = select(*(table.c[name] for name in schema)).where(has_import.exists()).order_by(table.c.key)
    return _frame(connection, statement, pl.Schema(schema))


def imports(connection: Connection) -> pl.DataFrame:
    """Read the committed imports: one row each, with the number of rows its files had, oldest first."""
    rows = func.coalesce(func.sum(ImportLedger.rows), 0).label("rows")
    statement = (
        select(ImportRun.conversation_id, ImportRun.content_hash, rows)
        .outerjoin(ImportLedger, ImportLedger.import_id == ImportRun.id)
        .where(ImportRun.state == COMMITTED)
        .group_by(ImportRun.id, ImportRun.conversation_id, ImportRun.content_hash)
        .order_by(ImportRun.id)
    )
    return _frame(connection, statement, IMPORTS)


def content_hash(connection: Connection, number: int) -> str | None:
    """Read the content hash of an import, undone or not; None if there is no such import."""
    return connection.scalar(select(ImportRun.content_hash).where(ImportRun.id == number))


def idea_numbers(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the number and the source's id of every idea that was supplied or pointed at."""
    statement = (
        select(Idea.id.label("idea"), Idea.source_id.label("id"))
        .where(Idea.conversation_id == conversation)
        .order_by(Idea.id)
    )
    return _frame(connection, statement, pl.Schema({"idea": pl.Int64, "id": pl.String}))


def ideas(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the ideas that were supplied: one row an idea, `id` the source's own id, `idea` the vault's number."""
    newest = _newest(IdeaVersion.__table__, ("idea_id",), conversation)
    schema = {
        "idea": pl.Int64,
        "id": pl.String,
        "author": pl.Int64,
        "posted_at_ms": pl.Int64,
        "title": pl.String,
        "text": pl.String,
        "elements": pl.String,
        "is_seed": pl.Boolean,
        "moderated": pl.Int64,
    }
    statement = (
        select(
            Idea.id.label("idea"),
            Idea.source_id.label("id"),
            newest.c.author_id.label("author"),
            *(newest.c[name] for name in list(schema)[3:]),
        )
        .join(newest, newest.c.idea_id == Idea.id)
        .where(newest.c.newest == 1)
        .order_by(Idea.source_id)
    )
    return _frame(connection, statement, pl.Schema(schema))


def participants(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read what participants declared at the door: one row a participant who declared anything."""
    schema = {
        "participant": pl.Int64,
        "participant_type": pl.String,
        "region": pl.String,
        "icb": pl.String,
        "staff_group": pl.String,
        "registered_at_ms": pl.Int64,
        "signed_in_at_ms": pl.Int64,
    }
    return newest_versions(
        connection,
        ParticipantVersion.__table__,
        conversation,
        ("participant_id",),
        pl.Schema(schema),
        names={"participant": "participant_id"},
    )


def idea_totals(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read what sources without votes say of each idea: `idea` the vault's number, null where not counted.

    Nobody knows who is in a total, so an idea merged from several has no exact count of supporters, only
    bounds: at least the largest of its parts, at most their sum.
    """
    return newest_versions(
        connection, IdeaTotal.__table__, conversation, ("idea_id",), IDEA_TOTALS, names={"idea": "idea_id"}
    )


def comments(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the comments and replies: one row each, `idea` the vault's number of the idea it was posted under."""
    schema = {
        "id": pl.String,
        "idea": pl.Int64,
        "reply_to": pl.String,
        "author": pl.Int64,
        "posted_at_ms": pl.Int64,
        "text": pl.String,
    }
    names = {"id": "source_id", "idea": "idea_id", "author": "author_id"}
    return newest_versions(connection, Comment.__table__, conversation, ("source_id",), pl.Schema(schema), names=names)


def moderation_events(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the moderation log: one row a sequence number. Of a moderator's note only that there is one is told."""
    schema = {
        "sequence": pl.Int64,
        "happened_at_ms": pl.Int64,
        "kind": pl.String,
        "post_kind": pl.String,
        "target": pl.String,
        "sources": pl.String,
        "parts": pl.String,
        "inherits": pl.String,
        "title": pl.String,
        "text": pl.String,
        "reason": pl.String,
        "note": pl.String,
    }
    found = newest_versions(connection, ModerationEvent.__table__, conversation, ("sequence",), pl.Schema(schema))
    return found.with_columns(has_note=pl.col("note").fill_null("") != "").drop("note")


def sessions(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the live events."""
    schema = {
        "session": pl.String,
        "kind": pl.String,
        "title": pl.String,
        "element": pl.String,
        "held_on": pl.Date,
        "host_roles": pl.String,
    }
    return newest_versions(
        connection, Session.__table__, conversation, ("source_id",), pl.Schema(schema), names={"session": "source_id"}
    )


def feedback(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the notes of live events."""
    schema = {"id": pl.String, "session": pl.String, "question": pl.String, "text": pl.String}
    names = {"id": "source_id", "session": "session_source_id"}
    return newest_versions(
        connection, FeedbackPoint.__table__, conversation, ("source_id",), pl.Schema(schema), names=names
    )


def newest_versions(
    connection: Connection,
    table: FromClause,
    conversation: int,
    key: tuple[str, ...],
    schema: pl.Schema,
    *,
    names: Mapping[str, str] | None = None,
    with_a: str = "",
) -> pl.DataFrame:
    """Read the newest version of each key; `names` gives the column where it differs from the frame's.

    Versions whose column `with_a` is empty are left out.
    """
    newest = _newest(table, key, conversation)
    columns = [newest.c[(names or {}).get(name, name)].label(name) for name in schema]
    wanted = select(*columns).where(newest.c.newest == 1, *([newest.c[with_a] != ""] if with_a else ()))
    return _frame(connection, wanted.order_by(*(newest.c[name] for name in key)), schema)


def _newest(table: FromClause, key: tuple[str, ...], conversation: int) -> Subquery:
    """Number the committed versions of each key from the newest (1): the latest import, then the last row."""
    number = func.row_number().over(
        partition_by=[table.c[name] for name in key], order_by=[table.c.import_id.desc(), table.c.id.desc()]
    )
    return (
        select(table, number.label("newest"))
        .join(ImportRun, ImportRun.id == table.c.import_id)
        .where(ImportRun.state == COMMITTED, ImportRun.conversation_id == conversation)
        .subquery()
    )


def _frame(connection: Connection, statement: Executable, schema: pl.Schema) -> pl.DataFrame:
    """Read some rows at a time: millions of participants take ten times the room as Python's objects."""
    found = connection.execute(statement, execution_options={"yield_per": ROWS_AT_ONCE})
    parts = [pl.DataFrame([tuple(row) for row in rows], schema, orient="row") for rows in found.partitions()]
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)
