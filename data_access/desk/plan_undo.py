"""Take the newest edit of an action back. Nothing is deleted: what stood before is recorded again.

An undo is an edit like any other, so undoing twice restores what was undone, the history shows both, and a
day or a moment before the undo is shown as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk.plan_edit import Edit, editing
from data_access.desk.plan_rules import standing
from data_access.desk.plan_shapes import ACTIONS, EVIDENCE, MILESTONES, UPDATES, PlanTable
from data_access.desk.plan_store import add, stored
from data_access.problems import UserProblem

_UNDONE: Final = (ACTIONS, MILESTONES, EVIDENCE)
_MARKS: Final = ("id", "version", "recorded_at", "recorded_by")


def undo_newest(engine: Engine, edit: Edit) -> int:
    """Restore an action to what it was before its newest edit; gives the action's new version.

    Raises `ChangedMeanwhile` if it has moved on since the editor looked, and `UserProblem` where nothing was
    recorded since the register was first loaded.
    """
    with editing(engine, edit, f"undo of version {edit.expected_version}") as (connection, marks):
        if edit.expected_version <= 1:
            raise UserProblem(f"Action {edit.number} has nothing to undo: nothing was recorded since it was loaded.")
        for table in _UNDONE:
            rows = list(_before(connection, table, edit))
            add(connection, table, [{**row, **marks} for row in rows])
        add(connection, UPDATES, [{**row, **marks} for row in _statuses(connection, edit)])
    return edit.expected_version + 1


def _before(connection: Connection, table: PlanTable, edit: Edit) -> Iterator[dict[str, Any]]:
    """Give, for each row of the newest edit, the row that stood in its place, or its withdrawal."""
    known = stored(connection, table.model).filter(pl.col(table.action) == edit.number)
    earlier = known.filter(pl.col("version") < edit.expected_version)
    for row in known.filter(pl.col("version") == edit.expected_version).iter_rows(named=True):
        then = standing(earlier, table.key, row["valid_from"], None)
        for name in table.key:
            then = then.filter(pl.col(name) == row[name])
        restored = then.row(0, named=True) if then.height else {**row, "is_withdrawn": True}
        yield {name: value for name, value in restored.items() if name not in _MARKS} | {
            "valid_from": row["valid_from"]
        }


def _statuses(connection: Connection, edit: Edit) -> Iterator[dict[str, Any]]:
    """Withdraw each status of the newest edit, and record again each that it withdrew."""
    known = stored(connection, UPDATES.model).filter(pl.col("action") == edit.number)
    by_id = {row["id"]: row for row in known.iter_rows(named=True)}
    for row in known.filter(pl.col("version") == edit.expected_version).iter_rows(named=True):
        source, withdraws = (row, row["id"]) if row["withdraws"] is None else (by_id[row["withdraws"]], None)
        yield {name: value for name, value in source.items() if name not in _MARKS} | {"withdraws": withdraws}
