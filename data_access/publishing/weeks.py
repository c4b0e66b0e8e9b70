"""Closed weeks: what stood at the close of each, and what was cast in it."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.threshold import hide
from data_access.publishing.beside import PLACES, closed_mondays
from data_access.publishing.ground import Ground
from data_access.publishing.tallies_by_week import NEVER
from data_access.publishing.tallying import tally
from data_access.vocabulary import ELEMENTS, NOT_CODED

VOTES: Final = ("agree", "pass", "disagree")


def votes_by_idea_week(ground: Ground) -> pl.DataFrame:
    """Count the votes on each idea as they stood at the close of each week.

    Out:  one row an idea and week in which its votes changed: idea (the source's id), week, agree, pass, disagree.
          A participant counts once on an idea, with the latest value until then; moderation is that of the close.
    """
    if not closed_mondays(ground):
        return _no_rows("idea", ground)
    rows = pl.concat([_steady(ground), _moved(ground)])
    named = rows.join(_names(ground), on="root")
    rows_by_week = named.select("idea", pl.col("week").cast(pl.Date), *VOTES).sort("idea", "week")
    is_new = pl.any_horizontal(pl.col(kind).ne_missing(pl.col(kind).shift(1).over("idea")) for kind in VOTES)
    return _without_pass(rows_by_week.filter(is_new), ground)


def votes_by_element_week(ground: Ground) -> pl.DataFrame:
    """Count the votes cast in each closed week on the ideas of each element, hidden where fewer than k voted.

    Out:  one row an element ('Not yet coded' last) and week, at nought too: element, week, agree, pass, disagree,
          is_hidden. A participant counts once an idea and week, with the value at the end of the week.
    """
    mondays = closed_mondays(ground)
    if not mondays:
        return _no_rows("element", ground)
    voted = tally(ground, "element_weeks").with_columns(
        pl.col("element").replace_strict(dict(enumerate(PLACES)), return_dtype=pl.String)
    )
    order = pl.DataFrame({"element": [*ELEMENTS, NOT_CODED]}).with_row_index("place")
    every = order.join(pl.DataFrame({"week": mondays}, schema={"week": pl.Int32}), how="cross")
    counted = every.join(voted, on=["element", "week"], how="left").sort("place", "week")
    few = pl.col("people").fill_null(0).is_between(1, ground.facts.threshold - 1)
    shown = _without_pass(counted.with_columns(pl.col(*VOTES).fill_null(0), is_hidden=few), ground)
    return hide(shown, VOTES).select("element", pl.col("week").cast(pl.Date), *VOTES, "is_hidden")


def _steady(ground: Ground) -> pl.DataFrame:
    """Add up, week by week, what was cast on steady ideas and changed later: root, week, agree, pass, disagree."""
    cells = tally(ground, "steady_votes").rename({"idea": "root"})
    left = cells.filter(pl.col("until") != NEVER).select("root", pl.col("until").alias("week"), -pl.col(*VOTES))
    steps = pl.concat([cells.select("root", "week", *VOTES), left]).group_by("root", "week").agg(pl.col(*VOTES).sum())
    stood = steps.sort("root", "week").with_columns(pl.col(*VOTES).cum_sum().over("root"))
    return stood.filter(pl.col("week") <= closed_mondays(ground)[-1])


def _moved(ground: Ground) -> pl.DataFrame:
    """Add up what stood on moved ideas at the close of each week: root, week, agree, pass, disagree."""
    cells = tally(ground, "moved_votes")
    return cells.group_by("root", pl.col("close").alias("week")).agg(pl.col(*VOTES).sum())


def _names(ground: Ground) -> pl.DataFrame:
    return ground.now.select(root="idea", idea="id")


def _without_pass(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    return frame if ground.facts.has_pass else frame.with_columns(pl.lit(None, pl.Int64).alias("pass"))


def _no_rows(key: str, ground: Ground) -> pl.DataFrame:
    kinds = {key: pl.String, "week": pl.Date, **dict.fromkeys(VOTES, pl.Int64)}
    return pl.DataFrame(schema=kinds | ({"is_hidden": pl.Boolean} if key == "element" else {}))
