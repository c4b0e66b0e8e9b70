"""Look through files that were sent and put into the tray what importing them would do."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.deliveries import delivery_of
from dashboard.worker.kind import Kind, Work
from dashboard.worker.reviewing import review
from data_access.tray.reviews import keep_review


def run(work: Work) -> dict[str, Any]:
    """Review the delivery; a file that cannot be imported is a finding, not a failure."""
    found = review(work, delivery_of(work.arguments))
    keep_review(work.settings.home, found)
    return {"token": found.token, "is_refused": bool(found.refusal), "rows": found.total.rows}


KIND = Kind("preview import", Right.PROPOSE_DATA, run)
