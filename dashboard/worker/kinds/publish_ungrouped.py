"""Publish the ungrouped tables; those by region and staff group are carried over as they are."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.kind import Kind, Work
from dashboard.worker.publishing import published


def run(work: Work) -> dict[str, Any]:
    """Write the next release where the vault says something new."""
    return published(work, by=work.job.asked_by)


KIND = Kind("publish ungrouped", Right.PROPOSE_DATA, run)
