"""Importing from beginning to end: read, check, store in one transaction, report.

files ─ adapter.read ─► bundle ─ faults? ─► refused, nothing changed
                               └─ store ─► rows, ledger, quarantine, proof; or all rolled back
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine, select

from data_access.importing.adapters import adapter_named
from data_access.importing.bundle import Adapter, Bundle, ReadOptions
from data_access.importing.checking.moments import DayOrder, Window
from data_access.importing.history import ImportSummary, import_proof, list_imports
from data_access.importing.pseudonyms import conversation_key
from data_access.importing.rejects import rejected_rows
from data_access.importing.report import ImportReport, LedgerLine
from data_access.importing.storing.conversations import (
    LONGEST_KEY,
    Settings,
    check_key,
    conversation_settings,
    wanted_settings,
)
from data_access.importing.storing.store import Job, Stored, store
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import COMMITTED
from data_access.importing.template_tables import BY_NAME
from data_access.importing.undo import undo_import
from data_access.problems import ImportRefused
from data_access.progress import Progress
from data_access.vault.engine import plain_words, writing
from data_access.vault.retention import check_goes_on
from data_access.vault.schema import ImportRun
from data_access.vocabulary import FeedbackMoment, slug

__all__ = ["ImportReport", "ImportSummary", "LedgerLine", "import_files", "import_proof", "list_imports", "undo_import"]

USUAL_TIMEZONE: Final = "Europe/London"
# Above this share of a table's rows it is not a few slips but the wrong file, or the wrong reading of it.
MOST_REFUSED: Final = 0.02

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class _Earlier:
    """The import that brought the very same files before."""

    number: int
    at: datetime


def import_files(
    *,
    engine: Engine,
    keys_folder: Path,
    adapter: str,
    paths: Sequence[Path],
    conversation: str | None,
    strict: bool = False,
    check_only: bool = False,
    allow_refused: bool = False,
    accept_many: bool = False,
    dates: DayOrder | None = None,
    session: str = "",
    given: FeedbackMoment = FeedbackMoment.IN_SESSION,
    started_by: str,
    now: datetime,
    progress: Progress,
    ask_desk: Callable[[Frames], object] | None = None,
    keep_rejects: Callable[[Frames], object] | None = None,
    look: Callable[[Bundle], object] | None = None,
) -> ImportReport:
    """Import files of one conversation, or with `check_only` say what importing them would do.

    The conversation's key is the one given, else the name of the folder or file. The same files again
    change nothing and say when they were first imported. Raises `ImportRefused` with every fault where a
    file cannot be read, or a row is refused and `allow_refused` does not set such rows aside; nothing is
    changed then. A check reports the faults of rows instead of raising.
    Where more than `MOST_REFUSED` of a table is refused, setting rows aside takes `accept_many` as well.
    `dates` says which number of 03/04/2022 is the day, `session` to which session notes without one belong,
    `given` when those were written.
    `ask_desk` is shown the tables that belong to the desk before anything is stored; it raises to refuse all.
    `keep_rejects` is given the rows that were refused, by table, with their own cells; see `rejects`.
    `look` is shown everything that was read, before anything is refused or stored.
    """
    key, reader = _key(conversation, paths), adapter_named(adapter)
    with plain_words(engine), engine.connect() as connection:
        known = conversation_settings(connection, key)
    options = replace(_options(known, now, dates, session), given=given)
    bundle = _read(reader, paths, options, progress, look)
    job = Job(adapter, content_hash(bundle, adapter, options, is_strict=strict), started_by, now, strict)
    with plain_words(engine), engine.connect() as connection:
        earlier = _earlier(connection, known, job.content_hash)
    if earlier is not None and not check_only:
        return _repeat(earlier, key, bundle)
    _give_back(bundle, keep_rejects)
    _check_faults(bundle, allow_rows=allow_refused or check_only, allow_many=accept_many or check_only)
    if ask_desk is not None and (frames := _desk_frames(bundle)):
        ask_desk(frames)
    if not any(name in VAULT_TABLES or name == "conversation" for name in bundle.tables):
        return _desk_only(key, bundle, is_check=check_only)
    stored = _store(engine, keys_folder, key, bundle, job, is_check=check_only, progress=progress)
    return _report(stored, key, bundle, is_check=check_only)


def _read(
    reader: Adapter,
    paths: Sequence[Path],
    options: ReadOptions,
    progress: Progress,
    look: Callable[[Bundle], object] | None,
) -> Bundle:
    progress("Reading and checking", 0, 1)
    bundle = reader.read(paths, options)
    progress("Reading and checking", 1, 1)
    if look is not None:
        look(bundle)
    return bundle


def _give_back(bundle: Bundle, keep_rejects: Callable[[Frames], object] | None) -> None:
    if keep_rejects is not None and (rejected := rejected_rows(bundle)):
        keep_rejects(rejected)


def _key(conversation: str | None, paths: Sequence[Path]) -> str:
    key = slug(conversation or usual_key(paths))[:LONGEST_KEY].strip("-")
    if not key:
        raise ImportRefused("The conversation has no name.", remedy="Give one with --conversation NAME.")
    return key


def _options(known: Settings | None, now: datetime, dates: DayOrder | None, session: str) -> ReadOptions:
    """Give what reading depends on: the conversation's own zone and days, where it is known already."""
    if known is None:
        return ReadOptions(USUAL_TIMEZONE, now.date(), dates, session=session)
    window = Window(known["opens_on"], known["closes_on"])
    return ReadOptions(known["timezone"], known["opens_on"] or now.date(), dates, window, session)


