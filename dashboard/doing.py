"""What takes a right is done within `doing`: asked before anything else, a refusal noted in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine

from dashboard.permissions import Right, Viewer, check
from data_access.desk import audit
from data_access.problems import NotAllowed


@contextmanager
def doing(viewer: Viewer, desk: Engine, right: Right) -> Iterator[None]:
    """Let a viewer do something who has the right to.

    Raises `NotAllowed` without the right, and passes on what the work itself refuses ("nobody decides on their own
    proposal"). Either has its line in the audit log before it is told: somebody who tries doors is to be seen.
    Work that opens a transaction opens it within, so that it is over when the line is written.
    """
    try:
        check(viewer, right)
        yield
    except NotAllowed:
        scope = ", ".join(viewer.regions) or viewer.role.value
        with desk.begin() as connection:
            what, now = f"refused: {right.value}", datetime.now(UTC)
            audit.record(connection, who=viewer.user, what=what, scope=scope, release=None, now=now)
        raise
