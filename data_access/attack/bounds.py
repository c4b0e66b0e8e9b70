"""How far each hidden count can be narrowed: two linear programmes a count, whole numbers where they come close."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from data_access.attack.equations import Equations
from data_access.progress import Progress, silent

NEAR = 1e-6
SECONDS_A_BOUND = 2.0  # what the search has proved by then stands


@dataclass(frozen=True)
class Range:
    """The least and the most a count can be; `most` is None where nothing bounds it."""

    least: int
    most: int | None


@dataclass
class Intruder:
    """One model of everything known, asked for the least and the most of one sum after another."""

    known: Equations

    def __post_init__(self) -> None:
        """Build the model; say whether the statements agree with each other."""
        self._highs = _solver(self.known)
        self._highs.run()
        self.is_consistent = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("simplex_strategy", 4)  # primal: the last answer is where the next one starts

    def range_of(self, terms: Sequence[int], k: int) -> Range:
        """Bound one sum; whole-number programmes sharpen a range that is narrower than k."""
        if not terms:
            return Range(0, 0)
        least, most = self._extreme(terms, 1.0), self._extreme(terms, -1.0)
        low = 0 if least is None else math.ceil(least - NEAR)
        high = None if most is None else math.floor(-most + NEAR)
        could_be_small_and_narrow = high is not None and low < k and high - low < k
        return self._sharpened(terms, low, high) if high is not None and could_be_small_and_narrow else Range(low, high)

    def _extreme(self, terms: Sequence[int], sign: float) -> float | None:
        for column in terms:
            self._highs.changeColCost(column, sign)
        self._highs.run()
        found = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = self._highs.getInfo().objective_function_value if found else None
        for column in terms:
            self._highs.changeColCost(column, 0.0)
        return value

    def _sharpened(self, terms: Sequence[int], low: int, high: int) -> Range:
        least, most = self._whole_bound(terms, 1.0), self._whole_bound(terms, -1.0)
        sharper_low = low if least is None else max(low, math.ceil(least - NEAR))
        sharper_high = high if most is None else min(high, math.floor(-most + NEAR))
        return Range(sharper_low, sharper_high)

    def _whole_bound(self, terms: Sequence[int], sign: float) -> float | None:
        """Give what whole numbers prove of a sum, even where the search stops early."""
        whole = _solver(self.known)
        every = np.arange(len(self.known.unknowns), dtype=np.int32)
        kinds = np.full(len(every), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        whole.changeColsIntegrality(len(every), every, kinds)
        whole.setOptionValue("mip_heuristic_effort", 0.0)
        whole.setOptionValue("time_limit", SECONDS_A_BOUND)
        for column in terms:
            whole.changeColCost(column, sign)
        whole.run()
        bound = whole.getInfo().mip_dual_bound
        return bound if math.isfinite(bound) else None


def ranges(known: Equations, k: int, progress: Progress = silent) -> list[Range]:
    """Bound every hidden count, in order; a contradiction among statements is a `ValueError`."""
    intruder = Intruder(known)
    if not intruder.is_consistent:
        raise ValueError("the published counts contradict each other")
    answer = []
    for done, (_, terms) in enumerate(known.hidden):
        answer.append(intruder.range_of(terms, k))
        progress("attacking", done + 1, len(known.hidden))
    return answer


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
