"""What protecting a system gives, and what it is held against: the rule, the worlds, who is small and covered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.model import System
from data_access.disclosure.rows import Ints

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Rule:
    """The threshold `k` of distinct participants, and how many records an attacker knows beforehand.

    `widen_covers_up_to`: the share of cells up to which more may be hidden to widen the ranges of covers.
    """

    k: int
    known_records: int
    widen_covers_up_to: float = 0.0

    @property
    def width(self) -> int:
        """How far apart the two worlds of a small cell must be, in participants."""
        return self.k + self.known_records

    def reach(self, value: int) -> tuple[int, int]:
        """Give the counts a small cell of `value` should be able to have: the lower and the upper."""
        half = -(-self.width // 2)
        return max(0, value - half), max(self.width, value + half)


@dataclass(frozen=True)
class World:
    """A change of the true world, as (variable, change) pairs, that publishes the same numbers."""

    variable: Ints
    change: Ints

    def added_to(self, truth: Ints) -> Ints:
        """Give the whole world."""
        answer = truth.copy()
        answer[self.variable] += self.change
        return answer


@dataclass(frozen=True)
class Protection:
    """Which cells are hidden, why, and the worlds that prove it.

    `uncovered` lists small cells for which no pair of worlds was found: such a system must not be published.
    """

    system: System
    rule: Rule
    is_small: Flags
    is_hidden: Flags
    worlds: tuple[World, ...]
    lowest: Ints
    highest: Ints
    uncovered: tuple[int, ...]
    programmes: int

    @property
    def is_secondary(self) -> Flags:
        """Cells hidden to cover others."""
        answer: Flags = self.is_hidden & ~self.is_small & ~self.system.is_increment & ~self.system.is_hidden_before
        return answer


def small_cells(system: System, k: int) -> Flags:
    """Say which cells may not be told: 1 to k-1 participants, or a change by 1 to k-1 between two releases."""
    size = np.abs(system.value)
    answer: Flags = (size > 0) & (size < k)
    return answer


def keeps_facts(system: System, change: Ints) -> bool:
    """Say whether a changed world could be true: nothing negative, links kept, published totals the same."""
    world = system.truth + change
    return bool(
        (world >= 0).all()
        and (system.links.times(world) >= system.floor).all()
        and not system.cells.times(change)[system.is_locked].any()
    )


def is_covered(system: System, rule: Rule, cell: int, lowest: int, highest: int) -> bool:
    """Say whether worlds that move a small cell from `lowest` to `highest` hide it well enough.

    A cell that shrank by a few may, for all that is known, have shrunk or grown by many.
    """
    least, most = int(system.value[cell]) + lowest, int(system.value[cell]) + highest
    return any(upper >= rule.k and upper - max(0, lower) >= rule.k for lower, upper in ((least, most), (-most, -least)))
