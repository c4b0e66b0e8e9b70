"""Putting one checked bundle into the vault, inside one transaction of the caller's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import Connection, Table, insert, update

from data_access.importing.bundle import Bundle
from data_access.importing.checking.rows import Checked
from data_access.importing.pseudonyms import ConversationKey
from data_access.importing.report import LedgerLine
from data_access.importing.storing.booking_faults import BookingFault, booking_faults, told
from data_access.importing.storing.conversations import Settings, as_json, keep_conversation
from data_access.importing.storing.erased import without_erased
from data_access.importing.storing.identities import idea_numbers, person_numbers
from data_access.importing.storing.references import loose_ends
from data_access.importing.storing.reflective import without_content
from data_access.importing.storing.rows import Numbers, vault_rows
from data_access.importing.storing.staff_groups import staff_group_notices, workforce_notices
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import COMMITTED, Added, add_rows
from data_access.importing.template_tables import Kind, template_table
from data_access.progress import Progress
from data_access.vault.schema import ImportLedger, ImportRun, Quarantine

MOST_SKEW: Final = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """Who asked for an import, of what, and when."""

    adapter: str
    content_hash: str
    started_by: str
    now: datetime
    is_strict: bool


@dataclass(frozen=True)
class Stored:
    """One import as the vault keeps it."""

    number: int
    ledger: tuple[LedgerLine, ...]
    proof: Mapping[str, object]
    notices: tuple[str, ...]


def store(
    connection: Connection,
    bundle: Bundle,
    key: ConversationKey,
    job: Job,
    *,
    before: Settings | None,
    wanted: Settings,
    progress: Progress,
) -> Stored:
    """Store a bundle as one import and give its number, ledger and proof.

    `before` and `wanted` are the conversation's settings; the proof keeps the former, for undo.
    """
    conversation = keep_conversation(connection, before, wanted)
    bundle = without_erased(connection, conversation, without_content(connection, conversation, bundle), key)
    number = _begin_run(connection, conversation, job)
    numbers = Numbers(
        person_numbers(connection, conversation, bundle, key), idea_numbers(connection, conversation, bundle), key
    )
    added = {
        name: add_rows(
            connection,
            VAULT_TABLES[name],
            vault_rows(checked.frame, VAULT_TABLES[name], numbers),
            conversation=conversation,
            number=number,
            progress=progress,
        )
        for name, checked in bundle.tables.items()
        if name in VAULT_TABLES
    }
    if "conversation" in bundle.tables:
        added["conversation"] = _settings_added(bundle.tables["conversation"], before, wanted)
    ledger = tuple(_line(checked, added.get(name)) for name, checked in bundle.tables.items())
    ends = loose_ends(connection, conversation, bundle)
    faulty = booking_faults(connection, conversation, bundle)
    notices = (*bundle.all_notices, *(_END.format(**end) for end in ends), *_said(job, bundle, wanted, faulty))
    proof = _proof(bundle, job, ledger, notices, before)
    proof["loose_ends"] = ends
    proof["booking_faults"] = [asdict(fault) for fault in faulty]
    _end_run(connection, number, ledger, bundle, proof)
    return Stored(number, ledger, proof, notices)


_AHEAD = "{file}: {column} lies more than a day ahead of this computer's clock in {rows:,} rows; one of them is wrong."
_END = "{file}: {rows:,} rows name {refers_to} that are not there, in {column}. They are kept until those arrive."


def _said(job: Job, bundle: Bundle, wanted: Settings, faulty: list[BookingFault]) -> list[str]:
    """Say what is odd of clocks, bookings, staff groups and the workforce, though it was kept."""
    groups = [*staff_group_notices(bundle, wanted), *workforce_notices(bundle)]
    return [*_ahead_of(job.now, bundle), *told(faulty), *groups]


def _ahead_of(now: datetime, bundle: Bundle) -> list[str]:
    """Say where a platform's clock and ours cannot both be right. Votes keep their order all the same."""
    latest = int((now + MOST_SKEW).timestamp() * 1000)
    counted = [
        (checked.file, column.name, int((checked.frame[column.name] > latest).sum()))
        for name, checked in bundle.tables.items()
        if name in VAULT_TABLES
        for column in template_table(name).columns
        if column.kind is Kind.MOMENT
    ]
    return [_AHEAD.format(file=file, column=column, rows=rows) for file, column, rows in counted if rows]


def _settings_added(checked: Checked, before: Settings | None, wanted: Settings) -> Added:
    rows = checked.frame.height
    if before is None:
        return Added(rows, 0, 0)
    return Added(0, 0, rows) if wanted == before else Added(0, rows, 0)


def _line(checked: Checked, added: Added | None) -> LedgerLine:
    # Tables of the plan go to the desk, which compares them itself: here they are simply handed on.
    counted = added or Added(checked.frame.height, 0, 0)
    return LedgerLine(
        checked.file,
        checked.table,
        checked.rows,
        checked.quarantined,
        counted.new,
        counted.changed,
        counted.unchanged,
        checked.duplicate,
    )


def _proof(
    bundle: Bundle, job: Job, ledger: tuple[LedgerLine, ...], notices: tuple[str, ...], before: Settings | None
) -> dict[str, object]:
    return {
        "adapter": job.adapter,
        "content_hash": job.content_hash,
        "strict": job.is_strict,
        "files": [asdict(file) for file in bundle.files],
        "ledger": [line.as_dict() for line in ledger],
        "facts": dict(bundle.facts),
        "notices": list(notices),
        "conversation_before": None if before is None else as_json(before),
    }


def _begin_run(connection: Connection, conversation: int, job: Job) -> int:
    moment = int(job.now.timestamp() * 1000)
    run = insert(ImportRun).returning(ImportRun.id)
    values = run.values(
        conversation_id=conversation,
        adapter=job.adapter,
        state=COMMITTED,
        content_hash=job.content_hash,
        started_at_ms=moment,
        finished_at_ms=moment,
        started_by=job.started_by,
        proof="{}",
    )
    return connection.execute(values).scalar_one()


def _end_run(
    connection: Connection, number: int, ledger: tuple[LedgerLine, ...], bundle: Bundle, proof: dict[str, object]
) -> None:
    written = json.dumps(proof, ensure_ascii=False)
    connection.execute(update(ImportRun).where(ImportRun.id == number).values(proof=written))
    lines = [
        {"import_id": number, **{name: value for name, value in line.as_dict().items() if name in _LEDGER_COLUMNS}}
        for line in ledger
    ]
    if lines:
        connection.execute(insert(ImportLedger), lines)
    faults = [{"import_id": number, **vars(fault)} for fault in bundle.faults]
    if faults:
        connection.execute(insert(Quarantine), faults)


_LEDGER_COLUMNS = frozenset(cast("Table", ImportLedger.__table__).columns.keys())
