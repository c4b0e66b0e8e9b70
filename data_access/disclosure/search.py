"""What the search for worlds has found so far, and the programmes it asks: all of the system, and parts of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data_access.disclosure.model import System
from data_access.disclosure.parts import Part
from data_access.disclosure.protection import Flags, Rule, World
from data_access.disclosure.rows import Ints
from data_access.disclosure.solver import Cover

Asked = Sequence[tuple[Part, Cover]]


@dataclass
class Search:
    """What has been found so far; `effects` has one row a world: how it moves each cell."""

    system: System
    rule: Rule
    is_small: Flags
    whole: Cover
    slices: Asked
    families: Asked
    same_place: Mapping[int, Sequence[int]]
    worlds: list[World] = field(default_factory=list)
    effects: list[Ints] = field(default_factory=list)
    is_free: Flags = field(init=False)
    only_free: bool = False
    lowest: Ints = field(init=False)
    highest: Ints = field(init=False)
    programmes: int = 0

    def __post_init__(self) -> None:
        self.is_free = np.zeros(self.system.cells.height, dtype=np.bool_)
        self.lowest = np.zeros(self.system.cells.height, dtype=np.int64)
        self.highest = np.zeros(self.system.cells.height, dtype=np.int64)

    def hide(self, cells: Ints) -> None:
        """Free cells everywhere they occur."""
        self.is_free[cells] = True
        self.whole.hide(cells)
        for part, cover in (*self.slices, *self.families):
            cover.hide(np.array([part.place[cell] for cell in cells.tolist() if cell in part.place], dtype=np.int64))

    def keep(self, change: Ints) -> bool:
        """Take a world in and free the cells it moves; refuse one that is not free when only those are wanted."""
        used = np.flatnonzero(change)
        effect = self.system.cells.times(change)
        if self.only_free and (effect[~self.is_free] != 0).any():
            return False
        self.worlds.append(World(used, change[used]))
        self.effects.append(effect)
        self.hide(np.flatnonzero(effect))
        self.lowest = np.minimum(self.lowest, effect)
        self.highest = np.maximum(self.highest, effect)
        return True
