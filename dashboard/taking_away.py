"""Files that leave the dashboard: made when asked for, the right checked then, the log naming each with its hash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine

from dashboard.doing import doing
from dashboard.permissions import Right, Viewer
from data_access.desk.audit_words import record_file


def taken(
    viewer: Viewer, desk: Engine, right: Right, name: str, make: Callable[[], bytes], *, release: int | None = None
) -> bytes:
    """Make a file for somebody who may have it, and note its name and SHA-256 in the audit log.

    release: number of the release it was made from, if it was. Raises `NotAllowed` without the right.
    Nobody gets a file that is not in the log: it is written before the bytes are handed over.
    """
    with doing(viewer, desk, right):
        content = make()
        with desk.begin() as connection:
            now = datetime.now(UTC)
            record_file(connection, who=viewer.user, name=name, content=content, release=release, now=now)
        return content
