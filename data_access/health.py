"""What an installation looks like from outside: what is there, answers, and is as it was left.

Nothing is made, moved or repaired by looking.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from data_access.desk import audit, jobs, users, worker_signs
from data_access.desk.engine import connect_desk, desk_version, newest_version, reading
from data_access.desk.retention import standings_of
from data_access.problems import UserProblem
from data_access.releases.store import current_number, list_releases, verify_release, withdrawn_numbers
from data_access.settings import Settings
from data_access.vault.migrate import is_current
from data_access.vault.rights import is_superuser, others_let_in


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` says what to do when `is_fine` is false."""

    subject: str
    is_fine: bool
    says: str
    remedy: str = ""


def findings(settings: Settings, now: datetime) -> list[Finding]:
    """Look at everything an installation rests on, in the order it is built up; `now` has a time zone."""
    return [
        _home(settings.home),
        *_vault(settings.vault_url),
        *_keys(settings.keys_folder),
        *_desk(settings.desk_url, now),
        *_releases(settings.releases_folder),
    ]


def _home(home: Path) -> Finding:
    if not home.is_dir():
        return Finding("home", False, f"{home} is not there yet", "it is made by 'lookforward demo' or an import")
    if not os.access(home, os.W_OK):
        return Finding("home", False, f"{home} cannot be written", "give this account the right to write there")
    return Finding("home", True, str(home))


def _vault(url: str) -> Iterator[Finding]:
    """A computer that only serves has no vault, and that is how it should be."""
    try:
        file = _file_of(url)
        if file is not None and not file.exists():
            yield Finding("vault", True, "none here; imports make it, the dashboard needs none")
            return
        engine = create_engine(url, hide_parameters=True)
        with engine.connect() as connection:
            is_newest, others, is_keeper = is_current(connection), others_let_in(connection), is_superuser(connection)
        engine.dispose()
    except UserProblem as problem:
        yield Finding("vault", False, str(problem), "update this program")
        return
    except (ArgumentError, SQLAlchemyError):
        yield Finding("vault", False, "does not answer", "look at LOOKFORWARD_VAULT_URL and at the server")
        return
    says = "answers, schema up to date" if is_newest else "has an older schema"
    yield Finding("vault", is_newest, says, "lookforward migrate; the next import does it too")
    if file is None:
        yield _rights("vault rights", url, others, is_keeper=is_keeper)


def _rights(subject: str, url: str, others: tuple[str, ...], *, is_keeper: bool) -> Finding:
    """What the dashboard could reach, it could show: its account has no right on the vault."""
    if is_keeper:
        remedy = "use the accounts of deploy/postgresql/roles.sql, see docs/deployment.md"
        return Finding(subject, False, "this account may do everything on its server", remedy)
    if others:
        remedy = f"REVOKE ALL ON DATABASE {make_url(url).database} FROM PUBLIC, {', '.join(others)}"
        return Finding(subject, False, f"other accounts may open it: {', '.join(others)}", remedy)
    return Finding(subject, True, "no other account may open it")


def _keys(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        yield Finding("keys", True, "none here; the first import makes one a conversation")
        return
    files = sorted(path for path in folder.iterdir() if path.is_file())
    if os.name == "posix":
        open_to_others = [path.name for path in (folder, *files) if stat.S_IMODE(path.stat().st_mode) & 0o077]
        if open_to_others:
            says = f"others on this computer can reach {', '.join(open_to_others)}"
            yield Finding("keys", False, says, f"chmod -R go-rwx '{folder}'")
            return
    yield Finding("keys", True, f"{len(files):,}, for their owner only")


def _desk(url: str, now: datetime) -> Iterator[Finding]:
    try:
        file = _file_of(url)
        if file is not None and not file.exists():
            yield Finding("desk", False, "is not there yet", "lookforward users add NAME --role leader")
            return
        engine = connect_desk(url)
        version, newest = desk_version(engine), newest_version()
        if version != newest:
            says = f"has schema {version or 'none'}, this program {newest}"
            yield Finding("desk", False, says, "lookforward migrate, with the account of the jobs")
            return
        yield Finding("desk", True, f"answers, schema {version}")
        with reading(engine) as connection:
            if is_superuser(connection):
                yield _rights("desk rights", url, (), is_keeper=True)
            accounts = users.count_users(connection)
            remedy = "lookforward users add NAME --role leader"
            yield Finding("accounts", accounts > 0, f"{accounts:,} may sign in", remedy)
            yield Finding("audit log", True, f"{audit.verify_chain(connection):,} rows fit together")
            yield _worker(connection, now)
            yield from _retention(connection, now)
        engine.dispose()
    except UserProblem as problem:
        yield Finding("desk", False, str(problem), "restore it from a backup if somebody changed it")
    except (ArgumentError, SQLAlchemyError):
        yield Finding("desk", False, "does not answer", "look at LOOKFORWARD_DESK_URL and at the server")


def _retention(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Count down for every completed conversation whose rows are still there."""
    for one in standings_of(connection):
        left = one.days_left(now)
        if left is None or one.due_at is None:
            continue
        until = f"{one.due_at:%-d %B %Y}"
        says = f"{one.conversation}: {left:,} days left to delete its rows, by {until}"
        if left < 0:
            says = f"{one.conversation}: its rows should have been deleted by {until}"
        yield Finding("retention", left >= 0, says, f"lookforward purge {one.conversation}")


def _worker(connection: Connection, now: datetime) -> Finding:
    """A worker is needed only where somebody waits for one."""
    alive, waiting = worker_signs.alive(connection, now), jobs.waiting(connection)
    waits = f"{len(waiting):,} {'job waits or runs' if len(waiting) == 1 else 'jobs wait or run'}"
    if not alive:
        remedy = "lookforward serve, or lookforward worker on the computer that has the vault"
        return Finding("worker", not waiting, f"none is running; {waits}", remedy)
    seconds = max((now - alive[0].seen_at).total_seconds(), 0)
    return Finding("worker", True, f"alive, seen {seconds:.0f} s ago; {waits}")


def _releases(folder: Path) -> Iterator[Finding]:
    try:
        number = current_number(folder)
        if number is None:
            yield Finding("releases", False, "none yet", "lookforward demo, or lookforward publish after an import")
            return
        everything, withdrawn = list_releases(folder), withdrawn_numbers(folder)
        yield Finding("releases", True, f"{len(everything):,}, {len(withdrawn):,} of them withdrawn")
        differences = verify_release(folder, number)
        says = "; ".join(differences) or "every file is as it was written"
        yield Finding(f"release {number}", not differences, says, "restore its folder from a backup")
    except UserProblem as problem:
        yield Finding("releases", False, str(problem), "restore the folder from a backup")


def _file_of(url: str) -> Path | None:
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if is_file else None
