"""Closed weeks: what stood at the close of each, and what was cast in it."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.threshold import hide
from data_access.publishing.calendar import FIRST_DAY, WEEK_DAYS, monday_of, mondays_between
from data_access.publishing.ground import Ground
from data_access.vocabulary import ELEMENTS, NOT_CODED

VOTES: Final = ("agree", "pass", "disagree")


def votes_by_idea_week(ground: Ground) -> pl.DataFrame:
    """Count the votes on each idea as they stood at the close of each week.

    Out:  one row an idea and week in which its votes changed: idea (the source's id), week, agree, pass, disagree.
          A participant counts once on an idea, with the latest value until then; moderation is that of the close.
    """
    latest = latest_of_weeks(ground)
    rows = [
        carried(latest.filter(pl.col("week") <= monday), ground, monday)
        .group_by("root")
        .agg(*_values())
        .with_columns(week=pl.lit(monday, pl.Int32))
        for monday in closed_mondays(ground)
    ]
    if not rows:
        return _no_rows("idea", ground)
    named = pl.concat(pl.collect_all(rows)).join(_names(ground), on="root")
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
    latest, elements = latest_of_weeks(ground), elements_posted_under(ground)
    cast = [
        carried(latest.filter(pl.col("week") == monday), ground, monday).select(
            "participant", "value", "root", week=pl.lit(monday, pl.Int32)
        )
        for monday in mondays
    ]
    voted = (
        pl.concat(cast)
        .join(elements.lazy(), on="root")
        .group_by("element", "week")
        .agg(*_values(), people=pl.col("participant").n_unique())
        .collect()
    )
    order = pl.DataFrame({"element": [*ELEMENTS, NOT_CODED]}).with_row_index("place")
    every = order.join(pl.DataFrame({"week": mondays}, schema={"week": pl.Int32}), how="cross")
    counted = every.join(voted, on=["element", "week"], how="left").sort("place", "week")
    few = pl.col("people").fill_null(0).is_between(1, ground.facts.threshold - 1)
    shown = _without_pass(counted.with_columns(pl.col(*VOTES).fill_null(0), is_hidden=few), ground)
    return hide(shown, VOTES).select("element", pl.col("week").cast(pl.Date), *VOTES, "is_hidden")


def closed_mondays(ground: Ground) -> list[int]:
    """Give the Mondays (days since 1970) of the weeks with or after the first vote that were over by the last day."""
    first = ground.material.votes.select(monday_of("day", ground.facts.opens_on).min()).item()
    last = ground.material.data_to
    if first is None or last is None:
        return []
    return mondays_between(first, (last - FIRST_DAY).days)


def latest_of_weeks(ground: Ground) -> pl.LazyFrame:
    """Keep each participant's last vote on each posted idea in each week: participant, idea, order, value, week."""
    votes = ground.votes.lazy().filter(~pl.col("is_late")).with_columns(week=monday_of("day", ground.facts.opens_on))
    return votes.filter(pl.col("order") == pl.col("order").max().over("participant", "idea", "week")).select(
        "participant", "idea", "order", "value", "week"
    )


def carried(votes: pl.LazyFrame, ground: Ground, monday: int) -> pl.LazyFrame:
    """Put votes on the ideas that stood at the close of a week; the latest of a participant on each counts."""
    close = monday + WEEK_DAYS - 1
    stood = ground.standings.filter(
        (pl.col("since_day") <= close) & (close < pl.col("until_day")) & pl.col("root").is_not_null()
    )
    placed = votes.join(stood.lazy().select("idea", "root"), on="idea")
    return placed.filter(pl.col("order") == pl.col("order").max().over("participant", "root"))


def _values() -> list[pl.Expr]:
    kinds = {"agree": 1, "pass": 0, "disagree": -1}
    return [(pl.col("value") == value).cast(pl.Int64).sum().alias(kind) for kind, value in kinds.items()]


def _names(ground: Ground) -> pl.DataFrame:
    return ground.now.select(root="idea", idea="id")


def elements_posted_under(ground: Ground) -> pl.DataFrame:
    """Give the elements an idea was posted under, 'Not yet coded' for none: root, element."""
    split = ground.now.select(root="idea").join(
        ground.ideas.select(root="idea", element=pl.col("elements").str.split("|")), on="root", how="left"
    )
    named = split.explode("element").with_columns(pl.col("element").str.strip_chars())
    known = pl.when(pl.col("element").is_in(ELEMENTS)).then("element").otherwise(pl.lit(NOT_CODED))
    return named.with_columns(element=known).unique().sort("root", "element")


def _without_pass(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    return frame if ground.facts.has_pass else frame.with_columns(pl.lit(None, pl.Int64).alias("pass"))


def _no_rows(key: str, ground: Ground) -> pl.DataFrame:
    kinds = {key: pl.String, "week": pl.Date, **dict.fromkeys(VOTES, pl.Int64)}
    return pl.DataFrame(schema=kinds | ({"is_hidden": pl.Boolean} if key == "element" else {}))
