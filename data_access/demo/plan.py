"""The register as it is published, with made-up progress that says so in every line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Final

from data_access.demo.live import notes_of
from data_access.demo.shapes import DemoIdea, Row
from data_access.demo.stock import stock_file
from data_access.desk.plan_reference import default_register

IDEAS_FOR_EVIDENCE: Final = 2
RECORDED_AFTER_DAYS: Final = 7
_WITH_MILESTONES: Final = 3  # every third action has them


def action_rows() -> list[Row]:
    """Write the 35 actions: what sources say of them, and no wording, because none could be read."""
    governance = {"governance": stock_file("plan")["governance"]}
    return [{**_known(row), **governance} for row in default_register()["plan_actions"].iter_rows(named=True)]


def commitment_rows() -> list[Row]:
    """Write the commitments whose number is not known."""
    return [_known(row) for row in default_register()["plan_commitments"].iter_rows(named=True)]


def milestone_rows() -> list[Row]:
    """Give every third action three steps of process; how many are reached follows its number."""
    steps = stock_file("plan")["milestones"]
    return [
        {
            "action": str(number),
            "milestone": f"M{number:02d}-{place}",
            "text": step["text"],
            "due_stated": step["stated"],
            "due_latest": step["due_latest"].isoformat(),
            "reached_on": step["due_latest"].replace(day=28).isoformat() if place < number % 4 else "",
        }
        for number in range(1, 36, _WITH_MILESTONES)
        for place, step in enumerate(steps, start=1)
    ]


def update_rows(rng: Random) -> list[Row]:
    """Record a status for most actions at four quarter ends, a few days after each."""
    content = stock_file("plan")
    rows = []
    for number in range(1, 36):
        path = rng.choice(content["paths"])
        for as_at, status in zip(content["as_at"], path, strict=True):
            if status:
                reason = _reason(rng, status)
                recorded_on = as_at + timedelta(days=RECORDED_AFTER_DAYS)
                rows.append(
                    {
                        "action": str(number),
                        "as_at": as_at.isoformat(),
                        "recorded_at": f"{recorded_on.isoformat()}T10:{number:02d}:00",
                        "status": status,
                        "reason": reason,
                        "note": content["notes"][status],
                        "expected_status": content["expected"][status],
                        "recorded_by": content["recorded_by"],
                    }
                )
    return rows


def evidence_rows(ideas: list[DemoIdea]) -> list[Row]:
    """Link some actions to themes, ideas, notes and sessions; others stay without evidence."""
    return [row for entry in stock_file("plan")["evidence"] for row in _links(entry, ideas)]


def _links(entry: dict[str, object], ideas: list[DemoIdea]) -> Iterator[Row]:
    def link(kind: str, item: str) -> Row:
        answer = {"response": str(entry["response"]), "response_text": str(entry["text"])}
        return {"action": str(entry["action"]), "kind": kind, "item": item, **answer}

    themes = entry["themes"]
    assert isinstance(themes, list)
    for theme in themes:
        yield link("theme", theme)
        standing = [idea for idea in ideas if idea.theme == theme and idea.topic is not None]
        yield from (link("idea", idea.id) for idea in standing[:IDEAS_FOR_EVIDENCE])
    if "sessions" in entry:
        session = f"S{entry['sessions']}"
        yield link("session action", session)
        yield link("feedback", next(notes_of(session))["point"])


def _reason(rng: Random, status: str) -> str:
    if status == "off track":
        return "outside own control" if rng.random() < 0.4 else ""
    return "no measure yet" if status == "not started" and rng.random() < 0.4 else ""


def _known(row: Mapping[str, object]) -> Row:
    """Write what is known of a row; nothing for what is not."""
    return {name: str(value) for name, value in row.items() if value is not None}
