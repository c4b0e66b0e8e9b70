"""Intervals of shares as Polars expressions.

Formulae: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; R. G. Newcombe, Statistics in Medicine 17
(1998) 873-890, method 10.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import polars as pl

Z_95: Final = 1.959963984540054  # 97.5 % point of the standard normal distribution


class Bounds(NamedTuple):
    """Lower and upper end of an interval."""

    low: pl.Expr
    high: pl.Expr


def wilson(part: pl.Expr, whole: pl.Expr) -> Bounds:
    """Give the Wilson 95 % interval of part / whole, within 0 and 1; null where whole is 0 or null."""
    n = pl.when(whole > 0).then(whole)
    middle = (part + Z_95**2 / 2) / (n + Z_95**2)
    reach = Z_95 / (n + Z_95**2) * (part * (n - part) / n + Z_95**2 / 4).sqrt()
    # At the ends rounding leaves some 1e-20, which would put the share outside its own interval.
    low = pl.when(part == 0).then(0.0 * n).otherwise((middle - reach).clip(0.0, 1.0))
    high = pl.when(part == n).then(1.0).otherwise((middle + reach).clip(0.0, 1.0))
    return Bounds(low, high)


def newcombe(part: pl.Expr, whole: pl.Expr, other_part: pl.Expr, other_whole: pl.Expr) -> Bounds:
    """Give the Newcombe 95 % interval of part / whole − other_part / other_whole; null if either whole is 0."""
    share, other = part / whole, other_part / other_whole
    own, others = wilson(part, whole), wilson(other_part, other_whole)
    down = ((share - own.low) ** 2 + (others.high - other) ** 2).sqrt()
    up = ((own.high - share) ** 2 + (other - others.low) ** 2).sqrt()
    difference = share - other
    return Bounds(difference - down, difference + up)
