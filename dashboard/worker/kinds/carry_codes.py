"""Carry the suggestions that people accepted into the vault as codes, then ask for a release that counts them."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.chores import show_imports
from dashboard.worker.deliveries import vault_of
from dashboard.worker.kind import Kind, Work
from data_access.desk import audit, code_decisions, jobs
from data_access.importing.accepted_codes import carry
from data_access.problems import NothingThere
from data_access.vault.engine import has_vault

PUBLISH = "publish ungrouped"


def run(work: Work) -> dict[str, Any]:
    """Import what was accepted since, take back what was refused since; a person's codes are left alone."""
    conversation = str(work.arguments["conversation"])
    if not has_vault(work.settings.vault_url):
        raise NothingThere("Nothing has been imported yet, so there is nothing to code.")
    with work.desk.connect() as connection:
        decisions = code_decisions.standing(connection, conversation)
    with vault_of(work.settings.vault_url) as engine:
        report = carry(
            engine, work.settings.keys_folder, conversation=conversation, decisions=decisions, by=work.job.asked_by,
            now=work.clock(), progress=work.progress,
        )  # fmt: skip
        show_imports(work.settings, engine)
    if report is None or report.number is None or report.was_already_imported:
        return {"import": None, "conversation": conversation, "codes": 0, "publishing": None}
    codes = sum(line.new + line.changed for line in report.ledger if line.table == "codes")
    what, now = f"accepted suggestions: import {report.number} of {conversation}"[:200], work.clock()
    with work.desk.begin() as connection:
        audit.record(connection, who=work.job.asked_by, what=what, scope=f"job {work.job.id}", release=None, now=now)
        following = jobs.ask(
            connection, kind=PUBLISH, arguments={}, asked_by=work.job.asked_by, now=now, scope="after coding"
        )
    return {"import": report.number, "conversation": conversation, "codes": codes, "publishing": following}


KIND = Kind("carry codes", Right.PROPOSE_DATA, run)
