"""The review tray: what the worker found out about a delivery, for analysts and whoever approves, for a day.

A review is plain JSON and the rows that were refused, as CSV. Both may hold what participants wrote, so they are
no part of a release, lie in folders for their owner only, and expire. The list of imports holds counts alone
and stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from data_access.problems import Fault, NothingThere
from data_access.tray.places import TRAY, place, write

REVIEW: Final = "review.json"
IMPORTS: Final = "imports.json"
# A page lists no more; every faulty row is in the file of rejects.
MOST_FAULTS: Final = 200


@dataclass(frozen=True)
class TableReview:
    """What would become, or became, of the rows of one table of one file."""

    file: str
    table: str
    rows: int
    new: int
    changed: int
    unchanged: int
    repeated: int
    quarantined: int


@dataclass(frozen=True)
class FileReview:
    """One file: what it was taken for, and when its rows are from (ISO days, '' where it has no times)."""

    name: str
    size: int
    role: str
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True)
class Rejects:
    """One file of refused rows in the tray."""

    table: str
    rows: int
    file: str


@dataclass(frozen=True)
class Review:
    """What importing a delivery would do, or why it cannot be imported.

    `refusal` is '' where it can; `asks` names what only a person can say: conversation, session, dates.
    `faults` are the first `MOST_FAULTS` of `fault_count`. `needs_second_person` says that so many rows are
    refused that somebody else must agree to leaving them out. `details` counts the wordings, by table, that
    seem to hold personal details and would be held back. `repeats` is the import that brought the very same
    files before.
    """

    token: str
    adapter: str
    conversation: str
    is_new_conversation: bool
    options: Mapping[str, str]
    made_at: str
    files: tuple[FileReview, ...] = ()
    tables: tuple[TableReview, ...] = ()
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    notices: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    people: int = 0
    rejects: tuple[Rejects, ...] = ()
    details: Mapping[str, int] = field(default_factory=dict)
    plan: tuple[str, ...] = ()
    refusal: str = ""
    asks: tuple[str, ...] = ()
    needs_second_person: bool = False
    repeats: int = 0

    @property
    def total(self) -> TableReview:
        """The sums over all tables; rows = new + changed + unchanged + repeated + quarantined."""
        names = ("rows", "new", "changed", "unchanged", "repeated", "quarantined")
        return TableReview("", "", **{name: sum(getattr(one, name) for one in self.tables) for name in names})


def keep_review(home: Path, review: Review) -> None:
    """Put a review into the tray."""
    kept = replace(review, faults=review.faults[:MOST_FAULTS])
    _write_json(place(home, TRAY, review.token) / REVIEW, asdict(kept))


def review_of(home: Path, token: str) -> Review:
    """Give the review of a delivery; raises `NothingThere` where it has expired or was thrown away."""
    told = _read_json(place(home, TRAY, token) / REVIEW)
    if told is None:
        raise NothingThere("This review is not there any more. Send the files again.")
    parts = {"files": FileReview, "tables": TableReview, "faults": Fault, "rejects": Rejects}
    made = {name: tuple(kind(**one) for one in told[name]) for name, kind in parts.items()}
    lists = {name: tuple(told[name]) for name in ("notices", "evidence", "plan", "asks")}
    return Review(**{**told, **made, **lists})


def keep_file(home: Path, token: str, name: str, data: bytes) -> None:
    """Put a file beside a review: rows that were refused, an intake proof."""
    write(place(home, TRAY, token) / Path(name).name, data)


def file_of(home: Path, token: str, name: str) -> bytes:
    """Give a file of a review; raises `NothingThere` where it has expired."""
    try:
        return (place(home, TRAY, token) / Path(name).name).read_bytes()
    except FileNotFoundError:
        raise NothingThere("This file is not there any more.") from None


@dataclass(frozen=True)
class ImportLine:
    """One import as the page lists it; `can_undo` says that it is the newest of its conversation that stands."""

    number: int
    conversation: str
    adapter: str
    state: str
    imported_at: datetime
    started_by: str
    rows: int
    accepted: int
    duplicate: int
    quarantined: int
    can_undo: bool


def keep_imports(home: Path, lines: tuple[ImportLine, ...]) -> None:
    """Put the list of imports, newest first, into the tray."""
    told = [{**asdict(line), "imported_at": line.imported_at.isoformat()} for line in lines]
    _write_json(home / TRAY / IMPORTS, {"imports": told})


def imports_of(home: Path) -> tuple[ImportLine, ...]:
    """Give the list of imports as the worker last knew it; none before it ever looked."""
    told = _read_json(home / TRAY / IMPORTS) or {"imports": []}
    return tuple(
        ImportLine(**{**one, "imported_at": datetime.fromisoformat(one["imported_at"])}) for one in told["imports"]
    )


def _write_json(file: Path, told: Mapping[str, Any]) -> None:
    write(file, json.dumps(told, ensure_ascii=False).encode())


def _read_json(file: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    return told
