"""Everything recorded about one action, in the order it was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk.engine import reading
from data_access.desk.plan_changes import Row, item
from data_access.desk.plan_shapes import ACTIONS, EVIDENCE, MILESTONES, MOMENT, UPDATES, DataType, PlanTable
from data_access.desk.plan_store import stored

HISTORY: Final[dict[str, DataType]] = {
    "version": pl.Int64,
    "recorded_at": MOMENT,
    "recorded_by": pl.String,
    "kind": pl.String,
    "holds_from": pl.Date,
    "status": pl.String,
    "reason": pl.String,
    "note": pl.String,
    "says": pl.String,
}
_KINDS: Final = ((ACTIONS, "register"), (MILESTONES, "milestone"), (EVIDENCE, "evidence"))
_META: Final = ("id", "version", "recorded_at", "recorded_by", "valid_from", "is_withdrawn")


def history(engine: Engine, number: int) -> pl.DataFrame:
    """Give everything recorded about an action, first things first; empty for an unknown action.

    kind        status, register, milestone or evidence
    holds_from  the day a status is about, or from which a row of the register holds
    says        in one line what was recorded: for the register, what differs from the version before
    """
    with reading(engine) as connection:
        return history_of(connection, number)


def history_of(connection: Connection, number: int) -> pl.DataFrame:
    """Give the same within a transaction that is already open."""
    rows = list(_statuses(connection, number))
    for table, kind in _KINDS:
        rows.extend(_versions(connection, table, kind, number))
    return pl.DataFrame(rows, schema=HISTORY).sort("version", "recorded_at", "kind", "says", maintain_order=True)


def _statuses(connection: Connection, number: int) -> Iterator[dict[str, Any]]:
    told = stored(connection, UPDATES.model).filter(pl.col("action") == number)
    for row in told.iter_rows(named=True):
        yield {
            **{name: row[name] for name in HISTORY if name in row},
            "kind": "status",
            "holds_from": row["as_at"],
            "says": _status_said(row),
        }


def _status_said(row: Row) -> str:
    head = f"{row['status']} as at {row['as_at']}"
    if row["withdraws"] is not None:
        return f"{head} withdrawn"
    expected = f"{row['expected_status']} expected by {row['expected_by']}" if row["expected_status"] else None
    return "; ".join(part for part in (head, row["reason"], row["note"], expected) if part)


def _versions(connection: Connection, table: PlanTable, kind: str, number: int) -> Iterator[dict[str, Any]]:
    before: dict[str, Row] = {}
    told = stored(connection, table.model).filter(pl.col(table.action) == number)
    for row in told.iter_rows(named=True):
        name = item(table, row)
        yield {
            **{meta: row[meta] for meta in ("version", "recorded_at", "recorded_by")},
            "kind": kind,
            "holds_from": row["valid_from"],
            "says": _difference(table, before.get(name), row),
        }
        before[name] = row


def _difference(table: PlanTable, old: Row | None, new: Row) -> str:
    name = item(table, new)
    if new["is_withdrawn"]:
        return f"{name} withdrawn"
    if old is None:
        return f"{name} recorded for the first time"
    told = [field for field in new if field not in _META and new[field] != old[field]]
    return f"{name}: " + "; ".join(f"{field} {_said(old[field])} → {_said(new[field])}" for field in told)


def _said(value: object) -> str:
    return "empty" if value is None else f"‘{value}’"
