"""What is known beforehand about the demonstration: the truths that tests recover from its release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Tally(NamedTuple):
    """Votes of distinct participants."""

    agree: int
    passes: int
    disagree: int

    @property
    def voters(self) -> int:
        """Participants who voted."""
        return sum(self)


@dataclass(frozen=True)
class DividedIdea:
    """An idea on which north and south are of opposite minds and England is split down the middle."""

    idea: str
    north_regions: tuple[str, ...]
    south_regions: tuple[str, ...]
    north: Tally
    south: Tally
    england: Tally


@dataclass(frozen=True)
class Merged:
    """A merge that changes a rank: the two children added up pass the rival, the union of voters does not."""

    target: str
    source: str
    rival: str
    target_alone: Tally
    source_alone: Tally
    together: Tally
    rival_votes: Tally


@dataclass(frozen=True)
class ChangedMind:
    """An idea that most voters disagreed with at first and agree with now; `changed` of them voted twice."""

    idea: str
    first: Tally
    final: Tally
    changed: int


@dataclass(frozen=True)
class DemoFacts:
    """What was written, and what a release of it must show.

    rows            rows of each file by table
    equal_elements  two elements with the same true share of agreement: a difference that is none
    top_element     the element with clearly the largest share of agreement
    rare_word       used by one participant fewer than the threshold: must not be among the words
    shown_word      used by exactly the threshold: may appear
    held_back       ideas with personal details (all invented)
    hidden_days     days on which fewer participants than the threshold were active
    """

    title: str
    conversation: str
    seed: int
    opens_on: date
    closes_on: date
    threshold: int
    rows: Mapping[str, int]
    divided: DividedIdea
    merged: Merged
    flipped: ChangedMind
    equal_elements: tuple[str, str]
    top_element: str
    rare_word: str
    shown_word: str
    held_back: tuple[str, ...]
    hidden_days: tuple[date, ...]
