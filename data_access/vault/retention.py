"""The end of a conversation: completed by two people, its rows deleted within thirty days, days and counts kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from data_access.problems import NothingThere, UserProblem
from data_access.vault.schema import (
    Base,
    Conversation,
    Erasure,
    ImportLedger,
    ImportRun,
    Participant,
    Retention,
    WithdrawnText,
)

DAYS_TO_PURGE: Final = 30
# What stays of a purged conversation: its name and rules, counts of its imports and erasures, its days.
KEPT: Final = frozenset({"conversation", "import_run", "import_ledger", "retention", "erasure"})


@dataclass(frozen=True)
class RetentionState:
    """Where a conversation stands. `final_release` is None where nothing was ever published of it."""

    conversation: str
    title: str
    completed_at: datetime | None = None
    asked_by: str = ""
    confirmed_by: str = ""
    final_release: int | None = None
    purged_at: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        """By when its rows must be deleted; None while it goes on."""
        return None if self.completed_at is None else self.completed_at + timedelta(days=DAYS_TO_PURGE)


def states(connection: Connection) -> list[RetentionState]:
    """Give where every conversation stands, by key."""
    table = cast("Table", Retention.__table__)
    query = (
        select(Conversation.key, Conversation.title, *(table.c[name] for name in _STATE))
        .outerjoin(Retention, Retention.conversation_id == Conversation.id)
        .order_by(Conversation.key)
    )
    return sorted((_state(tuple(row)) for row in connection.execute(query)), key=lambda state: state.conversation)


def state_of(connection: Connection, key: str) -> RetentionState:
    """Give where one conversation stands. Raises `NothingThere` naming those there are."""
    everything = {state.conversation: state for state in states(connection)}
    if key not in everything:
        raise NothingThere(f"There is no conversation '{key}'. Conversations: {', '.join(everything) or 'none yet'}.")
    return everything[key]


def number_of(connection: Connection, key: str) -> int:
    """Give the vault's number of a conversation that `state_of` knows."""
    return connection.scalars(select(Conversation.id).where(Conversation.key == key)).one()


def check_goes_on(connection: Connection, key: str) -> None:
    """Raise `UserProblem` where a conversation was completed: nothing is added to it any more."""
    found = {state.conversation: state for state in states(connection)}.get(key)
    if found is None or found.completed_at is None:
        return
    if found.purged_at is not None:
        raise UserProblem(
            f"The conversation '{key}' was completed and its rows were deleted on {found.purged_at:%-d %B %Y}. "
            "Its figures stay in their releases; nothing can be added. Import under another name."
        )
    raise UserProblem(
        f"The conversation '{key}' was completed on {found.completed_at:%-d %B %Y}: its final release is cut and "
        "nothing can be added. Import under another name."
    )


def complete(
    connection: Connection, key: str, *, asked_by: str, confirmed_by: str, final_release: int | None, now: datetime
) -> RetentionState:
    """Write down that a conversation is over. Raises `UserProblem` where it is so already."""
    known = state_of(connection, key)
    if known.completed_at is not None:
        raise UserProblem(f"The conversation '{key}' was completed on {known.completed_at:%-d %B %Y} already.")
    values = {
        "conversation_id": number_of(connection, key),
        "completed_at_ms": int(now.timestamp() * 1000),
        "asked_by": asked_by,
        "confirmed_by": confirmed_by,
        "final_release": final_release,
    }
    connection.execute(insert(Retention).values(**values))
    return state_of(connection, key)


def purge(connection: Connection, key: str, now: datetime) -> dict[str, int]:
    """Delete every row of a completed conversation but counts and days; give the rows deleted by table.

    Raises `UserProblem` where it was not completed.
    """
    if state_of(connection, key).completed_at is None:
        raise UserProblem(f"The conversation '{key}' was not completed yet: type 'lookforward complete {key}' first.")
    number = number_of(connection, key)
    deleted = {table.name: connection.execute(_rows_of(table, number)).rowcount for table in _emptied()}
    moment = int(now.timestamp() * 1000)
    connection.execute(update(Retention).where(Retention.conversation_id == number).values(purged_at_ms=moment))
    _forget_files(connection, number)
    return {name: count for name, count in sorted(deleted.items()) if count}


