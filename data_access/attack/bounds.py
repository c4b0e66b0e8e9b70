"""How far each hidden count can be narrowed: two linear programmes a count, whole numbers where they come close."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from data_access.attack.equations import Equations
from data_access.progress import Progress, silent

NEAR = 1e-6
UNBOUNDED = 10**9  # more than anybody has people
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
Term = tuple[int, int]  # an unknown and whether it adds (1) or takes away (-1)
TURNS = 4  # a few pushes tell most; counts still in doubt are asked one by one
SECONDS_A_BOUND = 2.0  # what the search has proved by then stands


@dataclass(frozen=True)
class Range:
    """The least and the most a count can be; `most` is None where nothing bounds it.

    `is_part`: the search stopped at these values because they are far enough apart; the count can be either, and
    perhaps less or more.
    """

    least: int
    most: int | None
    is_part: bool = False


@dataclass
class Intruder:
    """One model of everything known, asked for the least and the most of one sum after another.

    Every answer is a whole distribution of people, so it says something of all hidden counts: `seen` keeps how far
    apart each has been met.
    """

    known: Equations

    def __post_init__(self) -> None:
        """Build the model; say whether the statements agree with each other."""
        self._highs = _solver(self.known)
        self._highs.run()
        self.is_consistent = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("simplex_strategy", 4)  # primal: the last answer is where the next one starts
        self.sums = [*([(term, 1) for term in terms] for _, terms in self.known.hidden), *_differences(self.known)]
        self._terms = np.array([term for own in self.sums for term, _ in own], dtype=np.int64)
        self._signs = np.array([sign for own in self.sums for _, sign in own], dtype=np.float64)
        self._ends = np.cumsum([0, *(len(own) for own in self.sums)])
        self.seen = np.full(len(self.sums), np.inf), np.full(len(self.sums), -np.inf)

    def range_of(self, terms: Sequence[Term], k: int) -> Range:
        """Bound one sum; whole-number programmes sharpen a range that is narrower than k."""
        if not terms:
            return Range(0, 0)
        least, most = self._extreme(terms, 1.0), self._extreme(terms, -1.0)
        low = -UNBOUNDED if least is None else math.ceil(least - NEAR)
        high = None if most is None else math.floor(-most + NEAR)
        could_be_small_and_narrow = high is not None and low < k and high - low < k
        return self._sharpened(terms, low, high) if high is not None and could_be_small_and_narrow else Range(low, high)

    def look_around(self, turns: int) -> None:
        """Push hidden counts up and down at random, all at once, to see how far apart they can be."""
        random = np.random.default_rng(0)  # fixed: the same release gives the same answer
        every = np.arange(len(self.known.unknowns), dtype=np.int32)
        for _ in range(turns):
            push = np.repeat(random.choice([-1.0, 1.0], len(self.sums)), np.diff(self._ends)) * self._signs
            self._highs.changeColsCost(len(every), every, _summed(self._terms, push, len(every)))
            self._highs.run()
            self._take_in()
        self._highs.changeColsCost(len(every), every, np.zeros(len(every)))

    def seen_apart(self, place: int, k: int) -> Range | None:
        """Give two values a hidden count was met with, if they are at least k apart."""
        low, high = self.seen[0][place], self.seen[1][place]
        if not high - low >= k:
            return None
        least, most = math.ceil(low - NEAR), math.floor(high + NEAR)
        return Range(least, most, is_part=True) if most - least >= k else None

    def _take_in(self) -> None:
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        people = np.array(self._highs.getSolution().col_value)[self._terms] * self._signs
        sums = np.diff(np.concatenate([[0.0], np.cumsum(people)])[self._ends])
        self.seen = np.minimum(self.seen[0], sums), np.maximum(self.seen[1], sums)

    def _extreme(self, terms: Sequence[Term], sign: float) -> float | None:
        for column, own in terms:
            self._highs.changeColCost(column, own * sign)
        self._highs.run()
        found = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = self._highs.getInfo().objective_function_value if found else None
        self._take_in()
        for column, _ in terms:
            self._highs.changeColCost(column, 0.0)
        return value

    def _sharpened(self, terms: Sequence[Term], low: int, high: int) -> Range:
        least, most = self._whole_bound(terms, 1.0), self._whole_bound(terms, -1.0)
        sharper_low = low if least is None else max(low, math.ceil(least - NEAR))
        sharper_high = high if most is None else min(high, math.floor(-most + NEAR))
        return Range(sharper_low, sharper_high)

    def _whole_bound(self, terms: Sequence[Term], sign: float) -> float | None:
        """Give what whole numbers prove of a sum, even where the search stops early."""
        whole = _solver(self.known)
        every = np.arange(len(self.known.unknowns), dtype=np.int32)
        kinds = np.full(len(every), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        whole.changeColsIntegrality(len(every), every, kinds)
        whole.setOptionValue("mip_heuristic_effort", 0.0)
        whole.setOptionValue("time_limit", SECONDS_A_BOUND)
        for column, own in terms:
            whole.changeColCost(column, own * sign)
        whole.run()
        bound = whole.getInfo().mip_dual_bound
        return bound if math.isfinite(bound) else None


def always() -> bool:
    """Say that there is time; for whoever sets no limit."""
    return True


def ranges(
    known: Equations,
    k: int,
    progress: Progress = silent,
    *,
    is_quick: bool = False,
    has_time: Callable[[], bool] = always,
) -> list[Range]:
    """Bound every hidden count, then every hidden growth, in order; a contradiction is a `ValueError`.

    `is_quick` stops at a count as soon as two values k apart are known to be possible: which counts are exact or
    narrow comes out the same, how far the others reach does not. Once `has_time` says no, the rest is done so.
    """
    intruder = Intruder(known)
    if not intruder.is_consistent:
        raise ValueError("the published counts contradict each other")
    if is_quick:
        intruder.look_around(TURNS)
    answer = []
    for done, terms in enumerate(intruder.sums):
        if not is_quick and not has_time():
            is_quick = True
            intruder.look_around(TURNS)
        apart = intruder.seen_apart(done, k) if is_quick else None
        answer.append(apart or intruder.range_of(terms, k))
        progress("attacking", done + 1, len(intruder.sums))
    return answer


def _summed(columns: Ints, values: Reals, width: int) -> Reals:
    """Add values up by column."""
    return np.bincount(columns, values, minlength=width).astype(np.float64)


def _differences(known: Equations) -> list[list[Term]]:
    """Give growth as later less earlier."""
    return [[*((term, 1) for term in after), *((term, -1) for term in before)] for _, after, before in known.growth]


def _solver(known: Equations) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no annotation on it
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    solver.passModel(_model(known))
    return solver


def _model(known: Equations) -> highspy.HighsLp:
    rows = [[(term, 1) for term in terms] for terms, _ in known.known] + known.links
    low = [float(people) for _, people in known.known] + [0.0] * len(known.links)
    high = [float(people) for _, people in known.known] + [highspy.kHighsInf] * len(known.links)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(known.unknowns), len(rows)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.full(lp.num_col_, highspy.kHighsInf)
    lp.row_lower_, lp.row_upper_ = np.array(low), np.array(high)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([term for row in rows for term, _ in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row in rows for _, value in row], dtype=np.float64)
    return lp
