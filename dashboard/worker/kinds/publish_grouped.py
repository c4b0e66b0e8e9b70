"""Cut the tables by region, board and staff group anew: proposed by one person, approved by a second."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.kind import Kind, Work
from dashboard.worker.publishing import published


def run(work: Work) -> dict[str, Any]:
    """Write the next release with grouped tables cut anew, each hidden count proved."""
    return published(work, by=work.job.asked_by, grouped_proofs=work.settings.proofs_folder)


KIND = Kind("publish grouped", Right.PROPOSE_DATA, run, proposal="publish grouped", needs_proposal=True)