def rows_left(connection: Connection, key: str) -> int:
    """Count the rows of a conversation that a purge deletes."""
    number = number_of(connection, key)
    tables = list(_emptied())
    wheres = [_rows_of(table, number).whereclause for table in tables]
    counts = [
        connection.scalar(select(func.count()).select_from(table).where(where))
        for table, where in zip(tables, wheres, strict=True)
        if where is not None
    ]
    return sum(int(count or 0) for count in counts)


def pseudonyms(connection: Connection, key: str) -> frozenset[str]:
    """Give the pseudonyms of everybody in a conversation, to look for them once its rows are deleted."""
    number = number_of(connection, key)
    return frozenset(connection.scalars(select(Participant.pseudonym).where(Participant.conversation_id == number)))


def erased_since(connection: Connection, key: str, moment: datetime | None) -> int:
    """Count the people erased from a conversation from a moment on, or ever."""
    since = -1 if moment is None else int(moment.timestamp() * 1000)
    query = (
        select(func.coalesce(func.sum(Erasure.people), 0))
        .join(Conversation, Conversation.id == Erasure.conversation_id)
        .where(Conversation.key == key, Erasure.erased_at_ms >= since)
    )
    return int(connection.scalar(query) or 0)


def withdrawn_posts(connection: Connection, conversation: int) -> frozenset[tuple[str, str]]:
    """Give the posts, (kind, source id), whose wording went with their author."""
    query = select(WithdrawnText.post_kind, WithdrawnText.post_source_id)
    rows = connection.execute(query.where(WithdrawnText.conversation_id == conversation))
    return frozenset((kind, post) for kind, post in rows)


def erased_rows(connection: Connection, conversation: int) -> dict[str, int]:
    """Count the people, votes and comments erased from a conversation so far."""
    columns = [func.coalesce(func.sum(column), 0) for column in (Erasure.people, Erasure.votes, Erasure.comments)]
    found = connection.execute(select(*columns).where(Erasure.conversation_id == conversation)).one()
    return dict(zip(("people", "votes", "comments"), map(int, found), strict=True))


def _emptied() -> Iterator[Table]:
    """Give the tables a purge empties, those that point at others first."""
    return (table for table in reversed(Base.metadata.sorted_tables) if table.name not in KEPT)


def _rows_of(table: Table, conversation: int) -> Any:
    """Give the statement that deletes a conversation's rows from a table.

    Raises `LookupError` for a table that says neither its import nor its conversation: a bug of ours.
    """
    if "conversation_id" in table.c:
        return delete(table).where(table.c.conversation_id == conversation)
    if "import_id" in table.c:
        runs = select(ImportRun.id).where(ImportRun.conversation_id == conversation)
        return delete(table).where(table.c.import_id.in_(runs))
    raise LookupError(f"nobody said how the table {table.name} is purged")


def _forget_files(connection: Connection, conversation: int) -> None:
    """Empty what imports wrote about files: their names and notices may hold what people wrote."""
    runs = select(ImportRun.id).where(ImportRun.conversation_id == conversation)
    connection.execute(
        update(ImportRun).where(ImportRun.conversation_id == conversation).values(proof="{}", started_by="")
    )
    connection.execute(update(ImportLedger).where(ImportLedger.import_id.in_(runs)).values(file=""))


_STATE: Final = ("completed_at_ms", "asked_by", "confirmed_by", "final_release", "purged_at_ms")


def _state(row: tuple[Any, ...]) -> RetentionState:
    key, title, completed, asked_by, confirmed_by, final, purged = row
    return RetentionState(key, title, _moment(completed), asked_by or "", confirmed_by or "", final, _moment(purged))


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
