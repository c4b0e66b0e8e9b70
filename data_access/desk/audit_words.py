"""The same words in the audit log whether a page, the worker or a command did it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from data_access.desk import audit

TOOK_AWAY: Final = "took a file away"
LONGEST_NAME: Final = 200


def imported(number: int, conversation: str, rows_left_out: int = 0) -> str:
    """Say which import came in, and how many faulty rows somebody agreed to leave out."""
    left_out = f"; {rows_left_out:,} faulty rows left out" if rows_left_out else ""
    return f"imported: import {number} of {conversation}{left_out}"


def undone(number: int, conversation: str) -> str:
    """Say which import was taken back."""
    return f"undone: import {number} of {conversation}"


def published(release: int, *, is_grouped: bool) -> str:
    """Say which release was written, and whether its tables by region, board and staff group were cut anew."""
    return f"published: release {release}{', grouped tables cut anew' if is_grouped else ''}"


def record_file(
    connection: Connection, *, who: str, name: str, content: bytes, release: int | None, now: datetime
) -> None:
    """Note a file that leaves: its name and SHA-256, nothing of what is in it."""
    scope = f"{name[:LONGEST_NAME]}, SHA-256 {sha256(content).hexdigest()}"
    audit.record(connection, who=who, what=TOOK_AWAY, scope=scope, release=release, now=now)
