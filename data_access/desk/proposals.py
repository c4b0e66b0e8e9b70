"""Proposals: what one person asks for and a second one decides. Nobody decides on their own.

Whether a role may propose or decide at all is `dashboard.permissions`' to say, before these are called. All of
them work in the caller's transaction, so that a decision and what follows from it happen together or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from data_access.desk import audit
from data_access.desk.work_schema import Proposal
from data_access.problems import BadSelection, ChangedMeanwhile, NotAllowed, NothingThere

LONGEST_NOTE: Final = 1_000


@dataclass(frozen=True)
class Proposed:
    """One proposal. `is_approved` is None while it waits; `subject` says what is meant, in the kind's own terms."""

    id: int
    kind: str
    subject: Mapping[str, Any]
    summary: str
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    is_approved: bool | None
    note: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decided_at is None

    @property
    def scope(self) -> str:
        """How the audit log names it: its number and the key of its conversation; a title is somebody's words."""
        about = self.subject.get("conversation")
        return f"proposal {self.id}" + (f", {about}" if about else "")


def propose(
    connection: Connection, *, kind: str, subject: Mapping[str, Any], summary: str, asked_by: str, now: datetime
) -> Proposed:
    """Ask for something that a second person must approve.

    summary: one plain sentence for whoever decides; never a participant's words or ids.
    Raises `BadSelection` where the very same waits already, naming who asked for it.
    """
    for waiting in open_ones(connection, kind):
        if dict(waiting.subject) == dict(subject):
            raise BadSelection(f"This waits already: {waiting.asked_by} asked for it on {waiting.asked_at:%-d %B %Y}.")
    values = {"kind": kind, "subject": dict(subject), "summary": summary, "asked_by": _person(asked_by)}
    number = connection.scalar(insert(Proposal).values(**values, asked_at=now, note="").returning(Proposal.id))
    assert number is not None
    made = proposal(connection, number)
    _audited(connection, f"proposed: {kind}", made, by=asked_by, now=now)
    return made


def decide(
    connection: Connection, number: int, *, is_approved: bool, decided_by: str, note: str = "", now: datetime
) -> Proposed:
    """Approve or refuse a proposal of somebody else; the first decision stands.

    Raises `NotAllowed` for one's own proposal, `ChangedMeanwhile` where somebody has decided already,
    `NothingThere` for a number that is none.
    """
    known = proposal(connection, number)
    if _person(known.asked_by) == _person(decided_by):
        raise NotAllowed("Nobody decides on what they proposed themselves. A second person must look at it.")
    _close(connection, known, is_approved=is_approved, by=decided_by, note=note, now=now)
    word = "approved" if is_approved else "refused"
    _audited(connection, f"{word}: {known.kind}", known, by=decided_by, now=now)
    return proposal(connection, number)


def take_back(connection: Connection, number: int, *, by: str, now: datetime) -> Proposed:
    """Take back one's own proposal while nobody has decided on it; it counts as refused.

    Raises `NotAllowed` for another person's proposal, `ChangedMeanwhile` where it is decided already.
    """
    known = proposal(connection, number)
    if _person(known.asked_by) != _person(by):
        raise NotAllowed("Only whoever proposed something can take it back. Refuse it instead.")
    _close(connection, known, is_approved=False, by=by, note="Taken back", now=now)
    _audited(connection, f"taken back: {known.kind}", known, by=by, now=now)
    return proposal(connection, number)


def open_ones(connection: Connection, kind: str | None = None) -> list[Proposed]:
    """Give the proposals that wait for a second person, of one kind or of all, oldest first."""
    query = select(Proposal).where(Proposal.decided_at.is_(None)).order_by(Proposal.id)
    return [_proposed(row) for row in connection.execute(query if kind is None else query.where(Proposal.kind == kind))]


def decided_ones(connection: Connection, kind: str | None = None, *, limit: int = 20) -> list[Proposed]:
    """Give the proposals that were decided on, the newest decision first."""
    query = select(Proposal).where(Proposal.decided_at.is_not(None)).order_by(Proposal.decided_at.desc(), Proposal.id)
    query = query if kind is None else query.where(Proposal.kind == kind)
    return [_proposed(row) for row in connection.execute(query.limit(limit))]


def proposal(connection: Connection, number: int) -> Proposed:
    """Give one proposal; raises `NothingThere`."""
    row = connection.execute(select(Proposal).where(Proposal.id == number)).one_or_none()
    if row is None:
        raise NothingThere(f"There is no proposal {number}.")
    return _proposed(row)


def check_approved(connection: Connection, number: int, kind: str) -> Proposed:
    """Give a proposal of that kind that a second person approved; raises `NotAllowed` for any other."""
    known = proposal(connection, number)
    is_second_person = known.decided_by is not None and _person(known.decided_by) != _person(known.asked_by)
    if known.kind != kind or not known.is_approved or not is_second_person:
        raise NotAllowed(f"Proposal {number} is not a '{kind}' that a second person approved.")
    return known


def _close(connection: Connection, known: Proposed, *, is_approved: bool, by: str, note: str, now: datetime) -> None:
    """Write the decision unless there is one: of two people who decide at once, the second is told."""
    if len(note.strip()) > LONGEST_NOTE:
        raise BadSelection(f"The note is longer than {LONGEST_NOTE:,} characters.")
    values = {"is_approved": is_approved, "decided_by": _person(by), "decided_at": now, "note": note.strip()}
    changed = connection.execute(
        update(Proposal).where(Proposal.id == known.id, Proposal.decided_at.is_(None)).values(**values)
    )
    if changed.rowcount == 0:
        decided = proposal(connection, known.id)
        word = "approved" if decided.is_approved else "refused"
        raise ChangedMeanwhile(f"{decided.decided_by} {word} this already. Nothing was changed.")


def _person(name: str) -> str:
    """Give a name as it is kept and compared; names of the command line are those of the computer's accounts."""
    return name.strip().casefold()


def _audited(connection: Connection, what: str, known: Proposed, *, by: str, now: datetime) -> None:
    audit.record(connection, who=_person(by), what=what, scope=known.scope, release=None, now=now)


def _proposed(row: Row[Any]) -> Proposed:
    return Proposed(**{name: getattr(row, name) for name in Proposed.__dataclass_fields__})
