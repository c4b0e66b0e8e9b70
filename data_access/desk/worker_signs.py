"""Signs of life of workers: how the dashboard and `doctor` know that somebody will do what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from data_access.desk.jobs import STALE_AFTER
from data_access.desk.work_schema import WorkerSign

NO_WORKER: Final = (
    "No worker is running, so nothing that is asked for here begins. Whoever runs the installation starts one with "
    "'lookforward serve', or 'lookforward worker' on the computer that has the vault. What you ask for now waits."
)


@dataclass(frozen=True)
class Sign:
    """One worker process and when it was last seen."""

    name: str
    started_at: datetime
    seen_at: datetime


def show(connection: Connection, name: str, *, started_at: datetime, now: datetime) -> None:
    """Say that a worker lives."""
    values = {"started_at": started_at, "seen_at": now}
    if connection.execute(update(WorkerSign).where(WorkerSign.name == name).values(**values)).rowcount == 0:
        connection.execute(insert(WorkerSign).values(name=name, **values))


def leave(connection: Connection, name: str) -> None:
    """Say that a worker has stopped."""
    connection.execute(delete(WorkerSign).where(WorkerSign.name == name))


def alive(connection: Connection, now: datetime) -> list[Sign]:
    """Give the workers seen within `STALE_AFTER`, by name."""
    rows = connection.execute(select(WorkerSign).order_by(WorkerSign.name))
    signs = [Sign(row.name, row.started_at, row.seen_at) for row in rows]
    return [sign for sign in signs if now - sign.seen_at <= STALE_AFTER]
