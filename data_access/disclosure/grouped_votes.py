"""Which votes may stand beside a shown count of participants.

Two rules. At least k distinct participants stand on both sides of every share. And votes are given for a whole
set of cells that add up, or for none of it: where one cell of a slice and region is hidden (for a table that cuts
two ways, of the slice), the others of that set give a band only. So votes of a hidden cell are in no published
sum but those of the whole, and cannot be found by taking away.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from data_access.disclosure.bands import band, may_be_counted

VOTES = ("agree", "pass", "disagree")


def sides(votes: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Count votes and, for each kind of vote, distinct participants who cast it and who cast another.

    In:   votes: `by`, participant, value (1, 0, -1).
    Out:  `by`, agree, pass, disagree, and for_x, not_x of each.
    """
    kinds = {"agree": 1, "pass": 0, "disagree": -1}
    each = [(pl.col("value") == value).sum().cast(pl.Int64).alias(kind) for kind, value in kinds.items()]
    people = pl.col("participant")
    cast = [people.filter(pl.col("value") == value).n_unique().alias(f"for_{kind}") for kind, value in kinds.items()]
    other = [people.filter(pl.col("value") != value).n_unique().alias(f"not_{kind}") for kind, value in kinds.items()]
    return votes.group_by(by).agg(*each, *cast, *other).sort(by)


def with_votes(
    cells: pl.DataFrame,
    counted: pl.DataFrame,
    *,
    by: Sequence[str],
    whole: Sequence[str],
    k: int,
    bounds: Sequence[int],
    has_pass: bool,
) -> pl.DataFrame:
    """Put votes, or a band, beside the shown cells of one table.

    In:   cells: `by`, participants, is_hidden; counted: `sides` by the same columns; `whole` names the columns
          that a set of cells which adds up has in common.
    Out:  cells with agree, pass, disagree (null where not given), agree_band, has_votes.
    """
    kinds = VOTES if has_pass else ("agree", "disagree")
    joined = cells.join(counted, on=list(by), how="left").with_columns(
        pl.col(name).fill_null(0) for name in counted.columns if name not in by
    )
    both = may_be_counted([f"{side}_{kind}" for kind in kinds for side in ("for", "not")], k)
    nobody = pl.sum_horizontal(VOTES) == 0
    fits = ~pl.col("is_hidden") & (both | nobody)
    total = pl.sum_horizontal(VOTES)
    share = pl.when(total > 0).then(pl.col("agree") / total)
    complete = fits.all().over(list(whole)) if whole else fits.all()
    marked = joined.with_columns(
        has_votes=complete, agree_band=pl.when(~pl.col("is_hidden")).then(band(share, bounds, total))
    )
    return marked.with_columns(
        pl.when("has_votes").then(pl.col(kind) if kind in kinds else None).alias(kind) for kind in VOTES
    )
