"""Whether a job may be done, asked again where it is done: the page that asked is not the one to trust."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.permissions import Right, check, viewer_of
from dashboard.worker.kind import Kind
from data_access.desk.jobs import JobRecord
from data_access.desk.proposals import check_approved
from data_access.desk.users import user_named
from data_access.problems import NotAllowed


def check_may(connection: Connection, kind: Kind, job: JobRecord) -> None:
    """Raise `NotAllowed` unless whoever asked may, or two people who may have proposed and approved it.

    Rights are those of the accounts now: one that was disabled or given another role since counts as it is.
    """
    number = job.arguments.get("proposal")
    if number is None and kind.needs_proposal:
        raise NotAllowed("This takes a second person: it must be proposed and approved.")
    if number is None or not kind.proposal:
        _check_account(connection, job.asked_by, kind.right)
        return
    known = check_approved(connection, int(number), kind.proposal)
    _check_account(connection, known.asked_by, kind.right)
    _check_account(connection, str(known.decided_by), kind.decider)


def _check_account(connection: Connection, name: str, right: Right) -> None:
    user = user_named(connection, name)
    if user.is_disabled:
        raise NotAllowed("The account that asked for this has been disabled.")
    check(viewer_of(user), right)
