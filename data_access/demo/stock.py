"""The hand-written stock that the demonstration is composed from: TOML files under `stock/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

ELEMENT_FILES: Final = (
    "ideas_1_compassionate",
    "ideas_2_recognised",
    "ideas_3_voice",
    "ideas_4_safe",
    "ideas_5_learning",
    "ideas_6_flexible",
    "ideas_7_team",
)


@dataclass(frozen=True)
class Proposal:
    """One thing that could be done: two titles it may be posted under, and the sentence that says it."""

    titles: tuple[str, str]
    text: str


@dataclass(frozen=True)
class Topic:
    """What people say about one matter: why it hurts, what to do, why that is worth it, what others answer."""

    element: str
    theme: str
    problems: tuple[str, ...]
    reasons: tuple[str, ...]
    remarks: tuple[str, ...]
    proposals: tuple[Proposal, ...]


@cache
def stock_file(name: str) -> dict[str, Any]:
    """Read one file of the stock; its first lines say what it holds."""
    return tomllib.loads(files(__package__).joinpath("stock", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def topics() -> tuple[Topic, ...]:
    """Give every topic of the seven elements, in the order of the People Promise."""
    return tuple(
        _topic(content["element"], entry)
        for content in (stock_file(name) for name in ELEMENT_FILES)
        for entry in content["topics"]
    )


def _topic(element: str, entry: dict[str, Any]) -> Topic:
    return Topic(
        element=element,
        theme=entry["theme"],
        problems=tuple(entry["problems"]),
        reasons=tuple(entry["reasons"]),
        remarks=tuple(entry["remarks"]),
        proposals=tuple(Proposal((first, second), text) for first, second, text in entry["proposals"]),
    )
