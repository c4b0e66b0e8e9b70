"""Import files that were sent and looked at, then ask for the ungrouped tables to be published."""

from __future__ import annotations

import shutil
from typing import Any

from dashboard.permissions import Right
from dashboard.worker.chores import show_imports
from dashboard.worker.deliveries import bring, delivery_of, kept_rejects, load_plan, sources, vault_of
from dashboard.worker.kind import Kind, Work
from data_access.desk import audit, audit_words, jobs
from data_access.desk.proposals import proposal
from data_access.importing.report import ImportReport
from data_access.problems import ImportRefused
from data_access.tray.places import INBOX, place

PUBLISH = "publish ungrouped"


def run(work: Work) -> dict[str, Any]:
    """Import in one transaction. Over 2 % of faulty rows takes a proposal that a second person approved."""
    subject, started_by, is_agreed = _asked(work)
    delivery = delivery_of(subject)
    if not delivery.conversation:
        raise ImportRefused("Nobody said which conversation these belong to.", remedy="Give it a name and load again.")
    home = work.settings.home
    known, paths = sources(home, delivery)
    with vault_of(work.settings.vault_url) as engine:
        report = bring(
            work, engine, delivery, adapter=known.adapter, paths=paths, started_by=started_by, check_only=False,
            accept_many=is_agreed, keep_rejects=lambda rejected: kept_rejects(home, delivery.token, rejected),
        )  # fmt: skip
        show_imports(work.settings, engine)
    plan = load_plan(work, report.desk_frames, started_by)
    shutil.rmtree(place(home, INBOX, delivery.token), ignore_errors=True)
    return {**_told(report), "plan": plan, "publishing": _follow(work, report, started_by)}


def _asked(work: Work) -> tuple[dict[str, Any], str, bool]:
    """Give what is to be imported, for whom, and whether a second person agreed to leaving many rows out."""
    number = work.arguments.get("proposal")
    if number is None:
        return dict(work.arguments), work.job.asked_by, False
    with work.desk.connect() as connection:
        agreed = proposal(connection, int(number))
    return dict(agreed.subject), agreed.asked_by, True


def _told(report: ImportReport) -> dict[str, Any]:
    names = ("rows", "new", "changed", "unchanged", "repeated", "quarantined")
    tables = [{"table": one.table, **{name: getattr(one, name) for name in names}} for one in report.ledger]
    return {
        "import": report.number,
        "conversation": report.conversation,
        "was_already_imported": report.was_already_imported,
        "tables": tables,
        "notices": list(report.notices) if report.was_already_imported else [],
    }


def _follow(work: Work, report: ImportReport, started_by: str) -> int | None:
    """Write the import into the log and ask for a release; nothing where nothing came in."""
    if report.number is None or report.was_already_imported:
        return None
    what, now = audit_words.imported(report.number, report.conversation, report.rows_left_out), work.clock()
    with work.desk.begin() as connection:
        audit.record(connection, who=started_by, what=what, scope=f"job {work.job.id}", release=None, now=now)
        return jobs.ask(connection, kind=PUBLISH, arguments={}, asked_by=started_by, now=now, scope="after an import")


KIND = Kind("commit import", Right.PROPOSE_DATA, run, proposal="load with many faults")
