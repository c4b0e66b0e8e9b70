"""How alike two orders of the same things are: Kendall's tau-b.

Formula: M. G. Kendall, Biometrika 33 (1945) 239-251. Over all pairs of things, P are in the same order in both, Q in
the opposite one, and pairs that are level in either count in neither:

    tau-b = (P - Q) / sqrt((n0 - n1) (n0 - n2)),   n0 = n (n - 1) / 2

with n1 the pairs level in the first order and n2 those level in the second. 1: the same order; -1: turned round.
"""

from __future__ import annotations

from math import sqrt

import polars as pl


def kendall_tau(one: pl.Series, other: pl.Series) -> float | None:
    """Give tau-b of two columns of equal length without nulls; null where either is level throughout.

    Looks at every pair, a column of differences at a time: n²/2 comparisons and no more than n numbers at once.
    """
    first, second = one.to_numpy(), other.to_numpy()
    balance = level_first = level_second = 0
    for at in range(len(first) - 1):
        up = (first[at + 1 :] > first[at]).astype(int) - (first[at + 1 :] < first[at]).astype(int)
        over = (second[at + 1 :] > second[at]).astype(int) - (second[at + 1 :] < second[at]).astype(int)
        balance += int((up * over).sum())
        level_first += int((up == 0).sum())
        level_second += int((over == 0).sum())
    pairs = len(first) * (len(first) - 1) // 2
    told = (pairs - level_first) * (pairs - level_second)
    return balance / sqrt(told) if told else None
