"""Ideas and comments that stood at the close of the day they were posted, whatever was moderated later."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground


def at_close(rows: pl.LazyFrame, standings: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Add what the post named by `key` stood as at the close of each row's day: state and root.

    Periods are half-open whole days, so exactly one row of `standings` fits each day.
    """
    return rows.join(standings, on=key).filter(
        (pl.col("since_day") <= pl.col("day")) & (pl.col("day") < pl.col("until_day"))
    )


def ideas_that_stood(ground: Ground) -> pl.LazyFrame:
    """Give the ideas that stood at the close of the day they were posted: day, participant, idea, state."""
    posted = ground.ideas.lazy().drop_nulls("day").select("day", "idea", participant="author")
    return at_close(posted, ground.standings.lazy(), "idea").filter(pl.col("root").is_not_null())


def comments_that_stood(ground: Ground) -> pl.LazyFrame:
    """Give the comments that stood, with the idea they stood under, at the close of the day they were posted."""
    posted = ground.comments.lazy().filter(~pl.col("is_late")).drop_nulls("day")
    own = at_close(posted.select("day", "id", "idea", "author"), ground.resolution.comments.standings.lazy(), "id")
    homes = ground.comments.lazy().select(root="id", home="idea")
    under = (
        own.filter(pl.col("root").is_not_null())
        .join(homes, on="root", how="left")
        .select("day", participant="author", idea=pl.coalesce("home", "idea"))
    )
    return at_close(under, ground.standings.lazy(), "idea").filter(pl.col("root").is_not_null())
