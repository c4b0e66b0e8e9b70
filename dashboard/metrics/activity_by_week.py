"""How many took part in each closed week."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import activity_by_day
from dashboard.metrics._divided import Divided
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day

METRIC = Metric(
    key="activity_by_week",
    title="What happened each week",
    question="In which weeks did people take part?",
    cells=("participants_by_week",),
    columns=(Column("week", "Week beginning", "date"), Column("participants", "Participants", "count", "participants")),
    chart=Chart(kind="bar", category="week", values=("participants",)),
    measure="Participants in each closed week, Monday to Sunday",
    numerator="Distinct people who voted, commented or posted that week and whose contributions stand",
    denominator="None: these are counts",
    interval="None: everybody is counted, nobody is sampled",
    source="The conversation's ideas, comments and votes, in the conversation's own time zone",
    caveat="People come in several weeks, so participants must not be added up over weeks. Who came before the first "
    "day counts with the first week. Weeks are not counted by element",
    takes_element=False,
    row=("week", "weeks"),
    divisions=frozenset({"region_by_week", "icb_by_week"}),
    takes_period=True,
)


def weeks_of(rows: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Give the rows of the chosen weeks, all without a period, in order."""
    if selection.period is not None:
        rows = rows.filter(pl.col("week").is_in(selection.period.weeks))
    return rows.drop("conversation").sort("week")


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a closed week: participants, null where hidden; is_hidden."""
    return weeks_of(cells["participants_by_week"], selection)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the week in which most took part."""
    shown = table.filter(pl.col("participants") > 0)
    if shown.is_empty():
        return "No closed week can be shown."
    busiest = shown.sort(["participants", "week"], descending=[True, False]).row(0, named=True)
    people = counted(busiest["participants"], "participant")
    return f"The week of {day(busiest['week'])} was the busiest, with {people}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of weeks."""
    return counted(table.height, "closed week")


DIVIDED: Final = Divided(
    replace(METRIC, caveat=activity_by_day.BY_WEEK.caveat),
    activity_by_day.derive_by_week,
    activity_by_day.headline_by_week,
    activity_by_day.base_by_week,
)
