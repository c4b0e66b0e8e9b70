"""Who took part in each closed week, who came for the first time and who came again."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.joiners import HiddenWeeks, hidden_weeks
from data_access.disclosure.threshold import PROTECTIONS, hide, protect
from data_access.publishing.calendar import FIRST_DAY, WEEK_DAYS, mondays_between
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally

WEEKS: Final = "participants_by_week"
JOINERS: Final = ("new", "returning", "joined")


def participants_by_week(ground: Ground) -> pl.DataFrame:
    """Count the distinct participants of each closed week, quiet weeks at 0: week, participants."""
    weeks, seen = _weeks(ground), _seen(ground)
    counts = seen.group_by("week").agg(participants=pl.col("people").sum())
    every = weeks.join(counts, on="week", how="left").sort("week")
    return every.select(pl.col("week").cast(pl.Date), pl.col("participants").fill_null(0))


def joiners_by_week(ground: Ground) -> pl.DataFrame:
    """Count who came for the first time in each closed week and who again, protected together with `retention`.

    Out:  week, new, returning, joined (everybody until then), is_hidden
    """
    grid, hidden = _protected(ground)
    new = grid.filter(pl.col("week") == pl.col("first_week")).select("week", new="people")
    returning = (
        grid.filter(pl.col("week") > pl.col("first_week")).group_by("week").agg(returning=pl.col("people").sum())
    )
    rows = (
        _weeks(ground)
        .join(new, on="week", how="left")
        .join(returning, on="week", how="left")
        .sort("week")
        .with_columns(pl.col("new", "returning").fill_null(0).cast(pl.Int64))
        .with_columns(joined=pl.col("new").cum_sum())
    )
    flags = pl.Series("is_hidden", [at in hidden.weeks for at in range(rows.height)], dtype=pl.Boolean)
    return hide(rows.with_columns(flags), JOINERS).select(pl.col("week").cast(pl.Date), *JOINERS, "is_hidden")


def retention(ground: Ground) -> pl.DataFrame:
    """Count those of each week's newcomers who came in each later week, protected together with `joiners_by_week`.

    Out:  first_week, weeks_later (0 is the first week itself), participants_then, is_hidden; all weeks to the last
          closed one, for each week anybody joined in
    """
    grid, hidden = _protected(ground)
    first = grid["week"].min() if grid.height else 0
    places = [((row["week"] - first) // WEEK_DAYS, (row["first_week"] - first) // WEEK_DAYS) for row in grid.to_dicts()]
    flags = [group in hidden.weeks or group in hidden.groups.get(week, ()) for week, group in places]
    rows = grid.with_columns(pl.Series("is_hidden", flags, dtype=pl.Boolean)).filter(
        pl.col("people").filter(pl.col("week") == pl.col("first_week")).sum().over("first_week") > 0
    )
    later = ((pl.col("week") - pl.col("first_week")) // WEEK_DAYS).cast(pl.Int64)
    shown = hide(rows.with_columns(weeks_later=later, participants_then="people"), ("participants_then",))
    return shown.select(pl.col("first_week").cast(pl.Date), "weeks_later", "participants_then", "is_hidden").sort(
        "first_week", "weeks_later"
    )


def _protected(ground: Ground) -> tuple[pl.DataFrame, HiddenWeeks]:
    """Give people by week and first week, at nought too, and what of it to hide."""
    k = ground.facts.threshold
    weeks, seen = _weeks(ground), _seen(ground)
    every = weeks.join(weeks.rename({"week": "first_week"}), how="cross").filter(pl.col("first_week") <= pl.col("week"))
    grid = every.join(seen, on=["week", "first_week"], how="left").with_columns(pl.col("people").fill_null(0))
    grid = grid.sort("week", "first_week")
    rows = [group["people"].to_list() for _, group in grid.group_by("week", maintain_order=True)]
    shown = protect(participants_by_week(ground), PROTECTIONS[WEEKS], k)["participants"].to_list()
    return grid, hidden_weeks([row[-1] for row in rows], [row[:-1] for row in rows], shown, k)


def _seen(ground: Ground) -> pl.DataFrame:
    """Count by closed week and by first week those who did something and whose contributions still stand.

    The same people as in the weeks that are cut by region, so that the two never differ by a handful.
    """
    return tally(ground, "seen_by_week").join(_weeks(ground), on="week", how="semi")


def _weeks(ground: Ground) -> pl.DataFrame:
    """Give the Mondays (days since 1970) of all closed weeks from the first with activity: week."""
    first, last = tally(ground, "people_by_week")["week"].min(), ground.material.data_to
    mondays = [] if not isinstance(first, int) or last is None else mondays_between(first, (last - FIRST_DAY).days)
    return pl.DataFrame({"week": mondays}, schema={"week": pl.Int32})
