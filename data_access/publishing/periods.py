"""Votes cast in a closed period: whole weeks, with the value and the moderation that stood at its end.

The latest vote until a week's end lies in a period that ends there if it was cast in or after its first week,
and is then also the latest within it. So one pass over the votes a last week gives every first week.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.threshold import hide
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import without_pass
from data_access.publishing.weeks import carried, closed_mondays, elements_posted_under, latest_of_weeks
from data_access.vocabulary import ELEMENTS, NOT_CODED

ALL_IDEAS: Final = "All ideas"
VOTES: Final = {"agree": 1, "pass": 0, "disagree": -1}
COUNTS: Final = (*VOTES, "people")


def votes_by_period(ground: Ground) -> pl.DataFrame:
    """Count the votes cast in each range of closed weeks, hidden where fewer than k participants voted in it.

    Out:  first_week, last_week, element (all seven, 'Not yet coded', 'All ideas'), agree, pass, disagree, is_hidden;
          one row a range and element, at nought too.
    """
    mondays = closed_mondays(ground)
    elements = elements_posted_under(ground)
    everything = elements.select("root", element=pl.lit(ALL_IDEAS)).unique()
    slices = pl.concat([elements.select("root", "element"), everything]).lazy()
    order = pl.DataFrame({"element": [*ELEMENTS, NOT_CODED, ALL_IDEAS]}).with_row_index("place")
    weeks = pl.DataFrame({"week": mondays}, schema={"week": pl.Int32}).join(order, how="cross").lazy()
    latest = latest_of_weeks(ground)
    ranges = [
        _ending(carried(latest.filter(pl.col("week") <= last), ground, last), slices, weeks, last) for last in mondays
    ]
    counted = pl.concat([_nothing(), *pl.collect_all(ranges)]).sort("first_week", "last_week", "place")
    few = pl.col("people").is_between(1, ground.facts.threshold - 1)
    shown = hide(without_pass(counted.with_columns(is_hidden=few), has_pass=ground.facts.has_pass), tuple(VOTES))
    days = [pl.col(name).cast(pl.Date) for name in ("first_week", "last_week")]
    return shown.select(*days, "element", *VOTES, "is_hidden")


def _ending(votes: pl.LazyFrame, slices: pl.LazyFrame, weeks: pl.LazyFrame, last: int) -> pl.LazyFrame:
    """Sum the latest votes until a week's end from each first week on, quiet weeks too: columns of `_nothing`."""
    placed = votes.join(slices, on="root")
    each = [(pl.col("value") == value).cast(pl.Int64).sum().alias(name) for name, value in VOTES.items()]
    cast = placed.group_by("element", "week").agg(*each)
    seen = placed.group_by("element", "participant").agg(pl.col("week").max())
    people = seen.group_by("element", "week").agg(people=pl.len().cast(pl.Int64))
    every = weeks.filter(pl.col("week") <= last)
    for part in (cast, people):
        every = every.join(part, on=["element", "week"], how="left")
    counts = [pl.col(name).fill_null(0).cum_sum(reverse=True).over("element", order_by="week") for name in COUNTS]
    summed = every.with_columns(counts).with_columns(last_week=pl.lit(last, pl.Int32))
    return summed.rename({"week": "first_week"}).select(_nothing().columns)


def _nothing() -> pl.DataFrame:
    weeks = dict.fromkeys(("first_week", "last_week"), pl.Int32)
    return pl.DataFrame(schema={**weeks, "place": pl.UInt32, "element": pl.String, **dict.fromkeys(COUNTS, pl.Int64)})
