"""Edit one action: status, note, milestones and evidence, each with optimistic locking and an audit row.

Every edit adds rows and counts the action's version on by one; nothing is overwritten. An editor who looked
at an older version is told what was recorded since, and nothing of theirs is saved. `plan_undo` takes the
newest edit back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk import audit
from data_access.desk.plan_changes import item, with_stated_dates
from data_access.desk.plan_checks import FIRST_DAY, check_tables
from data_access.desk.plan_history import history_of
from data_access.desk.plan_load import NO_REGISTER
from data_access.desk.plan_rules import standing, updates_until, year_end
from data_access.desk.plan_shapes import EVIDENCE, MILESTONES, UPDATES, PlanTable, conformed
from data_access.desk.plan_store import add, advance, recorded, stored, versions
from data_access.problems import ChangedMeanwhile, ImportRefused, NothingThere, UserProblem
from data_access.vocabulary import ActionStatus, StatusReason

MILESTONE_ID: Final = "M{number:02d}-{place}"


@dataclass(frozen=True)
class Edit:
    """Who edits which action when, and the version of it they were looking at (`PlanAsAt.actions`).

    `recorded_by` is the post that the history names; `actor` is whom the audit log names, if somebody else.
    """

    number: int
    recorded_by: str
    now: datetime
    expected_version: int
    actor: str = ""

    @property
    def today(self) -> date:
        """The day of the edit, in the zone of `now`."""
        return self.now.date()


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
    expected_status: ActionStatus | None = None,
    actor: str = "",
) -> int:
    """Record the status of an action on a day, and the one expected at the year's end, if any is.

    Gives the action's new version. expected_version: the version the editor was looking at.
    Raises `ChangedMeanwhile`, saying what was recorded since and by whom, if it has moved on;
    `NothingThere` for an action that is not in the register; `UserProblem` for a day before the plan's work
    began or after today (in the zone of `now`).
    """
    _check_day(as_at, now.date())
    edit = Edit(number, recorded_by, now, expected_version, actor)
    with editing(engine, edit, f"status {status.value} as at {as_at}") as (connection, marks):
        row = {
            "action": number,
            "as_at": as_at,
            "status": status.value,
            "reason": reason.value if reason else None,
            "note": note.strip() or None,
            "expected_status": expected_status.value if expected_status else None,
            "expected_by": year_end(as_at) if expected_status else None,
        }
        add(connection, UPDATES, [{**marks, **row}])
    return expected_version + 1


def set_note(engine: Engine, edit: Edit, *, note: str) -> int:
    """Write another note to the newest status of an action, or take it away (''); gives the new version.

    The status is recorded again as it stands, so that the note before stays in the history.
    Raises `NothingThere` where no status is recorded that a note could stand with.
    """
    with editing(engine, edit, "note changed" if note.strip() else "note withdrawn") as (connection, marks):
        known = updates_until(stored(connection, UPDATES.model), edit.today, None)
        own = known.filter(pl.col("action") == edit.number)
        if own.is_empty():
            raise NothingThere(f"Action {edit.number} has no status yet; record one, and the note with it.")
        newest = own.drop("id", "version", "recorded_at", "recorded_by", "withdraws").row(-1, named=True)
        add(connection, UPDATES, [{**newest, **marks, "note": note.strip() or None}])
    return edit.expected_version + 1


def set_milestone(
    engine: Engine,
    edit: Edit,
    *,
    text: str,
    due_stated: str = "",
    reached_on: date | None = None,
    milestone: str = "",
) -> int:
    """Record a milestone of an action, or change the one named; gives the action's new version.

    due_stated: the date in the plan's words, from which its bounds are read. A new milestone gets the next
    free id of its action. Raises `UserProblem` saying everything that is wrong with it.
    """
    said = {"action": edit.number, "text": text, "due_stated": due_stated, "reached_on": reached_on}
    with editing(engine, edit, f"milestone {milestone or 'added'}") as (connection, marks):
        known = stored(connection, MILESTONES.model)
        own = milestone or _next_milestone(known, edit.number)
        if milestone:
            _standing_row(known, MILESTONES, {"action": edit.number, "milestone": milestone}, edit.today)
        _put(connection, MILESTONES, {**said, "milestone": own}, edit, marks)
    return edit.expected_version + 1


def withdraw_milestone(engine: Engine, edit: Edit, *, milestone: str) -> int:
    """Take a milestone of an action away from today on; its history stays. Gives the action's new version."""
    return _withdraw(engine, edit, MILESTONES, {"action": edit.number, "milestone": milestone})


