"""Edit one action: record a status, with optimistic locking and a line in the audit log."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk import audit
from data_access.desk.plan_checks import FIRST_DAY
from data_access.desk.plan_history import history_of
from data_access.desk.plan_load import NO_REGISTER
from data_access.desk.plan_shapes import UPDATES
from data_access.desk.plan_store import add, advance, recorded, versions
from data_access.problems import ChangedMeanwhile, NothingThere, UserProblem
from data_access.vocabulary import ActionStatus, StatusReason


def set_status(
    engine: Engine,
    number: int,
    *,
    status: ActionStatus,
    reason: StatusReason | None,
    note: str,
    as_at: date,
    recorded_by: str,
    now: datetime,
    expected_version: int,
) -> int:
    """Record the status of an action on a day and give the action's new version.

    expected_version: the version the editor was looking at (`PlanAsAt.actions`, column `version`).
    Raises `ChangedMeanwhile`, saying what was recorded since and by whom, if it has moved on;
    `NothingThere` for an action that is not in the register; `UserProblem` for a day before the plan's work
    began or after today (in the zone of `now`).
    """
    _check_day(as_at, now.date())
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # files carry milliseconds
    with engine.begin() as connection:
        check_known(number, versions(connection))
        if advance(connection, {number: expected_version}):
            raise ChangedMeanwhile(_meanwhile(connection, number, expected_version))
        row = {
            "action": number,
            "as_at": as_at,
            "status": status.value,
            "reason": reason.value if reason else None,
            "note": note.strip() or None,
        }
        add(connection, UPDATES, [{**recorded(expected_version + 1, recorded_by, now), **row}])
        what = f"plan action {number}: status {status.value} as at {as_at}"
        audit.record(connection, who=recorded_by, what=what, scope="plan", release=None, now=now)
    return expected_version + 1


def check_known(number: int, known: dict[int, int]) -> None:
    """Refuse the number of an action that is not in the register."""
    if not known:
        raise NothingThere(NO_REGISTER)
    if number not in known:
        raise NothingThere(f"There is no action {number}. The register holds {min(known)} to {max(known)}.")


def _check_day(as_at: date, today: date) -> None:
    if not FIRST_DAY <= as_at <= today:
        raise UserProblem(f"A status is about a day from {FIRST_DAY} to today, {today}; this one says {as_at}.")


def _meanwhile(connection: Connection, number: int, expected: int) -> str:
    """Say what was recorded of an action after the version an editor saw."""
    since = history_of(connection, number).filter(pl.col("version") > expected)
    if since.is_empty():
        return f"Action {number} stands at another version than {expected}. Nothing was saved; look again."
    lines = [f"Action {number} was changed since you looked at it. Nothing was saved."]
    for row in since.iter_rows(named=True):
        lines.append(f"  {row['recorded_at']:%d %B %Y %H:%M} UTC  {row['recorded_by']}  {row['kind']}: {row['says']}")
    return "\n".join([*lines, "Look at it as it stands now, then decide again."])
