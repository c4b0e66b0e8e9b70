"""Erasure on request: the rows of some people of one conversation go, and marks of them stay.

An idea stays where it is, because others voted on it, but loses its author and, if asked, its words. Votes,
comments, reports, attributes and bookings are deleted. What was withdrawn is remembered by post, who was erased
by a mark that only the conversation's key can make again, so that no later import brings either back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import Connection, Delete, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from data_access.vault.schema import (
    Base,
    Booking,
    Code,
    Comment,
    ErasedPerson,
    Erasure,
    Idea,
    IdeaVersion,
    Interest,
    ModerationEvent,
    Participant,
    ParticipantVersion,
    PostReport,
    VoteCast,
    WithdrawnText,
)

# SQLite takes 32,766 values in one statement; a list of people is seldom longer than this.
_AT_ONCE: Final = 5_000
# Tables whose people go by the pseudonym of bookings.
BOOKED: Final = (Booking, Interest)
_WORDLESS: Final = {"title": "", "text": ""}


@dataclass(frozen=True)
class Person:
    """Somebody of the list, as one conversation knows them; `mark` is all that stays."""

    pseudonym: str
    booking: str
    mark: str


@dataclass(frozen=True)
class Erased:
    """What an erasure took from one conversation.

    `people` were known to it; `posts` are (kind, source id); `wordings` are all the vault had of those, to be looked
    for in copies and then forgotten.
    """

    people: int
    votes: int
    comments: int
    ideas: int
    attributes: int
    reports: int
    bookings: int
    posts: tuple[tuple[str, str], ...]
    wordings: frozenset[str] = field(repr=False)


def erase(
    connection: Connection, conversation: int, people: Sequence[Person], *, with_text: bool, now: datetime
) -> Erased:
    """Erase people from one conversation, in the caller's transaction.

    Somebody the conversation does not know changes nothing. `with_text` also empties the wording of their
    ideas, those of people who were erased before among them; comments are deleted either way.
    """
    known = _known(connection, conversation, people)
    ids = sorted(known)
    found = {*known.values(), *_booked(connection, conversation, people)}
    posts = _posts(connection, conversation, known)
    before = _withdrawn_before(connection, conversation, people)
    wordings = _wordings(connection, conversation, {*posts, *before})
    erased = Erased(
        people=len(found),
        votes=_deleted(connection, delete(VoteCast), VoteCast.participant_id, ids),
        comments=_delete_comments(connection, conversation, ids, posts),
        ideas=_orphan_ideas(connection, ids),
        attributes=_deleted(connection, delete(ParticipantVersion), ParticipantVersion.participant_id, ids),
        reports=_deleted(connection, delete(PostReport), PostReport.reporter_id, ids),
        bookings=_delete_bookings(connection, conversation, people),
        posts=tuple(sorted({*posts, *before})),
        wordings=wordings,
    )
    if with_text:
        _empty_ideas(connection, conversation, [post for kind, post in erased.posts if kind == "idea"])
    _deleted(connection, delete(Participant), Participant.id, ids)
    _keep_marks(connection, conversation, found, people, with_text=with_text)
    keep_withdrawn(connection, conversation, posts)
    if found:
        _keep_counts(connection, conversation, erased, now)
    return erased


def _known(connection: Connection, conversation: int, people: Sequence[Person]) -> dict[int, Person]:
    """Give the people of the list whom the conversation knows, by the vault's number."""
    by_pseudonym = {person.pseudonym: person for person in people}
    found: dict[int, Person] = {}
    for some in _some(by_pseudonym):
        query = select(Participant.id, Participant.pseudonym).where(
            Participant.conversation_id == conversation, Participant.pseudonym.in_(some)
        )
        found |= {number: by_pseudonym[pseudonym] for number, pseudonym in connection.execute(query)}
    return found


def _posts(connection: Connection, conversation: int, known: Mapping[int, Person]) -> dict[tuple[str, str], str]:
    """Give the ideas and comments of people, (kind, source id), with the mark of their author."""
    found: dict[tuple[str, str], str] = {}
    for some in _some(sorted(known)):
        ideas = select(Idea.source_id, IdeaVersion.author_id).join(IdeaVersion, IdeaVersion.idea_id == Idea.id)
        comments = select(Comment.source_id, Comment.author_id).where(Comment.conversation_id == conversation)
        by_kind = {
            "idea": ideas.where(IdeaVersion.author_id.in_(some)),
            "comment": comments.where(Comment.author_id.in_(some)),
        }
        for kind, query in by_kind.items():
            rows = [(post, author) for post, author in connection.execute(query) if author is not None]
            found |= {(kind, post): known[author].mark for post, author in rows}
    return found


def _withdrawn_before(connection: Connection, conversation: int, people: Iterable[Person]) -> set[tuple[str, str]]:
    """Give the posts that an earlier erasure of the same people withdrew."""
    found: set[tuple[str, str]] = set()
    for some in _some(person.mark for person in people):
        query = select(WithdrawnText.post_kind, WithdrawnText.post_source_id).where(
            WithdrawnText.conversation_id == conversation, WithdrawnText.mark.in_(some)
        )
        found |= {(kind, post) for kind, post in connection.execute(query)}
    return found


