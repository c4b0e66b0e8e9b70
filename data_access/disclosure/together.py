"""A grouped release protected together with all earlier ones, without solving for all of them at once.

What was published stands still: worlds of the new release change the new release only, which leaves a system as
large as one release. Growth of a cell is then a cell of that system with another value, hidden in any case. The
worlds of the latest earlier release, which covers all before it, are *carried*: each is given a change of the new
release with which it still publishes the same, the cheapest there is, most often none or the same once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data_access.disclosure.model import System
from data_access.disclosure.needless import without_needless
from data_access.disclosure.parts import Part, part, parts_by_family, parts_by_slice
from data_access.disclosure.protect import covered_further, protect
from data_access.disclosure.protection import Flags, Protection, Rule, World, keeps_facts, proved, small_cells
from data_access.disclosure.rows import Ints
from data_access.disclosure.solver import WHOLE, Cover
from data_access.progress import Progress, silent


def protect_together(
    whole: System,
    worlds: Sequence[World],
    rule: Rule,
    also_hide: Flags | None = None,
    progress: Progress = silent,
) -> Protection:
    """Protect a new release so that nothing small falls out of it and the earlier ones together.

    In:   whole: the new release with all earlier ones, as `increments.joined` gives it; worlds: those that the
          latest earlier release was proved with, over the first variables of `whole`; also_hide: cells of `whole`.
    """
    fresh = np.flatnonzero((whole.variables["release"] == 0).to_numpy())
    new = part(whole, fresh)
    own = protect(new.system, rule, None if also_hide is None else also_hide[new.cells], progress)
    is_hidden = np.zeros(whole.cells.height, dtype=np.bool_)
    is_hidden[new.cells] = own.is_hidden
    carrier = _Carrier(whole, new, is_hidden | whole.is_hidden_before | whole.is_increment)
    kept = [_placed(world, new) for world in own.worlds]
    for done, world in enumerate(worlds):
        extended = carrier.carried(world)
        kept += [] if extended is None else [extended]
        progress("carrying earlier proofs", done + 1, len(worlds))
    found = proved(whole, rule, carrier.is_hidden, kept, own.programmes + carrier.programmes)
    found = covered_further(found, progress) if found.uncovered else found
    must_hide = small_cells(whole, rule.k) | whole.is_increment | whole.is_hidden_before
    # Worlds carried over move cells of the new release that its own worlds were found for before: either may do.
    return without_needless(found, must_hide if also_hide is None else must_hide | (also_hide & ~whole.is_locked))


def _placed(world: World, new: Part) -> World:
    return World(new.variables[world.variable], world.change)


@dataclass
class _Carrier:
    """Extends worlds of earlier releases to the new one; `is_hidden` grows by what has to be hidden for it."""

    whole: System
    new: Part
    is_hidden: Flags
    programmes: int = 0
    parts: Sequence[tuple[Part, Cover]] = field(init=False)

    def __post_init__(self) -> None:
        system = self.new.system
        everything = part(system, np.arange(len(system.truth), dtype=np.int64))
        cut = [*parts_by_slice(system), *parts_by_family(system), everything]
        self.parts = [(one, Cover(one.system)) for one in cut]
        self._free(np.flatnonzero(self.is_hidden))
        self.start = len(self.whole.truth) - len(system.truth)
        self.same = _same_variable(self.whole, self.start)

    def carried(self, world: World) -> World | None:
        """Give the world with a change of the new release that keeps every shown number; None if none was found."""
        before = np.zeros(len(self.whole.truth), dtype=np.int64)
        before[world.variable] = world.change
        repeated = before.copy()
        for old, change in zip(world.variable.tolist(), world.change.tolist(), strict=True):
            if old in self.same:
                repeated[self.same[old]] = change
        for change in (before, repeated):
            if keeps_facts(self.whole, change) and not self.whole.cells.times(change)[~self.is_hidden].any():
                return _as_world(change)
        found = self._repaired(before)
        if found is not None:
            self._free(np.flatnonzero(self.whole.cells.times(found)))
        return None if found is None else _as_world(found)

    def _repaired(self, before: Ints) -> Ints | None:
        """Look for the cheapest change of the new release, in one slice, one family, then in all of it."""
        least = self._least(before)
        shifts = self.whole.links.times(before)[self.new.links]
        for one, cover in self.parts:
            own = {place: least[variable] for place, variable in enumerate(one.variables.tolist()) if variable in least}
            if sum(need > 0 for need in own.values()) < sum(need > 0 for need in least.values()):
                continue
            self.programmes += 1
            moved = {place: int(by) for place, by in enumerate(shifts[one.links].tolist()) if by}
            with cover.held_to(own, moved):
                near = cover.move({})
                rounded = None if near is None else np.rint(near).astype(np.int64)
                if near is not None and rounded is not None and np.abs(near - rounded).max(initial=0) > WHOLE:
                    rounded = cover.whole_move({}, near)
            if rounded is not None:
                change = before.copy()
                change[self.start + one.variables] = rounded
                if keeps_facts(self.whole, change):
                    return change
        return None

    def _least(self, before: Ints) -> dict[int, int]:
        """Give the least change of each variable of the new release that earlier changes leave it."""
        links = self.whole.links
        slack = links.times(self.whole.truth + before) - self.whole.floor
        touched = np.zeros(links.height, dtype=np.bool_)
        touched[links.row[before[links.column] != 0]] = True
        now = (links.column >= self.start) & touched[links.row]
        concerned = np.unique(links.column[now])
        every = np.isin(links.column, concerned) & _steps(links.row, links.column, links.height, self.start)[links.row]
        answer: dict[int, int] = {}
        for row, column in zip(links.row[every].tolist(), links.column[every].tolist(), strict=True):
            place = column - self.start
            bound = max(-int(slack[row]), -int(self.whole.truth[column]))
            answer[place] = max(answer.get(place, bound), bound)
        return answer

    def _free(self, cells: Ints) -> None:
        """Hide cells of the new release, for good."""
        self.is_hidden[cells] = True
        inside = [self.new.place[cell] for cell in cells.tolist() if cell in self.new.place]
        for one, cover in self.parts:
            cover.hide(np.array([one.place[cell] for cell in inside if cell in one.place], dtype=np.int64))


def _steps(row: Ints, column: Ints, height: int, start: int) -> Flags:
    """Say which links hold one variable of the new release against earlier ones."""
    old = np.bincount(row, column < start, minlength=height)
    new = np.bincount(row, column >= start, minlength=height)
    answer: Flags = (old > 0) & (new == 1)
    return answer


def _same_variable(whole: System, start: int) -> Mapping[int, int]:
    """Give for each variable of the latest earlier release the same one of the new release."""
    names = [name for name in whole.variables.columns if name not in ("release", "variable")]
    keys = whole.variables.select(names).rows()
    latest = whole.variables["release"].to_list()
    place = {key: start + at for at, key in enumerate(keys[start:])}
    return {at: place[key] for at, key in enumerate(keys[:start]) if key in place and latest[at] == latest[start - 1]}


def _as_world(change: Ints) -> World:
    used = np.flatnonzero(change)
    return World(used, change[used])
