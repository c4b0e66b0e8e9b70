"""The plan's five tables as they are exchanged: columns, types and keys, the same in as out.

The columns are those of the template (a test holds the two together); this module may not import it,
because the desk stands above the importers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from data_access.desk import plan_schema
from data_access.desk.base import Base

DataType = pl.DataType | type[pl.DataType]
NUMBER_OF_ACTIONS: Final = 35
MOMENT: Final = pl.Datetime("us", "UTC")


@dataclass(frozen=True, eq=False)
class PlanTable:
    """One table: its template columns, what identifies a row and which column names the action, if any."""

    name: str
    model: type[Base]
    key: tuple[str, ...]
    columns: Mapping[str, DataType]
    required: tuple[str, ...]
    action: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Columns that may change while the key stays."""
        return tuple(name for name in self.columns if name not in self.key)


def _texts(*names: str) -> dict[str, DataType]:
    return dict.fromkeys(names, pl.String)


ACTIONS: Final = PlanTable(
    "plan_actions",
    plan_schema.PlanActionVersion,
    key=("number",),
    columns={
        "number": pl.Int64,
        **_texts("theme", "owner_level", "leads", "wording", "due_stated"),
        "due_earliest": pl.Date,
        "due_latest": pl.Date,
        **_texts("governance", "measure", "priority", "source", "confidence"),
    },
    required=("number",),
    action="number",
)
COMMITMENTS: Final = PlanTable(
    "plan_commitments",
    plan_schema.PlanCommitmentVersion,
    key=("commitment",),
    columns=_texts("commitment", "theme", "owner_level", "wording", "due_stated", "source", "confidence"),
    required=("commitment", "wording"),
)
MILESTONES: Final = PlanTable(
    "milestones",
    plan_schema.PlanMilestoneVersion,
    key=("milestone",),
    columns={
        "action": pl.Int64,
        **_texts("milestone", "text", "due_stated"),
        "due_latest": pl.Date,
        "reached_on": pl.Date,
    },
    required=("action", "milestone", "text"),
    action="action",
)
EVIDENCE: Final = PlanTable(
    "evidence",
    plan_schema.PlanEvidenceVersion,
    key=("action", "kind", "item"),
    columns={"action": pl.Int64, **_texts("kind", "item", "response", "response_text")},
    required=("action", "kind", "item"),
    action="action",
)
UPDATES: Final = PlanTable(
    "updates",
    plan_schema.PlanUpdate,
    key=("action", "as_at", "recorded_at"),
    columns={
        "action": pl.Int64,
        "as_at": pl.Date,
        "recorded_at": MOMENT,
        **_texts("status", "reason", "note", "expected_status"),
        "expected_by": pl.Date,
        **_texts("recorded_by"),
    },
    required=("action", "recorded_at", "status"),
    action="action",
)
TABLES: Final = (ACTIONS, COMMITMENTS, MILESTONES, EVIDENCE, UPDATES)
VERSIONED: Final = (ACTIONS, COMMITMENTS, MILESTONES, EVIDENCE)
BY_NAME: Final[Mapping[str, PlanTable]] = {table.name: table for table in TABLES}


def conformed(frame: pl.DataFrame, table: PlanTable) -> pl.DataFrame:
    """Give a frame the table's columns, types and no others; columns it lacks are null, blank text too.

    A moment may come as a time or as milliseconds since 1970; without a zone it is UTC. Numbers and dates
    must already be typed: reading text is the importers' work.
    """
    missing = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in table.columns.items() if name not in frame.columns
    ]
    whole = frame.with_columns(missing)
    return whole.select(_typed(whole.schema[name], name, kind) for name, kind in table.columns.items())


def _typed(found: pl.DataType, name: str, kind: DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.String:
        text = column.cast(pl.String).str.strip_chars()
        return pl.when(text != "").then(text).alias(name)
    if kind == MOMENT and found.is_integer():
        return pl.from_epoch(column, "ms").dt.replace_time_zone("UTC").cast(MOMENT)
    if kind == MOMENT and isinstance(found, pl.Datetime) and found.time_zone is None:
        return column.dt.replace_time_zone("UTC").cast(MOMENT)
    return column.cast(kind)