def _wordings(connection: Connection, conversation: int, posts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give every wording posts ever had: as authors wrote them, in all versions, and as moderators put them."""
    found: set[str] = set()
    named = sorted(posts)
    for some in _some(post for kind, post in named if kind == "idea"):
        ours = (Idea.conversation_id == conversation, Idea.source_id.in_(some))
        query = select(IdeaVersion.title, IdeaVersion.text).join(Idea, Idea.id == IdeaVersion.idea_id).where(*ours)
        found |= {wording for row in connection.execute(query) for wording in row}
    for some in _some(post for kind, post in named if kind == "comment"):
        theirs = (Comment.conversation_id == conversation, Comment.source_id.in_(some))
        found |= set(connection.scalars(select(Comment.text).where(*theirs)))
    for some in _some(post for _, post in named):
        events = (ModerationEvent.conversation_id == conversation, ModerationEvent.target.in_(some))
        query = select(ModerationEvent.title, ModerationEvent.text).where(*events)
        found |= {wording for row in connection.execute(query) for wording in row}
    return frozenset(filter(None, found))


def _booked(connection: Connection, conversation: int, people: Sequence[Person]) -> set[Person]:
    """Give the people of the list whom bookings know."""
    by_booking = {person.booking: person for person in people}
    found: set[Person] = set()
    for table, some in product(BOOKED, list(_some(by_booking))):
        query = select(table.person).where(table.conversation_id == conversation, table.person.in_(some))
        found |= {by_booking[one] for one in connection.scalars(query)}
    return found


def _delete_comments(
    connection: Connection, conversation: int, ids: Sequence[int], posts: Iterable[tuple[str, str]]
) -> int:
    """Delete comments with the codes they were given and what a moderator made of their wording."""
    named = [post for kind, post in posts if kind == "comment"]
    coded = delete(Code).where(Code.conversation_id == conversation, Code.item_kind == "comment")
    _deleted(connection, coded, Code.item_source_id, named)
    _empty_events(connection, conversation, "comment", named)
    return _deleted(connection, delete(Comment), Comment.author_id, ids)


def _delete_bookings(connection: Connection, conversation: int, people: Sequence[Person]) -> int:
    """Delete bookings, and interest in programmes, which goes by the same pseudonym."""
    keys = [person.booking for person in people]
    return sum(
        _deleted(connection, delete(table).where(table.conversation_id == conversation), table.person, keys)
        for table in BOOKED
    )


def _orphan_ideas(connection: Connection, ids: Sequence[int]) -> int:
    """Take the author off ideas; give how many ideas had one of these."""
    ideas: set[int] = set()
    for some in _some(ids):
        theirs = IdeaVersion.author_id.in_(some)
        ideas |= set(connection.scalars(select(IdeaVersion.idea_id).where(theirs)))
        connection.execute(update(IdeaVersion).where(theirs).values(author_id=None))
    return len(ideas)


def _empty_ideas(connection: Connection, conversation: int, posts: Sequence[str]) -> None:
    """Empty the wording of ideas in every version, and what moderators made of it."""
    for some in _some(posts):
        named = select(Idea.id).where(Idea.conversation_id == conversation, Idea.source_id.in_(some))
        connection.execute(update(IdeaVersion).where(IdeaVersion.idea_id.in_(named)).values(**_WORDLESS))
    _empty_events(connection, conversation, "idea", posts)


def _empty_events(connection: Connection, conversation: int, kind: str, posts: Sequence[str]) -> None:
    for some in _some(posts):
        statement = update(ModerationEvent).where(
            ModerationEvent.conversation_id == conversation,
            ModerationEvent.post_kind == kind,
            ModerationEvent.target.in_(some),
        )
        connection.execute(statement.values(**_WORDLESS, note=""))


def _keep_marks(
    connection: Connection, conversation: int, found: Iterable[Person], people: Iterable[Person], *, with_text: bool
) -> None:
    """Remember whose rows no import may bring back; of the list, those erased before may now lose their words too."""
    own = ErasedPerson.conversation_id == conversation
    there = set(connection.scalars(select(ErasedPerson.mark).where(own)))
    fixed = {"conversation_id": conversation, "is_text_erased": with_text}
    new = sorted({person.mark for person in found} - there)
    _insert(connection, ErasedPerson, [{**fixed, "mark": mark} for mark in new])
    for some in _some(there & {person.mark for person in people} if with_text else ()):
        connection.execute(update(ErasedPerson).where(own, ErasedPerson.mark.in_(some)).values(is_text_erased=True))


def keep_withdrawn(connection: Connection, conversation: int, marks: Mapping[tuple[str, str], str]) -> None:
    """Remember whose wording no release may show."""
    own = WithdrawnText.conversation_id == conversation
    query = select(WithdrawnText.post_kind, WithdrawnText.post_source_id).where(own)
    there = {(kind, post) for kind, post in connection.execute(query)}
    rows = [
        {"conversation_id": conversation, "post_kind": kind, "post_source_id": post, "mark": mark}
        for (kind, post), mark in sorted(marks.items())
        if (kind, post) not in there
    ]
    _insert(connection, WithdrawnText, rows)


def _keep_counts(connection: Connection, conversation: int, erased: Erased, now: datetime) -> None:
    counts = {"people": erased.people, "votes": erased.votes, "comments": erased.comments}
    moment = int(now.timestamp() * 1000)
    _insert(connection, Erasure, [{"conversation_id": conversation, "erased_at_ms": moment, **counts}])


def _insert(connection: Connection, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _deleted(
    connection: Connection, statement: Delete, column: InstrumentedAttribute[Any], values: Sequence[Any]
) -> int:
    return sum(connection.execute(statement.where(column.in_(some))).rowcount for some in _some(values))


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    everything = list(values)
    for start in range(0, len(everything), _AT_ONCE):
        yield everything[start : start + _AT_ONCE]
