"""Write down that flagged wordings may be released, as one person proposed and a second approved, and publish."""

from __future__ import annotations

from typing import Any

from dashboard.permissions import Right
from dashboard.worker.kind import Kind, Work
from data_access.desk import jobs
from data_access.desk.proposals import proposal
from data_access.desk.text_decisions import PROPOSAL, Decision, WordingName, decide_wordings

PUBLISH = "publish ungrouped"


def run(work: Work) -> dict[str, Any]:
    """Carry an approved proposal out: decisions by hash, then a release that shows the wordings."""
    now = work.clock()
    with work.desk.begin() as connection:
        agreed = proposal(connection, int(work.arguments["proposal"]))
        names = [WordingName(*one) for one in agreed.subject["wordings"]]
        decide_wordings(connection, names, Decision.RELEASE, by=str(agreed.decided_by), now=now)
        asked = jobs.ask(
            connection,
            kind=PUBLISH,
            arguments={},
            asked_by=agreed.asked_by,
            now=now,
            scope="after wording was approved",
        )
    return {"wordings": len(names), "publishing": asked}


KIND = Kind("release wording", Right.READ_FLAGGED_TEXT, run, proposal=PROPOSAL, needs_proposal=True)
