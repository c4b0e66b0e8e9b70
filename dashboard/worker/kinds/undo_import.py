"""Take the newest import of a conversation back, and withdraw the releases that rest on it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dashboard.permissions import Right
from dashboard.worker.chores import show_imports
from dashboard.worker.deliveries import vault_of
from dashboard.worker.kind import Kind, Work
from data_access.desk import audit, audit_words
from data_access.importing.undo import undo_import
from data_access.problems import NothingThere
from data_access.publishing.publish import withdraw_after
from data_access.releases.store import current_number
from data_access.vault.engine import has_vault


def run(work: Work) -> dict[str, Any]:
    """Undo one import; the release shown before it is shown again."""
    number, folder = int(work.arguments["import"]), work.settings.releases_folder
    if not has_vault(work.settings.vault_url):
        raise NothingThere(f"There is no import {number}: nothing has been imported yet.")
    with vault_of(work.settings.vault_url) as engine:
        work.progress("Taking the import back", 0, 1)
        undone = undo_import(engine, number, work.clock())
        withdrawn = withdraw_after(engine=engine, releases_folder=folder, undone_import=number)
        show_imports(work.settings, engine)
    shown = current_number(folder)
    what = audit_words.undone(number, undone.conversation)
    with work.desk.begin() as connection:
        audit.record(
            connection, who=work.job.asked_by, what=what, scope=f"job {work.job.id}", release=shown, now=work.clock()
        )
    return {**asdict(undone), "withdrawn": withdrawn, "release": shown}


KIND = Kind("undo import", Right.PROPOSE_DATA, run)
