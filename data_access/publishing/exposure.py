"""Who could have voted on an idea: an idea posted late had fewer chances."""

from __future__ import annotations

import polars as pl

from data_access.publishing.calendar import monday_of
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally


def idea_exposure(ground: Ground) -> pl.DataFrame:
    """Count the participants who still voted on anything in or after the week each idea was posted.

    Out:  one row an idea that stands and has a date: idea (the source's id), posted_week (of its earliest part),
          could_vote, is_hidden. Figures of two weeks are the same or at least the threshold apart, from one
          another and from all voters: a week in which fewer stopped voting takes the figure of the week before.
    """
    opens_on = ground.facts.opens_on
    posted = (
        ground.carried_ideas.drop_nulls("day")
        .group_by("root")
        .agg(day=pl.col("day").min())
        .with_columns(week=monday_of("day", opens_on))
        .collect()
    )
    stopped = tally(ground, "last_votes").select("week", "voters").sort("week")
    could = _stepped(posted["week"].unique().sort().to_list(), dict(stopped.rows()), ground.facts.threshold)
    could_vote = pl.col("week").replace_strict(could, return_dtype=pl.Int64)
    is_hidden = could_vote < ground.facts.threshold
    return (
        posted.join(ground.live.rename({"idea": "root", "id": "idea"}), on="root")
        .select(
            "idea",
            posted_week=pl.col("week").cast(pl.Date),
            could_vote=pl.when(~is_hidden).then(could_vote),
            is_hidden=is_hidden,
        )
        .sort("idea")
    )


def _stepped(weeks: list[int], stopped: dict[int, int], threshold: int) -> dict[int, int]:
    """Give for each week how many voted in or after it, in steps of at least the threshold.

    In:   stopped: how many cast their last vote in each week
    """
    found: dict[int, int] = {}
    shown = sum(stopped.values())
    for week in weeks:
        still = sum(people for last, people in stopped.items() if last >= week)
        if shown - still >= threshold and still >= threshold:
            shown = still
        found[week] = shown
    return found
