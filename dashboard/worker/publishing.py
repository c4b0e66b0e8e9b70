"""What the two kinds of publishing share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.worker.deliveries import vault_of
from dashboard.worker.kind import Work
from data_access.desk import audit, audit_words
from data_access.problems import NothingThere
from data_access.publishing.counting import Counting
from data_access.publishing.publish import publish
from data_access.releases.store import current_number
from data_access.retention.complete import decided
from data_access.retention.sweep import copies_dropped
from data_access.vault.engine import has_vault


def published(work: Work, *, by: str, grouped_proofs: Path | None = None) -> dict[str, Any]:
    """Write the next release, say so in the log, and give its number and size."""
    folder = work.settings.releases_folder
    if not has_vault(work.settings.vault_url):
        raise NothingThere("There is nothing to publish yet: nothing has been imported.")
    before = current_number(folder)
    with vault_of(work.settings.vault_url) as engine:
        made = publish(
            engine=engine,
            releases_folder=folder,
            now=work.clock(),
            progress=work.progress,
            grouped_proofs=grouped_proofs,
            decisions=decided(work.settings),
            keys_folder=work.settings.keys_folder,
            when_blanked=copies_dropped(work.settings, work.clock()),
            counting=Counting(folder=work.settings.scratch_folder),
        )
    is_new = made.number != before
    if is_new:
        what = audit_words.published(made.number, is_grouped=grouped_proofs is not None)
        with work.desk.begin() as connection:
            audit.record(
                connection, who=by, what=what, scope=f"job {work.job.id}", release=made.number, now=work.clock()
            )
    privacy = {key: dict(figures) for key, figures in made.privacy.items()}
    return {"release": made.number, "is_new": is_new, "grouped": privacy if grouped_proofs else {}}
