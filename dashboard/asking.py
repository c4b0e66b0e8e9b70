"""Asking the worker for something, and proposing what takes a second person: the rights are checked here.

Every component asks through these, so that no page can forget the check; the worker checks again when it does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from dashboard.doing import doing
from dashboard.office import Office
from dashboard.permissions import Right
from data_access.desk import jobs, proposals, worker_signs
from data_access.desk.engine import reading
from data_access.desk.jobs import JobRecord
from data_access.desk.proposals import Proposed
from data_access.desk.retention import COMPLETING
from data_access.desk.text_decisions import PROPOSAL, Decision, WordingName, decide_wordings
from data_access.desk.worker_signs import NO_WORKER

# The kind of job that carries out an approved proposal of a kind; kinds that are not here need none.
CARRIED_OUT_BY: Final[Mapping[str, str]] = {
    "publish grouped": "publish grouped",
    "load with many faults": "commit import",
    COMPLETING: "complete conversation",
    PROPOSAL: "release wording",
}


def ask(office: Office, right: Right, kind: str, arguments: Mapping[str, Any], *, scope: str = "") -> int:
    """Ask the worker for a job and give its number; raises `NotAllowed` without the right."""
    with doing(office.viewer, office.desk, right), office.desk.begin() as connection:
        return jobs.ask(
            connection, kind=kind, arguments=arguments, asked_by=office.viewer.user, now=_now(), scope=scope
        )


def stop(office: Office, right: Right, number: int) -> None:
    """Take a job out of the queue, or ask a running one to stop; raises `NotAllowed` without the right."""
    with doing(office.viewer, office.desk, right), office.desk.begin() as connection:
        jobs.cancel(connection, number, by=office.viewer.user, now=_now())


def propose(office: Office, right: Right, kind: str, subject: Mapping[str, Any], summary: str) -> Proposed:
    """Propose something to a second person; raises `NotAllowed` without the right."""
    with doing(office.viewer, office.desk, right), office.desk.begin() as connection:
        return proposals.propose(
            connection, kind=kind, subject=subject, summary=summary, asked_by=office.viewer.user, now=_now()
        )


def take_back(office: Office, right: Right, number: int) -> None:
    """Take back one's own proposal; raises `NotAllowed` without the right."""
    with doing(office.viewer, office.desk, right), office.desk.begin() as connection:
        proposals.take_back(connection, number, by=office.viewer.user, now=_now())


def decide(office: Office, right: Right, number: int, *, is_approved: bool, note: str) -> Proposed:
    """Decide on somebody else's proposal and, if it was approved, ask the worker to carry it out, or neither."""
    with doing(office.viewer, office.desk, right), office.desk.begin() as connection:
        user, now = office.viewer.user, _now()
        decided = proposals.decide(connection, number, is_approved=is_approved, decided_by=user, note=note, now=now)
        kind = CARRIED_OUT_BY.get(decided.kind)
        if is_approved and kind is not None:
            # The worker takes what to do from the proposal; the rest is for pages that look for their job.
            arguments = {**decided.subject, "proposal": number}
            jobs.ask(connection, kind=kind, arguments=arguments, asked_by=user, now=now, scope=decided.scope)
    return decided


def keep_back(office: Office, wordings: Sequence[WordingName]) -> None:
    """Keep flagged wordings back for good: it discloses nothing, so one person may."""
    with doing(office.viewer, office.desk, Right.READ_FLAGGED_TEXT), office.desk.begin() as connection:
        decide_wordings(connection, wordings, Decision.KEEP_BACK, by=office.viewer.user, now=_now())


def open_proposals(office: Office, kind: str | None = None) -> list[Proposed]:
    """Give the proposals that wait, oldest first."""
    with reading(office.desk) as connection:
        return proposals.open_ones(connection, kind)


def newest_jobs(office: Office, *kinds: str, limit: int = 20) -> list[JobRecord]:
    """Give the jobs asked for last, newest first."""
    with reading(office.desk) as connection:
        return jobs.newest(connection, kinds=kinds, limit=limit)


def no_worker(office: Office) -> str:
    """Say in plain words that nobody works; '' where somebody does."""
    with reading(office.desk) as connection:
        return "" if worker_signs.alive(connection, _now()) else NO_WORKER


def _now() -> datetime:
    """Give the time of the click: a page may have been open for an hour."""
    return datetime.now(UTC)
