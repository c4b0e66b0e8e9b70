"""XmR charts: the natural process limits of a series of single values, and which of them are more than chance.

Mean ± 2.66 · mR̄ are the natural process limits and 3.27 · mR̄ the upper range limit, mR̄ being the mean of the moving
ranges between neighbours: W. A. Shewhart's chart of individuals, constants 3/d₂ = 2.66 and D₄ = 3.27 for ranges of
two (D. J. Wheeler, Understanding Variation, SPC Press 1993; NIST/SEMATECH e-Handbook of Statistical Methods,
section 6.3.2.2). Rules for signals, of which one is enough:

1. a point outside the natural process limits;
2. eight points in a row on one side of the mean. Eight is Wheeler's and Western Electric's convention; the NHS
   England guide Making Data Count takes seven, others six: eight raises the fewest false alarms of these;
3. two of three points in a row beyond two thirds of the way from the mean to the same limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

FEWEST_POINTS: Final = 10
LIMIT_FACTOR: Final = 2.66
RANGE_FACTOR: Final = 3.27
RUN: Final = 8
SUSTAINED: Final = 2 * RUN
NEAR: Final = 2 / 3
FORMULA: Final = "natural process limits = mean ± 2.66 × mean moving range"


class Verdict(StrEnum):
    """What a series says, in words."""

    IMPROVED = "Improved"
    SUSTAINED = "Sustained"
    DETERIORATED = "Deteriorated"
    NO_CHANGE = "No change"
    NO_CLAIM = "No claim"


@dataclass(frozen=True)
class Limits:
    """Mean, natural process limits, mean moving range and its upper limit; the lower limit may lie below nought."""

    mean: float
    low: float
    high: float
    mean_range: float
    range_high: float


def limits(values: Sequence[float | None]) -> Limits | None:
    """Give the limits of a series; None below ten points. Missing points count in nothing and break moving ranges."""
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if len(known) < FEWEST_POINTS or not ranges:
        return None
    mean, mean_range = sum(known) / len(known), sum(ranges) / len(ranges)
    reach = LIMIT_FACTOR * mean_range
    return Limits(mean, mean - reach, mean + reach, mean_range, RANGE_FACTOR * mean_range)


def signals(values: Sequence[float | None], found: Limits) -> list[int]:
    """Give 1 for each point with a signal upwards, -1 downwards, 0 for none. Missing points are passed over."""
    sides = [0 if value is None or value == found.mean else 1 if value > found.mean else -1 for value in values]
    told = [0] * len(values)
    places = [at for at, value in enumerate(values) if value is not None]
    for number, at in enumerate(places):
        value, side = values[at], sides[at]
        assert value is not None
        run = places[max(0, number - RUN + 1) : number + 1]
        near = [other for other in places[max(0, number - 2) : number + 1] if _is_near(values[other], side, found)]
        is_outside = value > found.high or value < found.low
        is_run = len(run) == RUN and all(sides[other] == side for other in run)
        is_near = _is_near(value, side, found) and len(near) > 1
        told[at] = side if side and (is_outside or is_run or is_near) else 0
    return told


def verdict(values: Sequence[float | None], found: Limits | None) -> Verdict:
    """Say in a word what the newest point tells: more is better.

    Sustained: an improvement that has lasted, the newest sixteen points or more all above the mean.
    """
    if found is None:
        return Verdict.NO_CLAIM
    known = [value for value in values if value is not None]
    newest = [told for told, value in zip(signals(values, found), values, strict=True) if value is not None][-1]
    if newest > 0 and len(known) >= SUSTAINED and all(value > found.mean for value in known[-SUSTAINED:]):
        return Verdict.SUSTAINED
    return {1: Verdict.IMPROVED, -1: Verdict.DETERIORATED, 0: Verdict.NO_CHANGE}[newest]


def _is_near(value: float | None, side: int, found: Limits) -> bool:
    return value is not None and bool(side) and (value - found.mean) * side > NEAR * (found.high - found.mean)
