"""How unevenly votes are spread over voters: the share of the most active tenth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from data_access.disclosure.threshold import hide
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally

TENTH: Final = 10
DOMINANCE_PER_CENT: Final = 10
MEASURES: Final = ("voters", "top_voters", "top_share_per_cent")


def concentration(ground: Ground) -> pl.DataFrame:
    """Give the share of votes that the most active tenth of voters cast; one row, none without votes.

    Out:  voters, top_voters (a tenth of them, rounded up), top_share_per_cent (whole, rounded), is_hidden. Voters with
          as many votes as the last of the tenth are alike: which of them is counted in makes no difference.
    """
    activity = tally(ground, "activity").sort("votes", descending=True)
    counts = activity.select(pl.col("votes").repeat_by("voters")).explode("votes")["votes"].drop_nulls()
    if counts.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(MEASURES, pl.Int64) | {"is_hidden": pl.Boolean})
    top = counts.head(-(-counts.len() // TENTH))
    share = round(100 * int(top.sum()) / int(counts.sum()))
    is_hidden = not may_be_told(top.to_list(), counts.len() - top.len(), ground.facts.threshold)
    row = {"voters": counts.len(), "top_voters": top.len(), "top_share_per_cent": share, "is_hidden": is_hidden}
    return hide(pl.DataFrame([row]), MEASURES)


def may_be_told(top: Sequence[int], others: int, k: int) -> bool:
    """Say whether the votes of the tenth together tell nothing of one of them.

    top: votes of each, most first. At least k on either side, and the p% rule: the voter with the second most votes,
    who knows their own, must not come closer than 10% to those of the first by taking them from the sum
    (A. Hundepool and others, Statistical Disclosure Control, Wiley 2012, section 4.2).
    """
    if len(top) < k or others < k:
        return False
    return sum(top[2:]) * 100 >= DOMINANCE_PER_CENT * top[0]
