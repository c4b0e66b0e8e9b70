"""Who came for the first time in each closed week, and who came again."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics.activity_by_week import weeks_of
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, whole_per_cent

METRIC = Metric(
    key="new_and_returning",
    title="New and returning participants",
    question="Did people come back, or did others come?",
    cells=("joiners_by_week",),
    columns=(
        Column("week", "Week beginning", "date"),
        Column("new", "New", "count", "participants"),
        Column("returning", "Returning", "count", "participants"),
        Column("returning_share", "Share that came again", "share", "of participants that week", absent="[z]"),
    ),
    chart=Chart(kind="pair", category="week", values=("new", "returning")),
    measure="Participants of each closed week: those who came for the first time, and those who had come before",
    numerator="Distinct people whose first closed week it was; those of an earlier one",
    denominator="Participants of that week: new and returning together",
    interval="None: everybody is counted, nobody is sampled",
    source="The conversation's ideas, comments and votes after moderation, in the conversation's own time zone",
    caveat="New is new to this conversation, and to come is to vote, comment or post: reading leaves no trace. Weeks "
    "with a small number are hidden, with a neighbour, so that no difference gives it away. Not counted by element",
    takes_element=False,
    row=("week", "weeks"),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a closed week: new, returning (null where hidden), returning_share; is_hidden."""
    rows = weeks_of(cells["joiners_by_week"], selection)
    everybody = pl.col("new") + pl.col("returning")
    share = pl.when(everybody > 0).then(pl.col("returning") / everybody)
    return rows.with_columns(returning_share=share).select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say of the newest week shown how many had come before."""
    shown = table.filter(pl.col("returning_share").is_not_null())
    if shown.is_empty():
        return "No week can be shown."
    last = shown.row(-1, named=True)
    people = last["new"] + last["returning"]
    return (
        f"In the week of {day(last['week'])}, {whole_per_cent(last['returning_share'])} of "
        f"{counted(people, 'participant')} had come before."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of weeks."""
    return counted(table.height, "closed week")
