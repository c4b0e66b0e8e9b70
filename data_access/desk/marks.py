"""Cheap signs that something on the desk has changed, for whoever keeps answers made from it."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from data_access.desk.engine import reading
from data_access.desk.plan_schema import PlanAction, PlanCommitmentVersion
from data_access.desk.report_schema import Recommendation


def plan_mark(engine: Engine) -> tuple[int, int]:
    """Give two counts of which at least one grows with every edit of the plan or of the recommendations."""
    with reading(engine) as connection:
        edits = connection.scalar(select(func.coalesce(func.sum(PlanAction.version), 0)))
        promises = connection.scalar(select(func.count()).select_from(PlanCommitmentVersion))
        # One for each that was written, one more for each that was withdrawn.
        advice = connection.scalar(select(func.count(Recommendation.id) + func.count(Recommendation.withdrawn_at)))
    return int(edits or 0), int(promises or 0) + int(advice or 0)
