"""What the parts of the demonstration hand to each other. Times are seconds since midnight of the first day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from data_access.demo.stock import Topic

OPENS_ON: Final = date(2021, 2, 1)
CLOSES_ON: Final = date(2021, 2, 28)
TITLE: Final = "The future of HR and OD, February 2021 (made-up demonstration data)"
CONVERSATION: Final = "look-forward-demo"
SCHEME: Final = "ESR staff groups (local staff survey breakdowns)"
THRESHOLD: Final = 10
DAY: Final = 86_400
CLOSES_AT: Final = ((CLOSES_ON - OPENS_ON).days + 1) * DAY

Row = dict[str, str]


@dataclass(frozen=True)
class Person:
    """A made-up participant. `visits` are starts of visits, oldest first; `appetite` is a number of votes."""

    id: str
    participant_type: str
    region: str
    icb: str
    organisation: str
    staff_group: str
    registered_at: int
    visits: tuple[int, ...] = ()
    appetite: int = 0
    leaning: float = 0.0


@dataclass
class DemoIdea:
    """A made-up idea. `taste` is the log odds of agreeing with it; `draw` how strongly it attracts votes.

    `gone_at` and `stands_as` follow moderation: from then on people see the idea it stands as, if any.
    """

    id: str
    author: str
    posted_at: int
    title: str
    text: str
    theme: str
    elements: tuple[str, ...]
    topic: Topic | None = None
    is_seed: bool = False
    is_planted: bool = False
    draw: float = 0.0
    taste: float = 0.0
    gone_at: int = CLOSES_AT + 30 * DAY
    stands_as: str = ""


class CastVote(NamedTuple):
    """One vote as it was cast."""

    cast_at: int
    participant: str
    idea: str
    vote: str


@dataclass
class Log:
    """The moderation log while it is written."""

    rows: list[tuple[int, Row]] = field(default_factory=list)

    def add(self, happened_at: int, kind: str, target: str, **others: str) -> None:
        """Note one event; sequence numbers are given when all are known, in order of time."""
        self.rows.append((happened_at, {"kind": kind, "target": target, **others}))


def moment(seconds: int) -> str:
    """Write a time as the template takes it: local time without an offset."""
    start = datetime(OPENS_ON.year, OPENS_ON.month, OPENS_ON.day)  # noqa: DTZ001 - local time of the conversation
    return (start + timedelta(seconds=seconds)).isoformat()
