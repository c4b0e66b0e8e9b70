"""The linear programmes of protection, on one HiGHS model whose bounds change from cell to cell.

For a hidden small cell c: the cheapest change d of the true world that moves c by `need` and leaves every
published number alone, where a number may also be moved at its weight (and is then hidden):

    minimise  sum of weight_j (p_j + q_j)
    so that   cells_j . d = p_j - q_j      for every cell that is shown
              cells_c . d >= need  (or <= -need)
              truth + d >= 0,  links . (truth + d) >= floor

The variant with whole numbers is the same model with d integer. Options are fixed and the work is capped by
nodes, never by the clock alone, so that the same input gives the same release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.model import System
from data_access.disclosure.rows import Ints, Rows

Reals = NDArray[np.float64]
_ENDLESS = highspy.kHighsInf
_MANY = 2**31 - 1
_FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible
_STEP = 0.001  # price of one person moved: prefers changes of few people, and is never worth showing a cell less
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "mip_rel_gap": 0.1,
    "mip_max_nodes": 50,
    "time_limit": 600.0,
}
WHOLE = 1e-6  # how far from a whole number still counts as one; every world is checked exactly afterwards


@dataclass
class Cover:
    """The model; `hide` frees a cell for good, `cheapest_move` answers one question.

    Columns: what each variable gains, what it loses (at most what it has), then what each cell is moved up and
    down. Every cost is positive, so the change of nothing is where the dual simplex starts, and a small cell is
    covered after a few steps.
    """

    system: System

    def __post_init__(self) -> None:
        """Build the model once."""
        self._width = len(self.system.truth)
        self._cells = self.system.cells.height
        self._is_hidden = np.zeros(self._cells, dtype=np.bool_)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no annotation on it
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        model = _model(self.system)
        self._links = _shared_links(self.system.links)
        self._floors = np.array(model.row_lower_)[self._cells :]
        self._least = np.array(model.col_lower_)
        self._most = np.array(model.col_upper_)
        self._highs.passModel(model)

    def hide(self, cells: Ints) -> None:
        """Let these cells move freely from now on."""
        for cell in cells.tolist():
            self._highs.changeRowBounds(cell, -_ENDLESS, _ENDLESS)
            for side in (2 * self._width + cell, 2 * self._width + self._cells + cell):
                self._highs.changeColBounds(side, 0.0, 0.0)
                self._most[side] = 0.0
            self._is_hidden[cell] = True

    def move(self, goals: Mapping[int, int]) -> Reals | None:
        """Give the cheapest change that moves hidden cells at least as far as `goals` says; None if there is none."""
        for cell, need in goals.items():
            self._highs.changeRowBounds(cell, *((need, _ENDLESS) if need > 0 else (-_ENDLESS, need)))
        self._highs.clearSolver()
        self._highs.run()
        found = self._highs.getInfo().primal_solution_status == _FEASIBLE
        columns = np.array(self._highs.getSolution().col_value) if found else None
        for cell in goals:
            self._highs.changeRowBounds(cell, -_ENDLESS, _ENDLESS)
        return None if columns is None else columns[: self._width] - columns[self._width : 2 * self._width]

    @contextmanager
    def held_to(self, least: Mapping[int, int], moved: Mapping[int, int]) -> Iterator[None]:
        """For a while, let these variables change by no less than `least` says; a least change above 0 forces them.

        `moved`: by how much what stands still has moved each link of several variables.
        """
        gains = np.sort(np.fromiter(least, dtype=np.int64))
        columns = np.concatenate([gains, gains + self._width])
        before = self._least[columns], self._most[columns]
        change = np.array([least[gain] for gain in gains.tolist()], dtype=np.float64)
        self._bound(columns, np.concatenate([np.maximum(change, 0), 0 * change]), self._held(gains, change))
        rows = [(place, moved[link]) for place, link in enumerate(self._links.tolist()) if moved.get(link)]
        for place, by in rows:
            self._highs.changeRowBounds(self._cells + place, float(self._floors[place] - by), _ENDLESS)
        try:
            yield
        finally:
            self._bound(columns, *before)
            for place, _ in rows:
                self._highs.changeRowBounds(self._cells + place, float(self._floors[place]), _ENDLESS)

    def _held(self, gains: Ints, change: Reals) -> Reals:
        """Give the most that variables may gain and lose while they are held."""
        loss = np.minimum(self._most[gains + self._width], np.maximum(-change, 0))
        return np.concatenate([np.maximum(self._most[gains], change), loss])

    def _bound(self, columns: Ints, least: Reals, most: Reals) -> None:
        self._least[columns], self._most[columns] = least, most
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), least, most)

    def whole_move(self, goals: Mapping[int, int], near: Reals) -> Ints | None:
        """Give a change in whole numbers near a real-valued one.

        First among the variables that `near` moves and the shown cells that it moves, where any will do; then in the
        slices and regions of `near`, at a price as low as can be found.
        """
        everything = np.arange(self._width, dtype=np.int64)
        places = self.system.variables.select("release", "family", "slice", "region").rows()
        used = {places[i] for i in np.flatnonzero(np.abs(near) > WHOLE)}
        sums = self.system.cells
        effect = np.bincount(sums.row, sums.coefficient * near[sums.column], minlength=self._cells)
        still = np.flatnonzero((np.abs(effect) <= WHOLE) & ~self._is_hidden)
        self._integrality(highspy.HighsVarType.kInteger)
        self._options(presolve="on", mip_max_improving_sols=1)
        answer = self._move_within(everything[np.abs(near) > WHOLE], still, goals)
        if answer is None:
            self._options(mip_max_improving_sols=_MANY)
            inside = np.array([i for i, place in enumerate(places) if place in used], dtype=np.int64)
            answer = self._move_within(inside, still[:0], goals)
        self._options(presolve="off")
        self._integrality(highspy.HighsVarType.kContinuous)
        return None if answer is None else np.rint(answer).astype(np.int64)

    def _move_within(self, variables: Ints, still: Ints, goals: Mapping[int, int]) -> Reals | None:
        """Move as `move` does, among some variables, while some shown cells stay as they are."""
        outside = np.setdiff1d(np.arange(self._width, dtype=np.int64), variables)
        up = 2 * self._width
        columns = np.concatenate([outside, outside + self._width, still + up, still + up + self._cells])
        for column in columns.tolist():
            self._highs.changeColBounds(column, 0.0, 0.0)
        answer = self.move(goals)
        for column in columns.tolist():
            self._highs.changeColBounds(column, float(self._least[column]), float(self._most[column]))
        return answer

    def _options(self, **options: str | int) -> None:
        for option, value in options.items():
            self._highs.setOptionValue(option, value)

    def _integrality(self, kind: highspy.HighsVarType) -> None:
        every = np.arange(2 * self._width, dtype=np.int32)
        self._highs.changeColsIntegrality(len(every), every, np.full(len(every), kind.value, dtype=np.uint8))


def _model(system: System) -> highspy.HighsLp:
    width, cells = len(system.truth), system.cells.height
    links, floor, gain, loss = _bounds_from_links(system)
    sums, sides = system.cells, np.arange(cells, dtype=np.int64)
    row = np.concatenate([sums.row, sums.row, links.row + cells, links.row + cells, sides, sides])
    up, down = 2 * width + sides, 2 * width + cells + sides
    column = np.concatenate([sums.column, sums.column + width, links.column, links.column + width, up, down])
    ones = np.ones(cells)
    value = np.concatenate([sums.coefficient, -sums.coefficient, links.coefficient, -links.coefficient, -ones, ones])
    order = np.lexsort((row, column))
    movable = np.where(system.is_locked, 0.0, _ENDLESS)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = 2 * width + 2 * cells, cells + links.height
    lp.col_cost_ = np.concatenate([np.full(2 * width, _STEP), system.weight, system.weight])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([gain, loss, movable, movable])
    lp.row_lower_ = np.concatenate([np.zeros(cells), floor])
    lp.row_upper_ = np.concatenate([np.zeros(cells), np.full(links.height, _ENDLESS)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=lp.num_col_))]).astype(np.int32)
    lp.a_matrix_.index_ = row[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order].astype(np.float64)
    return lp


def _shared_links(links: Rows) -> Ints:
    """Give the links of more than one variable; those of one are bounds of it."""
    return np.flatnonzero(np.bincount(links.row, minlength=links.height) > 1)


def _bounds_from_links(system: System) -> tuple[Rows, Reals, Reals, Reals]:
    """Turn links of a single variable into bounds: the other links with their floors, most gain and most loss."""
    links = system.links
    slack = (system.floor - links.times(system.truth)).astype(np.float64)
    gain = np.full(len(system.truth), _ENDLESS)
    loss = system.truth.astype(np.float64)
    alone = np.bincount(links.row, minlength=links.height)[links.row] == 1
    for row, column, value in zip(links.row[alone], links.column[alone], links.coefficient[alone], strict=True):
        if value > 0:
            loss[column] = min(loss[column], -slack[row])
        else:
            gain[column] = min(gain[column], -slack[row])
    kept = _shared_links(links)
    place = np.full(links.height, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    rest = Rows(place[links.row[~alone]], links.column[~alone], links.coefficient[~alone], len(kept))
    return rest, slack[kept], gain, loss
