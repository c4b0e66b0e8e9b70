"""What an import would change of the plan, row by row and field by field, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from data_access.desk.plan_dates import StatedDate, stated_date, with_bounds
from data_access.desk.plan_shapes import PlanTable

Row = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """One field of a row, before and after; `before` is null for a field that was empty."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class RowChange:
    """One row that is new (`is_new`) or differs, with the fields that do."""

    table: str
    item: str
    action: int | None
    is_new: bool
    fields: tuple[FieldChange, ...]

    def line(self) -> str:
        """Give the change as one plain line."""
        if self.is_new:
            return f"  + {self.table} {self.item}"
        told = "; ".join(f"{field.name}: {_said(field.before)} → {_said(field.after)}" for field in self.fields)
        return f"  ~ {self.table} {self.item}  {told}"


@dataclass(frozen=True)
class PlanChange:
    """What an import adds and changes, and how many of its rows say what is known already."""

    rows: tuple[RowChange, ...]
    unchanged: int
    is_stored: bool

    @property
    def added(self) -> int:
        """Number of new rows."""
        return sum(row.is_new for row in self.rows)

    @property
    def changed(self) -> int:
        """Number of rows that differ from what is known."""
        return len(self.rows) - self.added

    def headline(self) -> str:
        """Say the numbers in one sentence."""
        verb = "were" if self.is_stored else "would be"
        told = f"{self.added:,} rows {verb} added and {self.changed:,} changed"
        return f"{told}; {self.unchanged:,} say what is known already."

    def lines(self) -> list[str]:
        """Give the headline and one line for each change."""
        return [self.headline(), *(row.line() for row in self.rows)]

    def as_object(self) -> dict[str, object]:
        """Give the same for `--json`."""
        rows = [{**vars(row), "fields": [vars(field) for field in row.fields]} for row in self.rows]
        numbers = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return {"is_stored": self.is_stored, **numbers, "rows": rows}


def with_stated_dates(frame: pl.DataFrame, table: PlanTable) -> pl.DataFrame:
    """Read `due_stated` into due_earliest, due_latest and precision; bounds that were supplied stand."""
    if "due_stated" not in table.columns:
        return frame
    read = [_bounded(row) for row in frame.iter_rows(named=True)]
    return frame.with_columns(
        pl.Series("due_earliest", [date.earliest for date in read], dtype=pl.Date),
        pl.Series("due_latest", [date.latest for date in read], dtype=pl.Date),
        pl.Series("precision", [date.precision.value for date in read], dtype=pl.String),
    )


def compared(table: PlanTable, before: pl.DataFrame, after: pl.DataFrame) -> list[RowChange]:
    """List the rows of `after` that `before` lacks or says otherwise, in the order of their keys.

    Rows that only `before` has stay as they are: a file says what it says, not what to forget.
    """
    known = {_key(table, row): row for row in before.iter_rows(named=True)}
    found = []
    for row in after.sort(table.key).iter_rows(named=True):
        old = known.get(_key(table, row))
        fields = tuple(
            FieldChange(name, old[name] if old else None, row[name])
            for name in row
            if name not in table.key and row[name] != (old[name] if old else None)
        )
        if old is None or fields:
            found.append(RowChange(table.name, item(table, row), row.get(table.action), old is None, fields))
    return found


def item(table: PlanTable, row: Row) -> str:
    """Name a row by its key: '7', 'U01', '7 theme recruitment'."""
    return " ".join(str(row[name]) for name in table.key)


def _key(table: PlanTable, row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in table.key)


def _bounded(row: Row) -> StatedDate:
    return with_bounds(stated_date(row["due_stated"]), row.get("due_earliest"), row.get("due_latest"))


def _said(value: object) -> str:
    return "empty" if value is None else f"‘{value}’"
