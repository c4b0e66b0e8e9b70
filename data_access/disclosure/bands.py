"""Bands of a share: what is said where the share itself may not be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

FEWEST = 2  # counts that a band must leave open


def band_labels(bounds: Sequence[int]) -> list[str]:
    """Spell the bands between bounds in per cent: '0–5%', '5–20%' and so on."""
    return [_label(low, high) for low, high in pairwise(bounds)]


def band(share: pl.Expr, bounds: Sequence[int], of: pl.Expr | None = None) -> pl.Expr:
    """Give the band a share (0 to 1) lies in; a share on a bound belongs to the band above it, 1 to the last.

    `of` is how many the share is of. Where a band would leave only one count of so many possible ('95–100%' of 12 is
    all twelve), the next band towards the middle is joined to it. Null (nobody voted) stays null.
    """
    pairs = list(pairwise(bounds))
    said = [_said(bounds, place, of) for place in range(len(pairs))]
    below = [pl.when(share * 100 < high).then(label) for (_, high), label in zip(pairs[:-1], said[:-1], strict=True)]
    return pl.when(share.is_not_null()).then(pl.coalesce(*below, said[-1]))


def may_be_counted(sides: Sequence[str], k: int) -> pl.Expr:
    """Say where votes may be given as counts: at least k distinct participants on both sides of every share.

    `sides` names columns of distinct participants: who cast this vote, and who cast another.
    """
    return pl.all_horizontal(pl.col(side) >= k for side in sides)


def _label(low: int, high: int) -> str:
    return f"{low}–{high}%"


def _said(bounds: Sequence[int], place: int, of: pl.Expr | None) -> pl.Expr:
    """Spell a band, joined to the next ones towards the middle until it leaves counts open."""
    low, high = place, place + 1
    label = pl.lit(_label(bounds[low], bounds[high]))
    if of is None:
        return label
    steps = []
    while not (low == 0 and high == len(bounds) - 1):
        is_low = (low + high) < len(bounds) - 1
        wider = (low, high + 1) if is_low or low == 0 else (low - 1, high)
        steps.append((_counts(bounds[low], bounds[high], of) >= FEWEST, pl.lit(_label(bounds[low], bounds[high]))))
        low, high = wider
    every = pl.lit(_label(bounds[0], bounds[-1]))
    return pl.coalesce(*(pl.when(is_enough).then(spelled) for is_enough, spelled in steps), every)


def _counts(low: int, high: int, of: pl.Expr) -> pl.Expr:
    """Count the whole numbers between two per cents of so many; 100 itself belongs to the last band."""
    top = of + 1 if high == 100 else (of * high / 100).ceil()
    return top - (of * low / 100).ceil()
