"""Put the wordings that the personal-detail check holds back into the tray."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.deliveries import vault_of
from dashboard.worker.kind import Kind, Work
from data_access.problems import NothingThere
from data_access.publishing.flagged import flagged
from data_access.retention.complete import decided
from data_access.tray.wordings import Wording, keep_wordings
from data_access.vault import reading
from data_access.vault.engine import has_vault


def run(work: Work) -> dict[str, Any]:
    """Look through every conversation; `token` is the place the page chose. The desk learns the count alone."""
    token = str(work.arguments["token"])
    if not has_vault(work.settings.vault_url):
        raise NothingThere("There is no wording to look at: nothing has been imported yet.")
    with vault_of(work.settings.vault_url) as engine, reading.snapshot(engine) as connection:
        found = flagged(connection, now=work.clock(), progress=work.progress, decisions=decided(work.settings))
    keep_wordings(work.settings.home, token, [Wording(**vars(one)) for one in found])
    return {"token": token, "wordings": len(found)}


KIND = Kind("review wording", Right.READ_FLAGGED_TEXT, run)
"""Asked by analysts, who may read what is flagged."""
