"""How the plan's rows are read into frames and added; the only place of the plan that speaks SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import polars as pl
from sqlalchemy import Boolean, Connection, Date, Integer, insert, select, update

from data_access.desk.base import Base, Moment
from data_access.desk.plan_schema import PlanAction
from data_access.desk.plan_shapes import MOMENT, PlanTable

_KINDS: Final[tuple[tuple[type, pl.DataType | type[pl.DataType]], ...]] = (
    (Integer, pl.Int64),
    (Boolean, pl.Boolean),
    (Date, pl.Date),
    (Moment, MOMENT),
)


def stored(connection: Connection, model: type[Base]) -> pl.DataFrame:
    """Read every row of a table, oldest first, typed even when it is empty."""
    table = model.__table__
    kinds = {column.name: next((kind for sql, kind in _KINDS if isinstance(column.type, sql)), pl.String)
             for column in table.columns}  # fmt: skip
    rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
    return pl.DataFrame([dict(row) for row in rows], schema=kinds)


def versions(connection: Connection) -> dict[int, int]:
    """Give how often each action was edited; empty when no register is loaded."""
    return {row.number: row.version for row in connection.execute(select(PlanAction.number, PlanAction.version))}


def begin(connection: Connection, numbers: Iterable[int]) -> None:
    """Put actions into the register, at their first version."""
    rows = [{"number": number, "version": 1} for number in sorted(numbers)]
    if rows:
        connection.execute(insert(PlanAction), rows)


def advance(connection: Connection, expected: Mapping[int, int]) -> list[int]:
    """Count one more edit of each action that stands at its expected version.

    Gives the actions that stand at another: somebody else was first, and the caller must not go on.
    """
    late = []
    for number, version in sorted(expected.items()):
        is_next = (PlanAction.number == number, PlanAction.version == version)
        if connection.execute(update(PlanAction).where(*is_next).values(version=version + 1)).rowcount != 1:
            late.append(number)
    return late


def add(connection: Connection, table: PlanTable, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows to a table; nothing is ever changed or deleted."""
    values = [dict(row) for row in rows]
    if values:
        connection.execute(insert(table.model), values)


def recorded(version: int, recorded_by: str, now: datetime) -> dict[str, Any]:
    """Say who wrote a row, when, and which edit of its action it is part of."""
    return {"version": version, "recorded_at": now, "recorded_by": recorded_by}
