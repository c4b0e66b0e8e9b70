"""Where every idea comes from and what replaced it: the half of the lineage export that is not wording."""

from __future__ import annotations

import polars as pl

from data_access.disclosure.personal_details import name_shown
from data_access.publishing.calendar import FIRST_DAY, WEEK_DAYS, monday_of
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally
from data_access.vocabulary import EventKind


def idea_origins(ground: Ground) -> pl.DataFrame:
    """Say of every idea, whatever became of it, when it was posted, where it comes from and what replaced it.

    Out:  one row an idea that was supplied or made by an event: idea (the source's id), posted_week (a closed week
          in which at least the threshold took part, else null), is_seed, reject_reason ('' unless it is removed),
          has_note, edited_from ('' unless it is a part), replaced_by (ids joined by '|', '' for none).
    """
    resolved = ground.resolution.ideas
    replaced = resolved.links.group_by("id").agg(replaced_by=pl.col("to").sort().str.join("|"))
    split = resolved.links.filter(pl.col("kind") == EventKind.SPLIT).select(id="to", edited_from="id").unique("id")
    week = monday_of("day", ground.facts.opens_on)
    return (
        ground.ideas.select("id", "is_seed", week=week)
        .join(_told_weeks(ground), on="week", how="left", maintain_order="left")
        .join(resolved.removals, on="id", how="left", maintain_order="left")
        .join(split, on="id", how="left", maintain_order="left")
        .join(replaced, on="id", how="left", maintain_order="left")
        .select(
            pl.col("id").alias("idea"),
            "posted_week",
            "is_seed",
            name_shown("reason", ground.material.decisions).fill_null("").alias("reject_reason"),
            pl.col("has_note").fill_null(value=False),
            pl.col("edited_from", "replaced_by").fill_null(""),
        )
        .sort("idea")
    )


def _told_weeks(ground: Ground) -> pl.DataFrame:
    """Give the weeks an idea's posting may be told by: over, and with enough people. week, posted_week."""
    data_to = ground.material.data_to
    last = -1 if data_to is None else (data_to - FIRST_DAY).days
    enough = tally(ground, "people_by_week").filter(
        (pl.col("week") + WEEK_DAYS - 1 <= last) & (pl.col("people") >= ground.facts.threshold)
    )
    return enough.select("week", posted_week=pl.col("week").cast(pl.Date))
