"""Whether a difference of two shares is more than chance, over a whole grid of them at once.

Formulae: two-proportion z test with pooled share; Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995)
289-300; design effect: Kish, Survey Sampling (1965). Votes of one person are alike, so a vote is worth less than
an independent answer: counts are divided by the design effect before an interval or a test sees them.
"""

from __future__ import annotations

from math import erfc, sqrt
from typing import Final

import polars as pl

from dashboard.metrics._intervals import newcombe
from dashboard.wording import counted

FALSE_DISCOVERY_RATE: Final = 0.05
SMALLEST_EXPECTED: Final = 5.0
FALSE_DISCOVERIES: Final = (
    f"Differences are marked so that at most {FALSE_DISCOVERY_RATE:.0%} of the marked ones are expected to be chance "
    "(Benjamini–Hochberg over every cell that can be compared)"
)


def with_difference(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the difference of two agree shares, its Newcombe 95 % interval and the p of no difference.

    In:   agree, disagree, other_agree, other_disagree, design_effect (1 or more; null counts as not known)
    Out:  the same rows with share, other_share, difference, low, high, p; null where a side has no vote or the
          design effect is not known. p is 1 where fewer than five votes would be expected in any of the four cells
    """
    whole, other = pl.col("agree") + pl.col("disagree"), pl.col("other_agree") + pl.col("other_disagree")
    can = (whole > 0) & (other > 0) & pl.col("design_effect").is_not_null()
    part, size = pl.col("agree") / pl.col("design_effect"), whole / pl.col("design_effect")
    other_part, other_size = pl.col("other_agree") / pl.col("design_effect"), other / pl.col("design_effect")
    bounds = newcombe(part, size, other_part, other_size)
    pooled = (part + other_part) / (size + other_size)
    least = pl.min_horizontal(*(share * n for share in (pooled, 1 - pooled) for n in (size, other_size)))
    spread = (pooled * (1 - pooled) * (1 / size + 1 / other_size)).sqrt()
    measured = frame.with_columns(
        share=pl.when(can).then(pl.col("agree") / whole),
        other_share=pl.when(can).then(pl.col("other_agree") / other),
        low=pl.when(can).then(bounds.low),
        high=pl.when(can).then(bounds.high),
        z=pl.when(can & (least >= SMALLEST_EXPECTED))
        .then((part / size - other_part / other_size) / spread)
        .when(can)
        .then(0.0),
    )
    return measured.with_columns(difference=pl.col("share") - pl.col("other_share"), p=two_sided_p(measured["z"])).drop(
        "z"
    )


def points(difference: float) -> str:
    """Write the size of a difference of two shares: '6.2 percentage points'."""
    return counted(round(abs(difference) * 100, 1), "percentage point")


def two_sided_p(z: pl.Series) -> pl.Series:
    """Give the probability of a standard normal value at least as far from nought; null stays null."""
    return pl.Series("p", [None if value is None else erfc(abs(value) / sqrt(2)) for value in z], dtype=pl.Float64)


def with_q(frame: pl.DataFrame, rate: float = FALSE_DISCOVERY_RATE) -> pl.DataFrame:
    """Add q, the smallest false-discovery rate at which each row would be marked, and `is_marked` at `rate`.

    In: p, null for rows that are not tested: they get no q, are not marked and do not count as tests.
    """
    tested = pl.col("p").count()
    placed = frame.with_row_index("place").sort("p", "place", nulls_last=True)
    step = pl.col("p") * tested / pl.int_range(1, pl.len() + 1)
    adjusted = placed.with_columns(q=step.reverse().fill_null(1.0).cum_min().reverse().clip(upper_bound=1.0))
    return (
        adjusted.with_columns(q=pl.when(pl.col("p").is_not_null()).then("q"))
        .with_columns(is_marked=(pl.col("q") <= rate).fill_null(value=False))
        .sort("place")
        .drop("place")
    )
