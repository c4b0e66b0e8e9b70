"""Activity by day: what stood at the close of each day, whatever was moderated later."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground
from data_access.vocabulary import IdeaState


def activity_by_day(ground: Ground) -> pl.DataFrame:
    """Count what happened on each closed day.

    Out:  one row a day from the first to the last with activity, quiet days at 0: day, participants (who
          voted, commented or posted), ideas (posted that day and standing at its close), comments, votes (one a
          participant and idea, as ideas stood at the close).
    """
    votes, comments, ideas = _votes(ground), _comments(ground), _ideas(ground)
    people = people_by_day(ground)
    counts = (
        people.group_by("day").agg(participants=pl.col("participant").n_unique()),
        ideas.filter(pl.col("state") == IdeaState.LIVE).group_by("day").agg(ideas=pl.len()),
        comments.group_by("day").agg(comments=pl.len()),
        votes.group_by("day").agg(votes=pl.len()),
    )
    frame = pl.concat([frame.select("day") for frame in (votes, comments, ideas)]).unique()
    for part in counts:
        frame = frame.join(part, on="day", how="left")
    named = ("participants", "ideas", "comments", "votes")
    return (
        _every_day(frame.collect())
        .select(pl.col("day").cast(pl.Date), pl.col(*named).cast(pl.Int64).fill_null(0))
        .sort("day")
    )


def people_by_day(ground: Ground) -> pl.LazyFrame:
    """Give who did something on each closed day that stood at its close: day, participant."""
    frames = (_votes(ground), _comments(ground), _ideas(ground))
    return pl.concat([frame.select("day", "participant") for frame in frames]).drop_nulls()


def at_close(rows: pl.LazyFrame, standings: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Add what the post named by `key` stood as at the close of each row's day: state and root.

    Periods are half-open whole days, so exactly one row of `standings` fits each day.
    """
    return rows.join(standings, on=key).filter(
        (pl.col("since_day") <= pl.col("day")) & (pl.col("day") < pl.col("until_day"))
    )


def _votes(ground: Ground) -> pl.LazyFrame:
    cast = ground.votes.lazy().filter(~pl.col("is_late")).select("day", "participant", "idea").unique()
    stood = at_close(cast, ground.standings.lazy(), "idea")
    return stood.filter(pl.col("root").is_not_null()).select("day", "participant", "root").unique()


def _ideas(ground: Ground) -> pl.LazyFrame:
    posted = ground.ideas.lazy().drop_nulls("day").select("day", "idea", participant="author")
    return at_close(posted, ground.standings.lazy(), "idea").filter(pl.col("root").is_not_null())


def _comments(ground: Ground) -> pl.LazyFrame:
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


def _every_day(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the quiet days between the first and the last."""
    if frame.is_empty():
        return frame
    first, last = frame["day"].min(), frame["day"].max()
    days = pl.select(day=pl.int_range(pl.lit(first), pl.lit(last) + 1, dtype=pl.Int32))
    return days.join(frame, on="day", how="left")
