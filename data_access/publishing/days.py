"""Activity by day: what stood at the close of each day, whatever was moderated later."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.standing_posts import at_close, comments_that_stood, ideas_that_stood
from data_access.publishing.tallying import tally
from data_access.vocabulary import IdeaState


def activity_by_day(ground: Ground) -> pl.DataFrame:
    """Count what happened on each closed day.

    Out:  one row a day from the first to the last with activity, quiet days at 0: day, participants (who
          voted, commented or posted), ideas (posted that day and standing at its close), comments, votes (one a
          participant and idea, as ideas stood at the close).
    """
    comments, ideas = comments_that_stood(ground).collect(), ideas_that_stood(ground).collect()
    votes = tally(ground, "votes_by_day")
    counts = (
        tally(ground, "people_by_day"),
        ideas.filter(pl.col("state") == IdeaState.LIVE).group_by("day").agg(ideas=pl.len()),
        comments.group_by("day").agg(comments=pl.len()),
        votes,
    )
    frame = pl.concat([frame.select("day") for frame in (votes, comments, ideas)]).unique()
    for part in counts:
        frame = frame.join(part, on="day", how="left")
    named = ("participants", "ideas", "comments", "votes")
    return _every_day(frame).select(pl.col("day").cast(pl.Date), pl.col(*named).cast(pl.Int64).fill_null(0)).sort("day")


def people_by_day(ground: Ground) -> pl.LazyFrame:
    """Give who did something on each closed day that stood at its close: day, participant."""
    frames = (_votes(ground), comments_that_stood(ground), ideas_that_stood(ground))
    return pl.concat([frame.select("day", "participant") for frame in frames]).drop_nulls()


def _votes(ground: Ground) -> pl.LazyFrame:
    cast = ground.fated.filter(~pl.col("is_late")).select("day", "participant", "idea").unique()
    stood = at_close(cast, ground.standings.lazy(), "idea")
    return stood.filter(pl.col("root").is_not_null()).select("day", "participant", "root").unique()


def _every_day(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the quiet days between the first and the last."""
    if frame.is_empty():
        return frame
    first, last = frame["day"].min(), frame["day"].max()
    days = pl.select(day=pl.int_range(pl.lit(first), pl.lit(last) + 1, dtype=pl.Int32))
    return days.join(frame, on="day", how="left")
