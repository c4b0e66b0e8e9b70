"""Complete a conversation that one person asked to end and a second confirmed: final release, then thirty days."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.kind import Kind, Work
from data_access.desk.proposals import proposal
from data_access.desk.retention import COMPLETING
from data_access.retention.complete import complete_conversation


def run(work: Work) -> dict[str, Any]:
    """Cut the final release and start the clock."""
    with work.desk.connect() as connection:
        agreed = proposal(connection, int(work.arguments["proposal"]))
    made = complete_conversation(
        work.settings,
        str(agreed.subject["conversation"]),
        asked_by=agreed.asked_by,
        confirmed_by=str(agreed.decided_by),
        now=work.clock(),
        progress=work.progress,
    )
    return {"certificate": made.number, "conversation": made.conversation, **dict(made.facts)}


KIND = Kind("complete conversation", Right.PROPOSE_DATA, run, proposal=COMPLETING, needs_proposal=True)
