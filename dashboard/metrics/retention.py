"""Of those who first came in a week, how many came again in each later week."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, short_day, whole_per_cent

WEEK: Final = timedelta(days=7)

METRIC = Metric(
    key="retention",
    title="Who came back, by first week",
    question="Of those who first came in a week, how many came again later?",
    cells=("retention",),
    columns=(
        Column("first_came", "First came"),
        Column("week", "Came in the week of", "date"),
        Column("weeks_later", "Weeks later", "count", "weeks"),
        Column("participants_then", "Participants", "count", "participants"),
        Column("retained_share", "Share of its first week", "share", "of the first week", absent="[z]"),
    ),
    chart=Chart(kind="heat", category="first_came", across="week", values=("participants_then",)),
    measure="Participants of each closed week, by the week they first came in",
    numerator="Distinct people of that first week who came in the later week",
    denominator="Distinct people whose first closed week it was",
    interval="None: everybody is counted, nobody is sampled",
    source="The conversation's ideas, comments and votes after moderation, in the conversation's own time zone",
    caveat="Who first came later has had fewer weeks to come back in, and to come is to vote, comment or post. "
    "Where fewer than the threshold came back, or did not, it is hidden, with others, so that no sum gives it away",
    takes_element=False,
    row=("week of newcomers", "weeks of newcomers"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a first week and later week, in order: participants, share of the first week; is_hidden."""
    rows = cells["retention"].sort("first_week", "weeks_later")
    size = pl.col("participants_then").filter(pl.col("weeks_later") == 0).first().over("first_week")
    named = [f"Week of {short_day(week)}" for week in rows["first_week"]]
    return rows.with_columns(
        pl.Series("first_came", named, dtype=pl.String),
        week=pl.col("first_week") + pl.col("weeks_later") * WEEK,
        retained_share=pl.when(size > 0).then(pl.col("participants_then") / size),
    ).select(*(column.name for column in METRIC.columns), "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say of the first newcomers shown how many came again in the week after."""
    again = table.filter((pl.col("weeks_later") == 1) & pl.col("retained_share").is_not_null())
    if again.is_empty():
        return "Nothing can be said yet of who came back."
    row = again.row(0, named=True)
    week = row["first_came"].removeprefix("Week of ")
    return (
        f"Of those who first came in the week of {week}, {whole_per_cent(row['retained_share'])} came again in the "
        f"week after: {counted(row['participants_then'], 'person', 'people')}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of first weeks."""
    return counted(table["first_came"].n_unique(), "first week")
