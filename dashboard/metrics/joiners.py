"""How the number of people who had ever taken part grew, week by week."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics.activity_by_week import weeks_of
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day

METRIC = Metric(
    key="joiners",
    title="Everybody who had joined",
    question="How did the number of participants grow?",
    cells=("joiners_by_week",),
    columns=(
        Column("week", "Week beginning", "date"),
        Column("joined", "Joined by its end", "count", "participants"),
        Column("new", "New that week", "count", "participants"),
    ),
    chart=Chart(kind="bar", category="week", values=("joined",)),
    measure="Participants who had taken part by the end of each closed week",
    numerator="Distinct people who voted, commented or posted in that week or an earlier one",
    denominator="None: these are counts",
    interval="None: everybody is counted, nobody is sampled",
    source="The conversation's ideas, comments and votes after moderation, in the conversation's own time zone",
    caveat="Unlike participants of single weeks this never falls, whatever happens; growth that slows down is usual. "
    "Not counted by element",
    takes_element=False,
    row=("week", "weeks"),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a closed week: joined and new, null where hidden; is_hidden."""
    return weeks_of(cells["joiners_by_week"], selection).select("week", "joined", "new", "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give those who had joined by the newest week shown."""
    shown = table.filter(pl.col("joined").is_not_null())
    if shown.is_empty():
        return "No week can be shown."
    last = shown.row(-1, named=True)
    return (
        f"{counted(last['joined'], 'person', 'people')} had taken part by the end of the week of {day(last['week'])}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of weeks."""
    return counted(table.height, "closed week")
