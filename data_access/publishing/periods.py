"""Votes cast in a closed period: whole weeks, with the value and the moderation that stood at its end.

The latest vote until a week's end lies in a period that ends there if it was cast in or after its first week,
and is then also the latest within it. So it is enough to know, for every last week, in which week each vote that
stood then was cast, and in which week each person voted last.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.threshold import hide
from data_access.publishing.beside import PLACES, bits, closed_mondays, closes, posted_under, words_of_weeks
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import without_pass
from data_access.publishing.tallies import SUMS
from data_access.publishing.tallies_by_week import BITS, NEVER
from data_access.publishing.tallying import tally

COUNTS: Final = (*SUMS, "people")


def votes_by_period(ground: Ground) -> pl.DataFrame:
    """Count the votes cast in each range of closed weeks, hidden where fewer than k participants voted in it.

    Out:  first_week, last_week, element (all seven, 'Not yet coded', 'All ideas'), agree, pass, disagree, is_hidden;
          one row a range and element, at nought too.
    """
    weeks = closes(ground).rename({"close": "week"})
    order = pl.DataFrame({"place": range(len(PLACES)), "element": PLACES}, schema_overrides={"place": pl.Int64})
    every = weeks.join(closes(ground), how="cross").filter(pl.col("week") <= pl.col("close")).join(order, how="cross")
    for part in (_votes(ground), _people(ground)):
        every = every.join(part, on=["place", "week", "close"], how="left")
    counts = [
        pl.col(name).fill_null(0).cum_sum(reverse=True).over("place", "close", order_by="week") for name in COUNTS
    ]
    counted = every.with_columns(counts).rename({"week": "first_week", "close": "last_week"})
    few = pl.col("people").is_between(1, ground.facts.threshold - 1)
    sorted_ = counted.sort("first_week", "last_week", "place")
    shown = hide(without_pass(sorted_.with_columns(is_hidden=few), has_pass=ground.facts.has_pass), SUMS)
    days = [pl.col(name).cast(pl.Date) for name in ("first_week", "last_week")]
    return shown.select(*days, "element", *SUMS, "is_hidden")


def _votes(ground: Ground) -> pl.DataFrame:
    """Count the votes that stood at each close by the week they were cast in: place, week, close, and the sums."""
    steady = tally(ground, "steady_votes").rename({"idea": "root"}).join(_placed(ground), on="root")
    cells = steady.group_by("place", "week", "until").agg(pl.col(SUMS).sum())
    stood = cells.join(closes(ground), how="cross").filter(
        (pl.col("week") <= pl.col("close")) & (pl.col("close") < pl.col("until"))
    )
    moved = tally(ground, "moved_votes").join(_placed(ground), on="root")
    columns = ("place", "week", "close", *SUMS)
    whole = pl.concat([stood.select(columns), moved.select(columns)])
    return whole.group_by("place", "week", "close").agg(pl.col(SUMS).sum())


def _people(ground: Ground) -> pl.DataFrame:
    """Count people at each close by the week they voted in last until then: place, week, close, people."""
    moved = tally(ground, "moved_people").rename({"element": "place"}).select("place", "week", "close", "people")
    whole = pl.concat([moved, *_steady_people(ground)])
    return whole.group_by("place", "week", "close").agg(pl.col("people").sum())


def _steady_people(ground: Ground) -> list[pl.DataFrame]:
    """Read the weeks people voted in from their bits: a frame a week, counted at each close until they voted again."""
    masks, mondays = tally(ground, "steady_people").rename({"element": "place"}), closed_mondays(ground)
    words = words_of_weeks(ground)
    known = bits(ground)
    has = {
        monday: (pl.col(words[at // BITS]) // known[words[at // BITS]][at]) % 2 == 1
        for at, monday in enumerate(mondays)
    }
    found = []
    again = pl.lit(NEVER, pl.Int32)
    for monday in reversed(mondays):
        here = (
            masks.filter(has[monday]).with_columns(until=again).group_by("place", "until").agg(pl.col("people").sum())
        )
        stood = here.join(closes(ground).filter(pl.col("close") >= monday), how="cross")
        kept = stood.filter(pl.col("close") < pl.col("until")).with_columns(week=pl.lit(monday, pl.Int32))
        found.append(kept.select("place", "week", "close", "people"))
        again = pl.when(has[monday]).then(pl.lit(monday, pl.Int32)).otherwise(again)
    return found


def _placed(ground: Ground) -> pl.DataFrame:
    return posted_under(ground).rename({"element": "place"})
