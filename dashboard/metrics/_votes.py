"""What is worked out from agree, pass and disagree wherever votes are shown."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._intervals import wilson
from dashboard.specs import Column

AGREE, PASS, DISAGREE = pl.col("agree"), pl.col("pass"), pl.col("disagree")
SIDED: Final = AGREE + DISAGREE

SHARE_NUMERATOR: Final = "Agree votes"
SHARE_DENOMINATOR: Final = "Agree and disagree votes together; passes are left out, as some sources have none"
INTERVAL: Final = "Wilson, 95%: the range the share would plausibly fall in if as many votes were cast again"
ALIKE: Final = (
    "One person casts many votes, and votes of one person are alike, so the true uncertainty is wider than the interval"
)

BALANCE_COLUMNS: Final = (
    Column("voters", "Voters", "count", "participants"),
    Column("agree", "Agree", "count", "votes"),
    Column("pass", "Pass", "count", "votes", absent="[z]"),
    Column("disagree", "Disagree", "count", "votes"),
    Column("votes", "All votes (gross)", "count", "votes"),
    Column("net", "Agree minus disagree (net)", "count", "votes"),
    Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
    Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
    Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
)


def with_balance(frame: pl.DataFrame) -> pl.DataFrame:
    """Add gross and net votes, and the agree share with its interval.

    In:   agree, pass, disagree; null where hidden; pass also null where the source has none
    Out:  the same rows with votes, net, agree_share, agree_low, agree_high; the last three are null where
          nobody agreed or disagreed
    """
    bounds = wilson(AGREE, SIDED)
    return frame.with_columns(
        (SIDED + PASS.fill_null(0)).alias("votes"),
        (AGREE - DISAGREE).alias("net"),
        pl.when(SIDED > 0).then(AGREE / SIDED).alias("agree_share"),
        bounds.low.alias("agree_low"),
        bounds.high.alias("agree_high"),
    )
