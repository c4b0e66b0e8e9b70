"""Flagged wordings in the review tray: for analysts to propose on, for a second person to agree, for a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from data_access.tray.places import TRAY, place, write

FILE: Final = "wordings.json"


@dataclass(frozen=True)
class Wording:
    """One flagged wording: without author, place or time. `details` says what the check took it for."""

    conversation: str
    kind: str
    id: str
    title: str
    text: str
    details: tuple[str, ...]
    text_hash: str


def keep_wordings(home: Path, token: str, wordings: Sequence[Wording]) -> None:
    """Put flagged wordings into the tray."""
    write(place(home, TRAY, token) / FILE, json.dumps([asdict(one) for one in wordings], ensure_ascii=False).encode())


def wordings_of(home: Path, token: str) -> tuple[Wording, ...] | None:
    """Give the wordings of a review; None where it has expired or was thrown away."""
    try:
        told = json.loads((place(home, TRAY, token) / FILE).read_bytes())
    except FileNotFoundError:
        return None
    return tuple(Wording(**{**one, "details": tuple(one["details"])}) for one in told)
