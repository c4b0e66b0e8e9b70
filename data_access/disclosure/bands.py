"""Bands of a share: what is said where the share itself may not be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl


def band_labels(bounds: Sequence[int]) -> list[str]:
    """Spell the bands between bounds in per cent: '0–5%', '5–20%' and so on."""
    return [f"{low}–{high}%" for low, high in pairwise(bounds)]


def band(share: pl.Expr, bounds: Sequence[int]) -> pl.Expr:
    """Give the band a share (0 to 1) lies in; a share on a bound belongs to the band above it, 1 to the last.

    Null (nobody voted) stays null.
    """
    labels = band_labels(bounds)
    inner = zip(labels[:-1], bounds[1:-1], strict=True)
    below = [pl.when(share * 100 < high).then(pl.lit(label)) for label, high in inner]
    return pl.when(share.is_not_null()).then(pl.coalesce(*below, pl.lit(labels[-1])))


def may_be_counted(sides: Sequence[str], k: int) -> pl.Expr:
    """Say where votes may be given as counts: at least k distinct participants on both sides of every share.

    `sides` names columns of distinct participants: who cast this vote, and who cast another.
    """
    return pl.all_horizontal(pl.col(side) >= k for side in sides)
