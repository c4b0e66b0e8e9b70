"""What protecting a system gives, and what it is held against: the rule, the worlds, who is small and covered."""

from __future__ import annotations

from collections.abc import Sequence
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
        answer: Flags = self.is_hidden & ~self.is_small & ~self.system.is_increment
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


def could_be_small(system: System, rule: Rule, lowest: Ints, highest: Ints) -> Flags:
    """Say which cells worlds move that have k to 2k-1 participants: hidden as cover, small for all a reader knows."""
    is_cover = ((lowest != 0) | (highest != 0)) & ~system.is_increment & ~system.is_hidden_before
    answer: Flags = is_cover & (system.value >= rule.k) & (system.value < 2 * rule.k)
    return answer


def effects_of(system: System, worlds: Sequence[World]) -> Ints:
    """Give how each world moves each cell, one row a world."""
    nothing = np.zeros_like(system.truth)
    effects = [system.cells.times(world.added_to(nothing)) for world in worlds]
    return np.array(effects, dtype=np.int64).reshape(len(worlds), system.cells.height)


def proved(system: System, rule: Rule, is_hidden: Flags, worlds: Sequence[World], programmes: int) -> Protection:
    """Give what worlds prove of a system: what they move is hidden, too; small cells they leave are uncovered."""
    effects = effects_of(system, worlds)
    lowest, highest = effects.min(axis=0, initial=0), effects.max(axis=0, initial=0)
    is_small = small_cells(system, rule.k)
    uncovered = [
        int(cell)
        for cell in np.flatnonzero(is_small)
        if not is_covered(system, rule, int(cell), int(lowest[cell]), int(highest[cell]))
    ]
    return Protection(
        system=system,
        rule=rule,
        is_small=is_small,
        is_hidden=is_hidden | (effects != 0).any(axis=0),
        worlds=tuple(worlds),
        lowest=lowest,
        highest=highest,
        uncovered=tuple(uncovered),
        programmes=programmes,
    )
