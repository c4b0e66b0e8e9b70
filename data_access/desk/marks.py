"""Cheap signs that something on the desk has changed, for whoever keeps answers made from it."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from data_access.desk.engine import reading
from data_access.desk.plan_schema import PlanAction, PlanCommitmentVersion


def plan_mark(engine: Engine) -> tuple[int, int]:
    """Give two counts of which at least one grows with every edit of the plan."""
    with reading(engine) as connection:
        edits = connection.scalar(select(func.coalesce(func.sum(PlanAction.version), 0)))
        promises = connection.scalar(select(func.count()).select_from(PlanCommitmentVersion))
    return int(edits or 0), int(promises or 0)
