"""Ideas ranked as they stand, and as they would if nobody had moderated anything.

Both orders rank by the lower end of the interval of the agree share, among ideas with enough votes for or against;
ideas that are level share the better rank. Without moderation every idea that was ever shown competes with the votes
cast on itself: merged ideas apart, removed ones among the rest. Those that are withheld now take their place in that
order, as they would have, and are never shown.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._ideas import SMALLEST_BASE, wordings
from dashboard.metrics._votes import SIDED, with_balance
from dashboard.specs import Cells

TABLES: Final = ("votes_by_idea", "lineage", "texts")
_RANKS: Final = ("with_rank", "without_rank")
FIRST: Final = 10  # how many make 'the first ten'


def ranked(votes: pl.DataFrame) -> pl.DataFrame:
    """Rank ideas by the lower end of the interval of their agree share.

    In:   idea, agree, pass, disagree; null where nobody saw them
    Out:  idea, rank, agree_low, agree_share, votes (all); only those with enough votes for or against, in no order
    """
    enough = with_balance(votes.filter(SIDED >= SMALLEST_BASE).select("idea", "agree", "pass", "disagree"))
    return enough.select(
        "idea",
        pl.col("agree_low").rank("min", descending=True).cast(pl.Int64).alias("rank"),
        "agree_low",
        "agree_share",
        "votes",
    )


def both_orders(cells: Cells) -> pl.DataFrame:
    """Give every idea that is ranked in either order, by either rank, then by idea.

    Out:  idea, with_rank, with_low, with_share, with_votes, and the same for `without_`; null where it has no such
          rank; state (of the lineage) and stands_as; move: places gained among the ideas ranked in both orders, so
          that ideas which left or came move nobody else
    """
    with_, without = ranked(cells["votes_by_idea"]), ranked(cells["lineage"])
    both = with_.select("idea", *_named(with_, "with")).join(
        without.select("idea", *_named(without, "without")), on="idea", how="full", coalesce=True
    )
    fates = cells["lineage"].select("idea", "state", "stands_as")
    in_both = pl.col("with_rank").is_not_null() & pl.col("without_rank").is_not_null()
    places = {name: pl.when(in_both).then(pl.col(name)).rank("min").cast(pl.Int64) for name in _RANKS}
    moved = both.with_columns(move=places["without_rank"] - places["with_rank"])
    return moved.join(fates, on="idea", how="left").sort(["with_rank", "without_rank", "idea"], nulls_last=True)


def public_ideas(cells: Cells) -> pl.DataFrame:
    """Give the ideas whose wording a release shows: idea, wording."""
    texts = cells["texts"].filter(
        ~pl.col("is_held_back") & ((pl.col("title").fill_null("") != "") | (pl.col("text").fill_null("") != ""))
    )
    return wordings(texts)


def _named(frame: pl.DataFrame, order: str) -> list[pl.Expr]:
    short = {"rank": "rank", "agree_low": "low", "agree_share": "share", "votes": "votes"}
    return [pl.col(name).alias(f"{order}_{short[name]}") for name in frame.columns if name != "idea"]
