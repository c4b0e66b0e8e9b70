"""Totals that a source counted itself: nobody's votes, so an idea merged from several has bounds, no count."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally

CHOICES: Final = ("agree", "pass", "disagree")
OWN_COUNT: Final = "votes"


def supplied_votes_by_idea(ground: Ground) -> pl.DataFrame:
    """Give the range in which each total of an idea that stands must lie.

    Nobody knows who is in a total, so of an idea and those merged into it at least the largest and at most the sum
    of their totals are different people. Votes that were cast on such an idea are one more part. Totals of ideas
    that are withheld are withheld with them.

    Out:  one row an idea that stands with supplied totals of its own or of an idea merged into it: idea, source,
          parts, and agree_low, agree_high and so on; null where some part does not count it, never 0.
    """
    carried = ground.now.filter(pl.col("root").is_not_null()).select("idea", "root")
    told = ground.material.idea_totals.rename({"passed": "pass"}).join(carried, on="idea")
    parts = pl.concat([told.select("root", "source", *CHOICES), _cast(ground, told)])
    return (
        parts.group_by("root")
        .agg(
            source=pl.col("source").filter(pl.col("source") != OWN_COUNT).unique().sort().str.join("; "),
            parts=pl.len().cast(pl.Int64),
            **{f"{name}_low": _unless_unknown(name, pl.col(name).max()) for name in CHOICES},
            **{f"{name}_high": _unless_unknown(name, pl.col(name).sum()) for name in CHOICES},
        )
        .join(ground.live.rename({"idea": "root", "id": "idea"}), on="root")
        .select("idea", "source", "parts", *(f"{name}_{end}" for name in CHOICES for end in ("low", "high")))
        .sort("idea")
    )


def _cast(ground: Ground, told: pl.DataFrame) -> pl.DataFrame:
    """Give the votes cast on ideas that have supplied totals too, as a part of their own."""
    voted = tally(ground, "by_idea").join(told.select("root").unique(), on="root", how="semi")
    no_pass = pl.lit(None, pl.Int64).alias("pass")
    passed = pl.col("pass") if ground.facts.has_pass else no_pass
    return voted.select("root", pl.lit(OWN_COUNT).alias("source"), "agree", passed, "disagree")


def _unless_unknown(name: str, value: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(name).is_not_null().all()).then(value)
