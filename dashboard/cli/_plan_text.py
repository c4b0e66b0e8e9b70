"""The plan as plain lines of text: words and shapes, no colour needed."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from dashboard.wording import counted, day, moment, shortened
from data_access.desk.plan import PlanAsAt
from data_access.vocabulary import NO_STATUS, ActionStatus

# The same shapes as on screen (dashboard.theme), in characters every terminal has.
SHAPES: Final[dict[str, str]] = {
    ActionStatus.NOT_STARTED.value: "○",
    ActionStatus.ON_TRACK.value: "▲",
    ActionStatus.AT_RISK.value: "◆",
    ActionStatus.OFF_TRACK.value: "✕",
    ActionStatus.COMPLETE.value: "★",
    ActionStatus.PROPOSED_CLOSED.value: "□",
    ActionStatus.CLOSED.value: "■",
    NO_STATUS: "–",
}
_LONGEST: Final = 60


def show_lines(plan: PlanAsAt) -> list[str]:
    """Give the plan on its day: counts by status, one line an action, commitments without a number."""
    counts = [f"  {SHAPES[word]} {word:<20} {count:>3}" for word, count, _ in plan.counts.iter_rows()]
    late = plan.actions["is_overdue"].sum()
    head = f"{counted(plan.actions.height, 'action')} as at {day(plan.day)}; {late} past their latest date"
    rows = [_action_line(row) for row in plan.actions.iter_rows(named=True)]
    apart = [_commitment_line(row) for row in plan.commitments.iter_rows(named=True)]
    told = [head, *counts, "", *rows]
    return [*told, "", "Commitments known without an action number, not counted:", *apart] if apart else told


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


def _action_line(row: dict[str, Any]) -> str:
    wording = row["wording"] or "wording not loaded"
    due = f"  due {shortened(row['due_stated'], _LONGEST)}" if row["due_stated"] else ""
    late = "  PAST ITS LATEST DATE" if row["is_overdue"] else ""
    theme = f"  [{shortened(row['theme'], _LONGEST)}]" if row["theme"] else ""
    status = f"{SHAPES[row['status']]} {row['status']:<18}"
    return f"  {row['number']:>2}  {status}  {shortened(wording, _LONGEST)}{due}{late}{theme}"


def _commitment_line(row: dict[str, Any]) -> str:
    due = f"  due {shortened(row['due_stated'], _LONGEST)}" if row["due_stated"] else ""
    return f"  {row['commitment']}  {shortened(row['wording'], _LONGEST)}{due}"
