"""The board report: the plan on its day as plain text, the same bytes on the command line and on the page.

Words and shapes, no colour needed; nothing in it depends on when it is written. What is recorded later about
other days leaves a report as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from dashboard.status_words import NO_LABELS, Labels, labelled, sign
from dashboard.wording import counted, day, shortened
from data_access.desk.plan import PlanAsAt

_LONGEST: Final = 60
_WORD: Final = 20


def board_report(plan: PlanAsAt, labels: Labels = NO_LABELS) -> str:
    """Write the plan on its day: counts by status that sum to all actions, one line an action, commitments apart."""
    return "\n".join(report_lines(plan, labels))


def report_lines(plan: PlanAsAt, labels: Labels = NO_LABELS) -> list[str]:
    """Give the same line by line."""
    counts = [_count_line(word, count, labels) for word, count, _ in plan.counts.iter_rows()]
    late = plan.actions["is_overdue"].sum()
    head = f"{counted(plan.actions.height, 'action')} as at {day(plan.day)}; {late} past their latest date"
    every = f"    {'in all':<{_WORD}} {plan.counts['actions'].sum():>3}"
    rows = [_action_line(row, plan.day, labels) for row in plan.actions.iter_rows(named=True)]
    apart = [_commitment_line(row) for row in plan.commitments.iter_rows(named=True)]
    told = [head, *counts, every, "", *rows]
    return [*told, "", "Commitments known without an action number, not counted:", *apart] if apart else told


def _count_line(word: str, count: int, labels: Labels) -> str:
    return f"  {sign(word)} {labelled(word, labels):<{_WORD}} {count:>3}"


def _action_line(row: dict[str, Any], shown: date, labels: Labels) -> str:
    is_expected = row["expected_status"] and row["expected_by"] >= shown
    parts = [
        f"  {row['number']:>2}  {sign(row['status'])} {labelled(row['status'], labels):<18}",
        shortened(row["wording"] or "wording not loaded", _LONGEST),
        f"due {shortened(row['due_stated'], _LONGEST)}" if row["due_stated"] else "",
        f"expected by {day(row['expected_by'])}: {labelled(row['expected_status'], labels)}" if is_expected else "",
        row["reason"] or "",
        "PAST ITS LATEST DATE" if row["is_overdue"] else "",
        f"[{shortened(row['theme'], _LONGEST)}]" if row["theme"] else "",
    ]
    return "  ".join(part for part in parts if part)


def _commitment_line(row: dict[str, Any]) -> str:
    due = f"  due {shortened(row['due_stated'], _LONGEST)}" if row["due_stated"] else ""
    return f"  {row['commitment']}  {shortened(row['wording'], _LONGEST)}{due}"
