"""Hide small cells, and as few others as it takes that nobody can work the small ones out.

Primary: cells of 1 to k-1 participants. Secondary: chosen by linear programming, smallest small cell first; a
cell hidden once costs nothing afterwards. Each small cell keeps two *worlds*, one where it is larger and one
where it is smaller, that publish the same numbers: whoever reads the release cannot tell them from the truth,
so no inference whatever narrows the cell further (the proof is in docs/privacy.md).

Method: Fischetti and Salazar's covering formulation of secondary suppression, one cell at a time, as in the
sdcTable and tau-Argus tools, with the audit built in (Massell, US Census RR2001/01).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from data_access.disclosure.model import System
from data_access.disclosure.needless import without_needless
from data_access.disclosure.parts import Part, parts_by_family, parts_by_slice, same_place
from data_access.disclosure.protection import (
    Flags,
    Protection,
    Rule,
    could_be_small,
    is_covered,
    keeps_facts,
    proved,
    small_cells,
)
from data_access.disclosure.rows import Ints
from data_access.disclosure.search import Search
from data_access.disclosure.solver import WHOLE, Cover, Reals
from data_access.progress import Progress, silent
from data_access.reference.lattice import EVERYONE

MULTIPLES = (1, 2, 3, 4)  # a fractional change is often halves or thirds, and twice or thrice of it still fits


def protect(system: System, rule: Rule, also_hide: Flags | None = None, progress: Progress = silent) -> Protection:
    """Choose what to hide in a system, with a pair of worlds for every small cell.

    `also_hide` names cells to hide besides. A cell hidden as cover that has fewer than 2k participants could be
    small for all a reader knows: it gets a pair as well, where that hides nothing more or can be afforded.
    """
    is_small = small_cells(system, rule.k)
    system = replace(system, is_locked=system.is_locked & ~is_small)
    must_hide = is_small | system.is_increment | system.is_hidden_before
    must_hide |= np.zeros_like(is_small) if also_hide is None else also_hide & ~system.is_locked
    without_margins = replace(
        system, is_locked=system.is_locked | _spared(system, must_hide & ~(system.is_increment & ~is_small))
    )
    cut = [*parts_by_slice(without_margins)], [*parts_by_family(without_margins)]
    slices, families = ([(part, Cover(part.system)) for part in parts] for parts in cut)
    search = Search(system, rule, is_small, Cover(system), slices, families, same_place(system, is_small))
    search.hide(np.flatnonzero(must_hide))
    everybody = (system.labels["family"] == EVERYONE).to_numpy()
    for cells in (np.flatnonzero(is_small & everybody), np.flatnonzero(is_small & ~everybody)):
        _cover_all(search, _smallest_first(system, cells), "protecting small cells", progress)
    for search.only_free in (True, False, True) if rule.widen_covers_up_to else (True,):
        in_doubt = np.flatnonzero(could_be_small(system, rule, search.lowest, search.highest))
        _cover_all(search, _smallest_first(system, in_doubt), "widening covers", progress)
    return without_needless(proved(search.system, rule, must_hide, search.worlds, search.programmes), must_hide)


def covered_further(protection: Protection, progress: Progress = silent) -> Protection:
    """Look for the missing worlds of a protection among changes of several releases at once."""
    system, rule, is_small = protection.system, protection.rule, protection.is_small
    open_ = replace(system, is_locked=system.is_locked & ~is_small)
    cut = [*parts_by_slice(open_, over_time=True)], [*parts_by_family(open_, over_time=True)]
    slices, families = ([(part, Cover(part.system)) for part in parts] for parts in cut)
    search = Search(open_, rule, is_small, Cover(open_), slices, families, {})
    for world in protection.worlds:
        search.keep(world.added_to(np.zeros_like(system.truth)))
    search.hide(np.flatnonzero(protection.is_hidden))
    _cover_all(search, _smallest_first(system, np.array(protection.uncovered)), "joining releases", progress)
    return proved(open_, rule, protection.is_hidden, search.worlds, protection.programmes + search.programmes)


def _cover_all(search: Search, cells: Sequence[int], step: str, progress: Progress) -> None:
    for done, cell in enumerate(cells):
        lowest, highest = int(search.lowest[cell]), int(search.highest[cell])
        is_wide = is_covered(search.system, search.rule, cell, lowest, highest)
        if search.is_small[cell] or (not is_wide and (search.only_free or _can_afford(search))):
            _cover(search, cell)
        if done % 10 == 0 or done + 1 == len(cells):
            progress(step, done + 1, len(cells))


def _can_afford(search: Search) -> bool:
    """Say whether covers may still be widened by hiding more: not beyond a share of all cells."""
    public = ~search.system.is_increment & ~search.system.is_locked
    moved = ((search.lowest != 0) | (search.highest != 0)) & public & ~search.is_small
    return bool(moved.sum() <= search.rule.widen_covers_up_to * public.sum())


def _spared(system: System, must_hide: Flags) -> Flags:
    """Say which cells to hide only when nothing else will do: one-way tables that have no small cell themselves."""
    tables = np.array(system.labels["table"].to_list())
    touched = np.isin(tables, np.unique(tables[must_hide]))
    answer: Flags = system.is_margin & ~touched
    return answer


def _smallest_first(system: System, cells: Ints) -> list[int]:
    return [int(cell) for cell in cells[np.argsort(np.abs(system.value[cells]), kind="stable")]]


def _cover(search: Search, cell: int) -> None:
    """Find the two worlds of a small cell, unless worlds found for others already do."""
    value = int(search.system.value[cell])
    if value < 0 and _reached(search, cell, search.rule.width - value, anywhere=False):
        return
    sign = 1 if value >= 0 else -1
    low, high = search.rule.reach(abs(value))
    uppers = sorted({high, search.rule.width, search.rule.k}, reverse=True)
    goals = [(upper, anywhere) for anywhere in (False, True) for upper in uppers if upper > abs(value)]
    any(_reached(search, cell, sign * (upper - abs(value)), anywhere=anywhere) for upper, anywhere in goals)
    lower = max(0, min(low, _extreme(search, cell, sign) + abs(value) - search.rule.width))
    any(_reached(search, cell, sign * (lower - abs(value)), anywhere=anywhere) for anywhere in (False, True))


def _extreme(search: Search, cell: int, sign: int) -> int:
    return int(search.highest[cell]) if sign > 0 else -int(search.lowest[cell])


def _reached(search: Search, cell: int, need: int, *, anywhere: bool) -> bool:
    """Say whether a world moves the cell by `need` (of either sign), looking for one if none does yet.

    In the cell's slice first, then with everybody; `anywhere` looks in the whole system and may hide margins.
    """
    if need == 0 or (search.highest[cell] >= need if need > 0 else search.lowest[cell] <= need):
        return True
    if anywhere:
        best = None if search.only_free else _move(search, search.system, search.whole, {cell: need}, enough=False)
        return best is not None and search.keep(best)
    best = _in_part(search, search.slices, {cell: need}, None)
    if search.only_free and best is not None and search.keep(best):
        return True
    if best is None or _price(search, best) > 0:
        along = _taken_along(search, cell, need)
        best = _in_part(search, search.families, along, best) if len(along) > 1 else best
        if len(along) == 1 or best is None:
            best = _in_part(search, search.families, {cell: need}, best)
    return best is not None and search.keep(best)


def _taken_along(search: Search, cell: int, need: int) -> dict[int, int]:
    """Give a cell of everybody with the small cells of its place in the slices: one world can move them all.

    People bring their slices along, and what was worked out for everybody need not be for each slice again.
    """
    goals = {cell: need}
    for other in search.same_place.get(cell, ()):
        low, high = search.rule.reach(int(search.system.value[other]))
        further = (high if need > 0 else low) - int(search.system.value[other])
        met = search.highest[other] >= further if need > 0 else search.lowest[other] <= further
        if further and not met:
            goals[other] = further
    return goals


def _in_part(
    search: Search, parts: Sequence[tuple[Part, Cover]], goals: Mapping[int, int], best: Ints | None
) -> Ints | None:
    """Look for a world that differs from the truth in one part only, no one-way margin moved; give the cheaper."""
    first = next(iter(goals))
    for part, cover in parts:
        if first not in part.place:
            continue
        own = {part.place[cell]: need for cell, need in goals.items() if cell in part.place}
        change = _move(search, part.system, cover, own, enough=best is not None)
        if change is not None:
            wide = part.widened(change, len(search.system.truth))
            return wide if best is None or _price(search, wide) < _price(search, best) else best
    return best


def _move(search: Search, system: System, cover: Cover, goals: Mapping[int, int], *, enough: bool) -> Ints | None:
    """Solve for one world; where that gives fractions and nothing else is `enough`, in whole numbers."""
    search.programmes += 1
    near = cover.move(goals)
    if near is None:
        return None
    change = _in_whole_numbers(system, near)
    if change is None and not enough:
        search.programmes += 1
        found = cover.whole_move(goals, near)
        change = found if found is not None and keeps_facts(system, found) else None
    return change


def _price(search: Search, change: Ints) -> float:
    """Give what a world costs in cells that would have to be hidden for it."""
    effect = np.abs(search.system.cells.times(change))
    return float((search.system.weight * effect)[~search.is_free].sum())


def _in_whole_numbers(system: System, near: Reals) -> Ints | None:
    for times in MULTIPLES:
        change = np.rint(near * times).astype(np.int64)
        if np.abs(near * times - change).max() <= WHOLE and keeps_facts(system, change):
            return change
    return None
