"""Put the intake proof of one import into the tray."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.deliveries import vault_of
from dashboard.worker.kind import Kind, Work
from data_access.importing.history import import_proof
from data_access.importing.proof_text import proof_document
from data_access.problems import NothingThere
from data_access.tray.reviews import keep_file
from data_access.vault.engine import has_vault


def run(work: Work) -> dict[str, Any]:
    """Write the proof as Markdown beside the reviews; `token` is the place the page chose for it."""
    number, token = int(work.arguments["import"]), str(work.arguments["token"])
    if not has_vault(work.settings.vault_url):
        raise NothingThere(f"There is no import {number}: nothing has been imported yet.")
    with vault_of(work.settings.vault_url) as engine:
        document = proof_document(import_proof(engine, number))
    name = f"intake-proof-{number}.md"
    keep_file(work.settings.home, token, name, document.encode())
    return {"import": number, "token": token, "file": name}


KIND = Kind("intake proof", Right.PROPOSE_DATA, run)
