"""Which way round a Polis export's votes are.

The platform stores agreement as -1 and the exporters turn it round; one version in 2024 did not, and got
its totals wrong in the same direction, so the files agree with each other and are both wrong. What tells
is people's votes on their own statements: over 14 open conversations the first such vote that is not a
pass was +1 for 2,270 authors and -1 for 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

# Twenty-four in 2,294 vote against themselves. Five more one way than the other, and four fifths of all,
# then happens by chance less than once in a hundred million files that are the other way round.
FEWEST_MORE: Final = 5
CLEAR_SHARE: Final = 0.8


@dataclass(frozen=True)
class Sign:
    """Whether the votes must be turned round, by which rule, and the counts it rests on."""

    is_inverted: bool
    rule: str
    own_agree: int
    own_disagree: int
    totals_same: int
    totals_opposite: int
    share_of_ones: float | None


def sign(votes: pl.DataFrame, comments: pl.DataFrame, totals: pl.DataFrame) -> Sign:
    """Decide from votes on one's own statements; failing that, from the totals the platform counted.

    votes: timestamp, row, comment_id, voter_id, value. comments: comment_id, author_id.
    totals: comment_id, agrees, disagrees; the platform's own, null where it gives none.
    """
    plus, minus = own_first_votes(votes, comments)
    same, opposite = _orientation(votes, totals)
    is_inverted, rule = _verdict(plus, minus, same, opposite)
    ones = votes.filter(pl.col("value") != 0)
    share = float((ones["value"] == 1).sum()) / ones.height if ones.height else None
    return Sign(is_inverted, rule, plus, minus, same, opposite, share)


def own_first_votes(votes: pl.DataFrame, comments: pl.DataFrame) -> tuple[int, int]:
    """Count the authors' first votes on their own statements that are +1 and -1, passes aside."""
    own = (
        votes.join(comments.select("comment_id", "author_id"), on="comment_id")
        .filter((pl.col("voter_id") == pl.col("author_id")) & (pl.col("value") != 0))
        .sort("timestamp", "row")
        .unique("comment_id", keep="first", maintain_order=True)
    )
    return int((own["value"] == 1).sum()), int((own["value"] == -1).sum())


def _orientation(votes: pl.DataFrame, totals: pl.DataFrame) -> tuple[int, int]:
    """Count the statements whose totals fit the votes as they are, and turned round, but not both."""
    counted = votes.group_by("comment_id").agg(
        plus=(pl.col("value") == 1).sum().cast(pl.Int64), minus=(pl.col("value") == -1).sum().cast(pl.Int64)
    )
    told = totals.drop_nulls().join(counted, on="comment_id").filter(pl.col("plus") != pl.col("minus"))
    same = told.filter((pl.col("agrees") == pl.col("plus")) & (pl.col("disagrees") == pl.col("minus")))
    opposite = told.filter((pl.col("agrees") == pl.col("minus")) & (pl.col("disagrees") == pl.col("plus")))
    return same.height, opposite.height


def _verdict(plus: int, minus: int, same: int, opposite: int) -> tuple[bool, str]:
    if abs(plus - minus) >= FEWEST_MORE and max(plus, minus) >= CLEAR_SHARE * (plus + minus):
        return minus > plus, "votes of authors on their own statements"
    if abs(same - opposite) >= FEWEST_MORE and max(same, opposite) >= CLEAR_SHARE * (same + opposite):
        return opposite > same, "totals the platform counted"
    return False, "as documented: too little evidence to say otherwise"