def usual_key(paths: Sequence[Path]) -> str:
    """Give the key of a conversation nobody named: its folder's name, or that of its one file."""
    if len(paths) == 1:
        only = paths[0].resolve()
        return only.name if only.is_dir() else only.stem
    return paths[0].resolve().parent.name if paths else ""


def content_hash(bundle: Bundle, adapter: str, options: ReadOptions, *, is_strict: bool) -> str:
    """Give one hash of everything an import depends on: the files' bytes, how they are read, the mode.

    What was asked for with them counts where it was: the same notes sent for another session are another import.
    """
    asked = {"session": options.session, "dates": options.dates or "", "given": options.given}
    usual = {"given": FeedbackMoment.IN_SESSION}
    said = [f"{name}={value}" for name, value in asked.items() if value != usual.get(name, "")]
    parts = [adapter, str(is_strict), *said, *sorted(f"{file.role} {file.sha256}" for file in bundle.files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _store(
    engine: Engine, keys_folder: Path, key: str, bundle: Bundle, job: Job, *, is_check: bool, progress: Progress
) -> Stored | _Earlier:
    with plain_words(engine), writing(engine, lock=f"lookforward import {key}") as connection:
        check_goes_on(connection, key)
        before = conversation_settings(connection, key)
        # Looked at again now that nobody else can write: two people may have sent the same files at once.
        earlier = None if is_check else _earlier(connection, before, job.content_hash)
        if earlier is not None:
            return earlier
        secret = conversation_key(keys_folder, key)
        if before is not None:
            check_key(connection, before["id"], secret)
        wanted = wanted_settings(before, key, job.adapter, bundle, is_strict=job.is_strict)
        stored = store(connection, bundle, secret, job, before=before, wanted=wanted, progress=progress)
        if is_check:
            connection.rollback()
        else:
            secret.keep()
    return stored


def _check_faults(bundle: Bundle, *, allow_rows: bool, allow_many: bool) -> None:
    of_files = [fault for fault in bundle.faults if not fault.row]
    if of_files:
        raise ImportRefused("The files cannot be imported as they are; nothing was imported.", bundle.faults)
    if bundle.faults and not allow_rows:
        refused = sum(table.quarantined for table in bundle.tables.values())
        rows = sum(table.rows for table in bundle.tables.values())
        raise ImportRefused(
            f"{refused:,} of {rows:,} rows refused, nothing imported.",
            bundle.faults,
            "Fix the rows, or run again with --allow-refused to import the rest.",
        )
    many = [table for table in bundle.tables.values() if table.quarantined > MOST_REFUSED * table.rows]
    if many and not allow_many:
        told = "; ".join(f"{table.file}: {table.quarantined:,} of {table.rows:,}" for table in many)
        raise ImportRefused(
            f"More than {MOST_REFUSED:.0%} of the rows are refused ({told}), nothing imported.",
            bundle.faults,
            "That many are seldom slips: look at the file and at how it was exported. "
            "If they are to be left out all the same, say so with --accept-many beside --allow-refused.",
        )


def _earlier(connection: Connection, known: Settings | None, content: str) -> _Earlier | None:
    if known is None:
        return None
    query = (
        select(ImportRun.id, ImportRun.started_at_ms)
        .where(ImportRun.conversation_id == known["id"], ImportRun.content_hash == content)
        .where(ImportRun.state == COMMITTED)
        .order_by(ImportRun.id)
        .limit(1)
    )
    found = connection.execute(query).one_or_none()
    return None if found is None else _Earlier(found[0], datetime.fromtimestamp(found[1] / 1000, tz=UTC))


def _repeat(earlier: _Earlier, key: str, bundle: Bundle) -> ImportReport:
    return ImportReport(
        number=earlier.number,
        conversation=key,
        is_check=False,
        first_imported_at=earlier.at,
        ledger=(),
        faults=(),
        notices=(f"These files were imported on {earlier.at:%-d %B %Y at %H:%M} UTC as import {earlier.number}.",),
        proof={},
        desk_frames=_desk_frames(bundle),
    )


def _desk_only(key: str, bundle: Bundle, *, is_check: bool) -> ImportReport:
    """Report on files that hold the plan and nothing else: the vault is not touched."""
    ledger = tuple(
        LedgerLine(one.file, one.table, one.rows, one.quarantined, one.frame.height, 0, 0, one.duplicate)
        for one in bundle.tables.values()
    )
    return ImportReport(
        None, key, is_check, None, ledger, bundle.faults, bundle.all_notices, dict(bundle.facts), _desk_frames(bundle)
    )


def _report(stored: Stored | _Earlier, key: str, bundle: Bundle, *, is_check: bool) -> ImportReport:
    if isinstance(stored, _Earlier):
        return _repeat(stored, key, bundle)
    return ImportReport(
        number=None if is_check else stored.number,
        conversation=key,
        is_check=is_check,
        first_imported_at=None,
        ledger=stored.ledger,
        faults=bundle.faults,
        notices=stored.notices,
        proof=stored.proof,
        desk_frames=_desk_frames(bundle),
    )


def _desk_frames(bundle: Bundle) -> dict[str, pl.DataFrame]:
    return {
        name: checked.frame.select([column.name for column in BY_NAME[name].columns])
        for name, checked in bundle.tables.items()
        if BY_NAME[name].belongs_to == "desk"
    }
