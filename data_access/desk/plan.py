"""The plan of 35 actions as it stood on a day: the only way the dashboard reads it.

Loading is in `plan_load`, editing in `plan_edit`, the record of one action in `plan_history`; their calls
are offered here too, so that callers need one import.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk.engine import reading
from data_access.desk.plan_changes import PlanChange
from data_access.desk.plan_dates import PUBLISHED
from data_access.desk.plan_edit import (
    Edit,
    set_evidence,
    set_milestone,
    set_note,
    set_status,
    withdraw_evidence,
    withdraw_milestone,
)
from data_access.desk.plan_history import history
from data_access.desk.plan_load import NO_REGISTER, compare_register, load_register
from data_access.desk.plan_rules import counts_by_status, milestones_on, standing, updates_until, with_slip, with_status
from data_access.desk.plan_schema import PlanAction
from data_access.desk.plan_shapes import ACTIONS, COMMITMENTS, EVIDENCE, MILESTONES, UPDATES
from data_access.desk.plan_store import stored
from data_access.desk.plan_undo import undo_newest
from data_access.problems import BadSelection, NothingThere

__all__ = [
    "Edit",
    "PlanAsAt",
    "PlanChange",
    "compare_register",
    "history",
    "load_register",
    "plan_as_at",
    "set_evidence",
    "set_milestone",
    "set_note",
    "set_status",
    "undo_newest",
    "withdraw_evidence",
    "withdraw_milestone",
]
_RECORD: Final = ("id", "valid_from", "is_withdrawn", "recorded_at", "recorded_by")


@dataclass(frozen=True, eq=False)
class PlanAsAt:
    """The plan on one day, as it was known by a moment (now, if `known_by` is null).

    actions      one row for each of the 35, by number: version, what the register says (null: not loaded or
                 not stated), `leads` as a list of posts, status ('no status recorded' without an update),
                 reason, note, expected_status on expected_by (the year's end), as_at, recorded_at, recorded_by,
                 is_overdue, first_due_latest, slip_days,
                 milestones, milestones_reached, evidence (numbers of)
    milestones   one row each: action, milestone, text, due_stated, bounds, reached_on, is_reached, is_overdue,
                 first_due_latest, slip_days
    updates      every status up to the day, oldest first
    evidence     links from actions to what people said
    commitments  promises without an action number; never counted
    """

    day: date
    known_by: datetime | None
    actions: pl.DataFrame
    milestones: pl.DataFrame
    updates: pl.DataFrame
    evidence: pl.DataFrame
    commitments: pl.DataFrame

    @property
    def counts(self) -> pl.DataFrame:
        """Actions by status, every status present; the counts sum to 35."""
        return counts_by_status(self.actions)

    def table(self, name: str) -> pl.DataFrame:
        """Give the frame that a metric calls by this name; its first column is `as_at_day`, the day shown.

        Names: plan_actions, plan_milestones, plan_updates, plan_evidence, plan_commitments.
        Raises `NothingThere` listing them for any other.
        """
        frames = {
            "plan_actions": self.actions,
            "plan_milestones": self.milestones,
            "plan_updates": self.updates,
            "plan_evidence": self.evidence,
            "plan_commitments": self.commitments,
        }
        if name not in frames:
            raise NothingThere(f"The plan has no table '{name}'. Tables: {', '.join(frames)}.")
        return frames[name].select(pl.lit(self.day, dtype=pl.Date).alias("as_at_day"), pl.all())


def plan_as_at(engine: Engine, day: date, recorded_by_then: datetime | None = None) -> PlanAsAt:
    """Give the plan as at a day, from what had been recorded by a moment (everything, if left out).

    Raises `NothingThere` if no register is loaded and `BadSelection` for a day before the plan was published.
    """
    if day < PUBLISHED:
        raise BadSelection(f"The plan was published on {PUBLISHED}; there is nothing to show as at {day}.")
    with reading(engine) as connection:
        heads = _heads(connection)
        frames = {table: stored(connection, table.model) for table in (ACTIONS, COMMITMENTS, MILESTONES, EVIDENCE)}
        updates = updates_until(stored(connection, UPDATES.model), day, recorded_by_then)
    milestones = _milestones(frames[MILESTONES], day, recorded_by_then)
    evidence = _plain(standing(frames[EVIDENCE], EVIDENCE.key, day, recorded_by_then))
    actions = with_status(_register(frames[ACTIONS], day, recorded_by_then), updates, day)
    return PlanAsAt(
        day=day,
        known_by=recorded_by_then,
        actions=_with_counts(actions, milestones, evidence).join(heads, on="number", maintain_order="left"),
        milestones=milestones,
        updates=updates.drop("id", "version", "withdraws"),
        evidence=evidence,
        commitments=_plain(_all_along(frames[COMMITMENTS], COMMITMENTS.key, day, recorded_by_then)),
    )


def _heads(connection: Connection) -> pl.DataFrame:
    """Give number and version of every action; raises `NothingThere` if no register is loaded."""
    rows = connection.execute(PlanAction.__table__.select().order_by(PlanAction.number)).mappings().all()
    if not rows:
        raise NothingThere(NO_REGISTER)
    return pl.DataFrame([dict(row) for row in rows], schema={"number": pl.Int64, "version": pl.Int64})


def _register(versions: pl.DataFrame, day: date, known: datetime | None) -> pl.DataFrame:
    """Give all 35 actions, with slip and leads."""
    whole = _all_along(versions, ACTIONS.key, day, known)
    leads = pl.col("leads").str.split("|").list.eval(pl.element().str.strip_chars()).fill_null([])
    return _plain(with_slip(whole, versions, ACTIONS.key, known)).with_columns(leads)


def _all_along(versions: pl.DataFrame, key: tuple[str, ...], day: date, known: datetime | None) -> pl.DataFrame:
    """Give every row of the published plan. One recorded only later is shown as first recorded: it held all along."""
    then = standing(versions, key, day, known)
    first = versions.sort("version", "id").unique(key, keep="first", maintain_order=True)
    return pl.concat([then, first.join(then, on=key, how="anti")]).sort(key)


def _milestones(versions: pl.DataFrame, day: date, known: datetime | None) -> pl.DataFrame:
    then = standing(versions, MILESTONES.key, day, known)
    return _plain(milestones_on(with_slip(then, versions, MILESTONES.key, known), day)).sort("action", "milestone")


def _with_counts(actions: pl.DataFrame, milestones: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    steps = milestones.group_by("action").agg(
        pl.len().cast(pl.Int64).alias("milestones"),
        pl.col("is_reached").sum().cast(pl.Int64).alias("milestones_reached"),
    )
    links = evidence.group_by("action").agg(pl.len().cast(pl.Int64).alias("evidence"))
    counted = ("milestones", "milestones_reached", "evidence")
    for part in (steps, links):
        actions = actions.join(part, left_on="number", right_on="action", how="left", maintain_order="left")
    return actions.with_columns(pl.col(*counted).fill_null(0))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(*_RECORD, "version", strict=False)