def set_evidence(
    engine: Engine, edit: Edit, *, kind: str, item: str, response: str | None = None, response_text: str = ""
) -> int:
    """Link an action to what people said, or change what became of it; gives the action's new version.

    kind: theme, idea, feedback or session action; item: the public id; response: done, doing, cannot do.
    Raises `UserProblem` saying everything that is wrong with it. Whether the id resolves is for the release
    to say (`plan_links`): a link may be recorded before its release is published.
    """
    said = {"action": edit.number, "kind": kind, "item": item, "response": response, "response_text": response_text}
    with editing(engine, edit, f"evidence {kind} {item}") as (connection, marks):
        _put(connection, EVIDENCE, said, edit, marks)
    return edit.expected_version + 1


def withdraw_evidence(engine: Engine, edit: Edit, *, kind: str, item: str) -> int:
    """Take a link away from today on; its history stays. Gives the action's new version."""
    return _withdraw(engine, edit, EVIDENCE, {"action": edit.number, "kind": kind, "item": item})


@contextmanager
def editing(engine: Engine, edit: Edit, what: str) -> Iterator[tuple[Connection, dict[str, Any]]]:
    """Open one edit: lock, then hand over the connection and the marks of its rows; audit it at the end.

    Raises `ChangedMeanwhile` before anything is written if the action has moved on since the editor looked.
    """
    edit = replace(edit, now=edit.now.replace(microsecond=edit.now.microsecond // 1000 * 1000))  # as files carry it
    with engine.begin() as connection:
        check_known(edit.number, versions(connection))
        if advance(connection, {edit.number: edit.expected_version}):
            raise ChangedMeanwhile(_meanwhile(connection, edit.number, edit.expected_version))
        yield connection, recorded(edit.expected_version + 1, edit.recorded_by, edit.now)
        what = f"plan action {edit.number}: {what}"
        audit.record(
            connection, who=edit.actor or edit.recorded_by, what=what, scope="plan", release=None, now=edit.now
        )


def check_known(number: int, known: dict[int, int]) -> None:
    """Refuse the number of an action that is not in the register."""
    if not known:
        raise NothingThere(NO_REGISTER)
    if number not in known:
        raise NothingThere(f"There is no action {number}. The register holds {min(known)} to {max(known)}.")


def _put(connection: Connection, table: PlanTable, said: Mapping[str, Any], edit: Edit, marks: dict[str, Any]) -> None:
    """Add a row to a table that holds from today, with its dates read and everything about it checked."""
    kinds = {name: kind for name, kind in table.columns.items() if name in said}
    frame = with_stated_dates(conformed(pl.DataFrame([dict(said)], schema=kinds), table), table)
    try:
        check_tables({table: frame}, {table: [0]}, edit.now)
    except ImportRefused as refused:
        faults = "; ".join(f"{fault.column}: {fault.shape}, expected {fault.expected}" for fault in refused.faults)
        raise UserProblem(f"Nothing was saved. {faults}.") from None
    holds = {"valid_from": edit.today, "is_withdrawn": False}
    add(connection, table, [{**marks, **holds, **frame.row(0, named=True)}])


def _withdraw(engine: Engine, edit: Edit, table: PlanTable, which: Mapping[str, Any]) -> int:
    with editing(engine, edit, f"{table.name} {item(table, which)} withdrawn") as (connection, marks):
        row = _standing_row(stored(connection, table.model), table, which, edit.today)
        add(connection, table, [{**row, **marks, "valid_from": edit.today, "is_withdrawn": True}])
    return edit.expected_version + 1


def _standing_row(known: pl.DataFrame, table: PlanTable, which: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Give the row that stands today, without its id; raises `NothingThere` if none does."""
    rows = standing(known, table.key, day, None)
    for name, value in which.items():
        rows = rows.filter(pl.col(name) == value)
    if rows.is_empty():
        raise NothingThere(f"Action {which['action']} has no such row in {table.name}; it may have been withdrawn.")
    return rows.drop("id").row(0, named=True)


def _next_milestone(known: pl.DataFrame, number: int) -> str:
    taken = set(known["milestone"])
    names = (MILESTONE_ID.format(number=number, place=place) for place in range(1, known.height + 2))
    return next(name for name in names if name not in taken)


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
