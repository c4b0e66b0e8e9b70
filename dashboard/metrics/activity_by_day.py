"""What happened on each day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._divided import CHOSEN, Divided
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, period

METRIC = Metric(
    key="activity_by_day",
    title="What happened each day",
    question="When did people take part?",
    cells=("activity_by_day",),
    columns=(
        Column("day", "Day", "date"),
        Column("participants", "Participants", "count", "participants"),
        Column("ideas", "Ideas", "count", "ideas"),
        Column("comments", "Comments", "count", "comments"),
        Column("votes", "Votes", "count", "votes"),
    ),
    chart=Chart(kind="line", category="day", values=("participants", "ideas", "comments", "votes")),
    measure="Participants, ideas, comments and votes on each closed day",
    numerator="Distinct people who did something that day; ideas and comments posted, votes cast that day",
    denominator="None: these are counts",
    interval="None: everything is counted, nothing is sampled",
    source="The conversation's ideas, comments and votes, in the conversation's own time zone",
    caveat="People come on several days, so participants must not be added up over days. A day counts ideas as they "
    "stood when it closed and does not change afterwards. Days are not counted by element",
    takes_element=False,
    row=("day", "days"),
    divisions=frozenset({"region_by_week", "icb_by_week"}),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a day from the first to the last with activity, quiet days at 0; null where hidden; is_hidden.

    With a period chosen, its days only.
    """
    days = cells["activity_by_day"].sort("day")
    if selection.period is not None:
        days = days.filter(pl.col("day").is_between(selection.period.first, selection.period.last))
    if days.is_empty():
        return days.select(*(column.name for column in METRIC.columns), "is_hidden")
    every_day = pl.DataFrame({"day": pl.date_range(days["day"][0], days["day"][-1], "1d", eager=True)})
    full = every_day.join(days, on="day", how="left").sort("day")
    is_quiet = pl.col("is_hidden").is_null()
    counts = [pl.when(is_quiet).then(0).otherwise(pl.col(name)).alias(name) for name in METRIC.chart.values]
    return full.select("day", *counts, pl.col("is_hidden").fill_null(value=False))


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the busiest day that is shown."""
    shown = table.filter(pl.col("votes").is_not_null())
    if shown.is_empty() or not shown.select("participants", "votes").max_horizontal().max():
        return "No day can be shown."
    busiest = shown.sort(["participants", "day"], descending=[True, False]).row(0, named=True)
    return (
        f"{day(busiest['day'])} was the busiest day: {counted(busiest['participants'], 'participant')}, "
        f"{counted(busiest['votes'], 'vote')}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the days covered."""
    if table.is_empty():
        return ""
    first, last = table["day"][0], table["day"][-1]
    return f"{counted(table.height, 'day')}, {period(first, last)}"


BY_WEEK: Final = replace(
    METRIC,
    columns=(Column("week", "Week beginning", "date"), Column("participants", "Participants", "count", "participants")),
    chart=Chart(kind="bar", category="week", values=("participants",)),
    measure="Participants in each closed week, Monday to Sunday",
    numerator="Distinct people there who voted, commented or posted that week",
    caveat="People come in several weeks, so participants must not be added up over weeks. A region's days are too few "
    "people to be shown, so weeks stand in their place; ideas, comments and votes carry no place by week",
    row=("week", "weeks"),
)


def derive_by_week(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a closed week, of the period if one is chosen: participants, null where hidden; is_hidden."""
    weeks = cells[CHOSEN].sort("week")
    if selection.period is not None:
        weeks = weeks.filter(pl.col("week").is_in(selection.period.weeks))
    return weeks.select("week", "participants", "is_hidden")


def headline_by_week(table: pl.DataFrame, selection: Selection) -> str:
    """Name the week with the most participants there."""
    shown = table.filter(pl.col("participants") > 0)
    if shown.is_empty():
        return f"{place(selection)}: no week can be shown."
    busiest = shown.sort(["participants", "week"], descending=[True, False]).row(0, named=True)
    people = counted(busiest["participants"], "participant")
    return f"{place(selection)}: the week of {day(busiest['week'])} was the busiest, with {people}."


def base_by_week(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of weeks."""
    return counted(table.height, "closed week")


DIVIDED: Final = Divided(BY_WEEK, derive_by_week, headline_by_week, base_by_week)
