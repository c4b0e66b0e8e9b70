"""Bands of a programme's cohorts, wide enough that the programme's totals cannot narrow a small one down.

A cohort's figures are told as bands as wide as the threshold: fewer than k, k to 2k-1 and so on. The programme's
totals are told exactly, and a band of places held covers three figures of a cohort at once, so bands must be held
against both: two cohorts of 12 and 3 that are 15 together leave the second no more than 5. Every figure of fewer
than k must keep all of 1 to k-1. What it can be, given everything told, is worked out by linear programming; each
figure stands in one total and at most one sum, so the programme is a flow and its ends are whole numbers. Where a
figure would be narrowed, the largest band of its total is hidden, and so on until none is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import highspy
import numpy as np

ENDLESS: Final = highspy.kHighsInf


@dataclass(frozen=True)
class Band:
    """A count lies in it; `high` None: no end is told."""

    low: int
    high: int | None


UNTOLD: Final = Band(0, None)


def band_of(count: int, k: int) -> Band:
    """Give the band of a count: 0 to k-1, k to 2k-1 and so on."""
    return Band(count // k * k, count // k * k + k - 1)


@dataclass(frozen=True)
class Cohorts:
    """The true figures of a programme and what is told of them besides.

    counts  one row a cohort, one column a figure
    totals  the programme's total of each figure; None where it is hidden
    held    columns that are told together as one sum a cohort
    hidden  (cohort, figure) whose band is never told: fewer than k people behind k bookings and more
    floors  (cohort, figure) → what it is said to reach at least: attended above capacity
    """

    counts: Sequence[Sequence[int]]
    totals: Sequence[int | None]
    held: Sequence[int]
    k: int
    hidden: frozenset[tuple[int, int]] = frozenset()
    floors: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bands:
    """What is told: a band or `UNTOLD` for each figure and for each cohort's places held, and which floors."""

    figures: list[list[Band]]
    held: list[Band]
    floors: dict[tuple[int, int], int]


def safe_bands(cohorts: Cohorts) -> Bands:
    """Give bands that leave every figure under k its whole range; hides as many bands as that takes.

    Hiding only widens what a figure can be, so one look at each figure is enough.
    """
    bands = _all_bands(cohorts)
    model = _model(cohorts, bands)
    for cohort, row in enumerate(cohorts.counts):
        for figure, count in enumerate(row):
            if count < cohorts.k and cohorts.totals[figure] != 0:
                while _is_narrowed(cohorts, model, cohort, figure) and _hid_one(cohorts, bands, cohort, figure):
                    model = _model(cohorts, bands)
    return bands


def ranges(cohorts: Cohorts, bands: Bands, cohort: int, figure: int) -> tuple[int, int | None]:
    """Give the least and the most a figure can be for whoever knows the bands, totals and floors; None: endless."""
    return _ends(_model(cohorts, bands), cohort * len(cohorts.totals) + figure)


def _ends(model: highspy.Highs, place: int) -> tuple[int, int | None]:
    model.changeColCost(place, 1.0)
    ends = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        model.changeObjectiveSense(sense)
        model.run()
        is_bounded = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        ends.append(round(model.getInfo().objective_function_value) if is_bounded else None)
    model.changeColCost(place, 0.0)
    return ends[0] or 0, ends[1]


def _all_bands(cohorts: Cohorts) -> Bands:
    figures = [
        [_told(cohorts, at, figure) for figure in range(len(cohorts.totals))] for at in range(len(cohorts.counts))
    ]
    held = [band_of(sum(row[at] for at in cohorts.held), cohorts.k) for row in cohorts.counts]
    return Bands(figures, held if cohorts.held else [UNTOLD] * len(held), dict(cohorts.floors))


def _told(cohorts: Cohorts, cohort: int, figure: int) -> Band:
    if (cohort, figure) in cohorts.hidden:
        return UNTOLD
    # Nobody in the whole programme is nobody in each of its cohorts.
    return Band(0, 0) if cohorts.totals[figure] == 0 else band_of(cohorts.counts[cohort][figure], cohorts.k)


def _is_narrowed(cohorts: Cohorts, model: highspy.Highs, cohort: int, figure: int) -> bool:
    low, high = _ends(model, cohort * len(cohorts.totals) + figure)
    return low > 1 or (high is not None and high < cohorts.k - 1)


def _hid_one(cohorts: Cohorts, bands: Bands, cohort: int, figure: int) -> bool:
    """Hide something that may narrow a figure; say whether there was anything left to hide.

    In this order: what is said of cohorts above their capacity, the largest band of the figure in another cohort,
    the largest sum. With all of these gone only the programme's total is told, of which the figure is a part.
    """
    told = [at for at, row in enumerate(bands.figures) if row[figure] != UNTOLD and at != cohort]
    sums = [at for at, band in enumerate(bands.held) if band != UNTOLD] if figure in cohorts.held else []
    if any(at == figure for _, at in bands.floors):
        for flagged in [key for key in bands.floors if key[1] == figure]:
            del bands.floors[flagged]
    elif told:
        bands.figures[max(told, key=lambda at: (cohorts.counts[at][figure], -at))][figure] = UNTOLD
    elif sums:
        bands.held[max(sums, key=lambda at: (sum(cohorts.counts[at][one] for one in cohorts.held), -at))] = UNTOLD
    else:
        return False
    return True


def _model(cohorts: Cohorts, bands: Bands) -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no annotation on it
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    width = len(cohorts.totals)
    for cohort, row in enumerate(bands.figures):
        for figure, band in enumerate(row):
            low = max(band.low, bands.floors.get((cohort, figure), 0))
            model.addVar(low, ENDLESS if band.high is None else band.high)
    for figure, total in enumerate(cohorts.totals):
        if total is not None:
            _add_row(model, total, total, [cohort * width + figure for cohort in range(len(cohorts.counts))])
    for cohort, band in enumerate(bands.held):
        if band != UNTOLD:
            high = ENDLESS if band.high is None else band.high
            _add_row(model, band.low, high, [cohort * width + figure for figure in cohorts.held])
    return model


def _add_row(model: highspy.Highs, low: float, high: float, places: Sequence[int]) -> None:
    model.addRow(low, high, len(places), np.array(places, dtype=np.int32), np.ones(len(places)))
