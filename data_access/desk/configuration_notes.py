"""Changes of the configuration, in the audit log: the names of what changed, never a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data_access.desk import audit
from data_access.desk.schema import AuditEntry
from data_access.settings import Settings

BEGINS: Final = "configuration "
# Six letters of a hash: a change goes unseen once in sixteen million, and all fit into one line of the log.
LETTERS: Final = 6


def note_configuration(engine: Engine, settings: Settings, *, who: str, now: datetime) -> tuple[str, ...]:
    """Write a line where the configuration is another than the last one `who` began with; give what changed.

    who: the kind of process, such as 'dashboard': the worker is told more, so each is held against its own.
    """
    marks = {name: _mark(value) for name, value in sorted(facts_of(settings).items())}
    scope = " ".join(marks.values())
    with engine.begin() as connection:
        before = _last_scope(connection, who)
        if before == scope:
            return ()
        changed = _changed(before, marks)
        what = f"{BEGINS}changed: {', '.join(changed)}" if changed else f"{BEGINS}noted"
        audit.record(connection, who=who, what=what, scope=scope, release=None, now=now)
    return changed


def facts_of(settings: Settings) -> dict[str, str]:
    """Give every setting as text, without passwords, and the hash of the file that names a sign-in service."""
    facts = {name: _without_password(str(getattr(settings, name))) for name in Settings.model_fields}
    file = settings.sign_in_file
    return facts | {"sign-in file": sha256(file.read_bytes()).hexdigest() if file.is_file() else ""}


def _last_scope(connection: Connection, who: str) -> str | None:
    own = (AuditEntry.who == who) & AuditEntry.what.startswith(BEGINS)
    query = select(AuditEntry.scope).where(own).order_by(AuditEntry.number.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


def _changed(before: str | None, marks: Mapping[str, str]) -> tuple[str, ...]:
    """Name what differs; all of it after an update of the program that knows other settings."""
    if before is None:
        return ()
    old = before.split(" ")
    if len(old) != len(marks):
        return ("the settings there are",)
    return tuple(name for (name, mark), earlier in zip(marks.items(), old, strict=True) if mark != earlier)


def _mark(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:LETTERS]


def _without_password(value: str) -> str:
    if "://" not in value:
        return value
    try:
        return make_url(value).render_as_string(hide_password=True)
    except ArgumentError:
        return value
