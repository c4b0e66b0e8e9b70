"""The same installation by the front door: template files whose every free text is a payload, imported, published."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from data_access.desk.engine import open_desk
from data_access.desk.plan import load_register
from data_access.desk.text_decisions import Decision, WordingName, decide_wordings
from data_access.importing.run import import_files
from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable
from data_access.importing.template_tables import BY_NAME
from data_access.progress import silent
from data_access.publishing.flagged import flagged
from data_access.publishing.publish import publish
from data_access.retention.complete import decided
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from data_access.vocabulary import ELEMENTS
from tests.injection.hostile import people
from tests.injection.payloads import payloads
from tests.roles.home import NOW

KEY: Final = "voices"
Row = dict[str, object]
# A file with a null character is refused as a whole: that is its own test, in `tests/importing`.
WORDINGS: Final = [wording for _, wording in payloads() if "\0" not in wording]
GROUPS: Final = 4
EACH: Final = 12
# Free text of the template that a reader meets, or that stays in the vault; links are not free, they must be https.
LINKS: Final = {"recording_link", "slides_link", "notes_link", "input_link", "timezone"}


def set_up_by_import(settings: Settings) -> None:
    """Write the files, import them, load their plan, publish grouped."""
    settings.home.mkdir(parents=True, exist_ok=True)
    folder = settings.home / "files"
    folder.mkdir()
    for name, rows in tables().items():
        write(folder / f"{name}.csv", BY_NAME[name], rows)
    engine = open_vault(settings.vault_url)
    report = import_files(
        engine=engine, keys_folder=settings.keys_folder, adapter="template", paths=[folder], conversation=KEY,
        allow_refused=True, accept_many=True, started_by="a test", now=NOW, progress=silent,
    )  # fmt: skip
    desk = open_desk(settings.desk_url)
    approve_all(engine, desk)
    publish(engine=engine, releases_folder=settings.releases_folder, now=NOW, progress=silent,
            grouped_proofs=settings.proofs_folder, keys_folder=settings.keys_folder, decisions=decided(settings),
    )  # fmt: skip
    engine.dispose()
    people(desk, cycle(WORDINGS))
    load_register(desk, dict(report.desk_frames), recorded_by="a test", now=NOW)
    desk.dispose()


def approve_all(engine: Engine, desk: Engine) -> None:
    """Release what the check of personal details holds back, as two people may: most payloads hold an address."""
    with engine.connect() as connection:
        found = flagged(connection, now=NOW, progress=silent, decisions={})
    names = [WordingName(one.conversation, one.kind, one.id, one.text_hash) for one in found]
    with desk.begin() as connection:
        decide_wordings(connection, names, Decision.RELEASE, by="a test", now=NOW)


def write(path: Path, table: TemplateTable, rows: list[Row]) -> None:
    """Write a file of the template; its free texts are the next payloads, unless the row says something else."""
    names = [column.name for column in table.columns]
    free = [column for column in table.columns if _is_free(column)]
    turn = _from(path.stem)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for row in rows:
            writer.writerow({column.name: next(turn) for column in free} | row)


def _is_free(column: TemplateColumn) -> bool:
    return column.kind is Kind.TEXT and column.name not in LINKS


def _from(table: str) -> Iterator[str]:
    """Begin at another payload in each file, so that more of them come first somewhere."""
    at = sum(table.encode()) * 7 % len(WORDINGS)
    return cycle([*WORDINGS[at:], *WORDINGS[:at]])


def tables() -> dict[str, list[Row]]:
    """Give the rows of every table but their free texts."""
    return {**_said(), **_sessions(), **_plan(), "survey_scores": [
        {"element": ELEMENTS[0], "year": 2025, "score": "6.27", "responses": 900}],
        "workforce": [{"headcount": 90_000, "as_at": "2026-01-01", "staff_group": ""}]}  # fmt: skip


def _said() -> dict[str, list[Row]]:
    ideas = range(1, len(WORDINGS) + 1)
    # Whole groups of people share a payload as the name of their staff group, so that it is large enough to be shown.
    groups = WORDINGS[5 : 5 + GROUPS]
    voters = [(f"p{group}-{at}", group) for group in range(GROUPS) for at in range(EACH)]
    return {
        "conversation": [
            {"opens_on": "2026-09-01", "closes_on": "2026-10-04", "timezone": "Europe/London", "threshold": 10}
        ],
        "participants": [
            {"participant": name, "region": ("London", "Midlands")[group % 2], "staff_group": groups[group],
             "registered_at": "2026-09-01T08:00:00Z"} for name, group in voters
        ],
        "ideas": [
            {"idea": at, "author": "p0-0", "posted_at": "2026-09-02T09:00:00Z",
             "elements": ELEMENTS[at % len(ELEMENTS)]} for at in ideas
        ],
        "comments": [
            {"comment": f"c{at}", "idea": at % 5 + 1, "author": "p1-1", "posted_at": "2026-09-03T09:00:00Z"}
            for at in ideas
        ],
        "votes": [
            {"participant": name, "idea": idea, "cast_at": f"2026-09-1{idea}T10:00:00Z", "vote": "agree"}
            for name, _ in voters for idea in range(1, 6)
        ],
        "moderation_log": [
            {"sequence": at, "happened_at": "2026-09-20T09:00:00Z", "kind": "retitle", "target": at, "text": ""}
            for at in range(1, 6)
        ],
        "themes": [{"frame_version": 1, "theme": f"t{at}", "element": ELEMENTS[0]} for at in range(1, 9)],
        "codes": [
            {"frame_version": 1, "item_kind": "idea", "item": at, "theme": f"t{at}", "coder": "ab"}
            for at in range(1, 6)
        ],
    }  # fmt: skip


def _sessions() -> dict[str, list[Row]]:
    return {
        "sessions": [
            {"session": f"S{at}", "held_on": "2026-09-10", "element": ELEMENTS[at % len(ELEMENTS)], "attended": 40}
            for at in range(1, 4)
        ],
        "feedback": [{"point": f"f{at}", "session": f"S{at % 3 + 1}"} for at in range(1, 61)],
        "programmes": [{"programme": "P1", "kind": "training"}],
        "cohorts": [{"cohort": "C1", "programme": "P1", "held_on": "2026-09-15", "capacity": 30}],
        "bookings": [
            {"booking": f"b{at}", "cohort": "C1", "person": f"q{at}", "region": "London", "booked_on": "2026-09-01",
             "status": "attended"} for at in range(20)
        ],
    }  # fmt: skip


def _plan() -> dict[str, list[Row]]:
    plain = {"due_stated": "", "source": "", "confidence": ""}
    return {
        "plan_actions": [{"number": at, **plain} for at in range(1, 36)],
        "milestones": [{"action": at, "milestone": f"m{at}", "due_stated": ""} for at in range(1, 6)],
        "updates": [
            {"action": at, "as_at": "2026-10-01", "recorded_at": "2026-10-01T09:00:00Z", "status": "on track"}
            for at in range(1, 6)
        ],
        "evidence": [{"action": at, "kind": "idea", "item": at, "response": "done"} for at in range(1, 6)],
    }
