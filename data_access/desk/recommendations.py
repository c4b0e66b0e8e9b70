"""Recommendations of a conversation's summary report: written by an analyst, each resting on evidence.

Evidence names themes, ideas and elements of a release and actions of the plan by their public ids, which are stable
across releases. A recommendation without evidence is an opinion, and is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine, insert, select, update

from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.report_schema import Recommendation
from data_access.problems import BadSelection, NothingThere

KINDS: Final = ("theme", "idea", "element", "action")
LONGEST: Final = 600
FRAME: Final = pl.Schema(
    [
        ("conversation", pl.String()),
        ("number", pl.Int64()),
        ("text", pl.String()),
        ("evidence", pl.List(pl.Struct({"kind": pl.String(), "id": pl.String()}))),
        ("written_on", pl.Date()),
    ]
)


@dataclass(frozen=True)
class Evidence:
    """What a recommendation rests on: a theme's code, an idea's id, an element's name or an action's number."""

    kind: str
    id: str


def recommend(
    connection: Connection, *, conversation: str, text: str, evidence: Sequence[Evidence], by: str, now: datetime
) -> int:
    """Write a recommendation down; gives its number.

    Raises `BadSelection` without words, without evidence, or for evidence of a kind that is none.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST:
        raise BadSelection(f"A recommendation has between 1 and {LONGEST} characters.")
    if not evidence:
        raise BadSelection("Name at least one theme, idea, element or action it rests on.")
    unknown = sorted({one.kind for one in evidence} - set(KINDS))
    if unknown:
        raise BadSelection(f"Evidence is a {', '.join(KINDS)}, not {', '.join(unknown)}.")
    rows = [vars(one) for one in dict.fromkeys(evidence)]
    values = {"conversation": conversation, "text": plain, "evidence": rows, "written_by": by, "written_at": now}
    number = connection.scalar(insert(Recommendation).values(**values).returning(Recommendation.id))
    number = int(number or 0)
    audit.record(connection, who=by, what=f"wrote recommendation {number}", scope="", release=None, now=now)
    return number


def withdraw(connection: Connection, number: int, *, by: str, now: datetime) -> None:
    """Withdraw a recommendation; reports of earlier days keep it. Raises `NothingThere` where none of it stands."""
    own = (Recommendation.id == number) & Recommendation.withdrawn_at.is_(None)
    changed = connection.execute(update(Recommendation).where(own).values(withdrawn_by=by, withdrawn_at=now))
    if changed.rowcount != 1:
        raise NothingThere(f"There is no recommendation {number} to withdraw.")
    audit.record(connection, who=by, what=f"withdrew recommendation {number}", scope="", release=None, now=now)


def recommendations_as_at(engine: Engine, day: date) -> pl.DataFrame:
    """Give the recommendations that stood at the end of a day (UTC), oldest first, as `FRAME`."""
    ends = datetime.combine(day + timedelta(days=1), time(), UTC)
    with reading(engine) as connection:
        rows = [
            (row.conversation, row.id, row.text, row.evidence, row.written_at.date())
            for row in connection.execute(select(Recommendation).order_by(Recommendation.id))
            if row.written_at < ends and (row.withdrawn_at is None or row.withdrawn_at >= ends)
        ]
    return pl.DataFrame(rows, schema=FRAME, orient="row")
