"""The history of an action as plain lines, and the plan as objects for other programs."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.wording import moment
from data_access.desk.plan import PlanAsAt


def history_lines(history: pl.DataFrame) -> list[str]:
    """Give the history of one action, one line a thing recorded."""
    return [
        f"  {moment(row['recorded_at'])} UTC  {row['recorded_by']}  {row['kind']}: {row['says']}"
        for row in history.iter_rows(named=True)
    ]


def objects(plan: PlanAsAt) -> list[dict[str, Any]]:
    """Give one object an action, for `--json`: `due` is the date as stated, `wording` null where not loaded."""
    names = {"due_stated": "due", "precision": "due_precision", "is_overdue": "overdue"}
    first = ["number", "status", "due"]
    frame = plan.actions.rename(names)
    return frame.select(*first, pl.exclude(first)).to_dicts()
