"""Participants of each working day as an XmR chart: is there more than chance?"""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _xmr_table, activity_by_day
from dashboard.specs import Cells, Metric

WEEKEND: Final = 6  # Saturday, counted from Monday as 1

METRIC = Metric(
    key="xmr_by_day",
    title="More than chance? Working days",
    question="Did taking part change from day to day by more than chance?",
    cells=("activity_by_day",),
    columns=_xmr_table.columns("day", "Day"),
    chart=_xmr_table.chart("day"),
    measure=_xmr_table.MEASURE,
    numerator="Distinct people who did something that day, Mondays to Fridays",
    denominator=_xmr_table.DENOMINATOR,
    interval=_xmr_table.INTERVAL,
    source="The conversation's ideas, comments and votes, in the conversation's own time zone",
    caveat="Weekends are left out: fewer come then whatever happens, and bank holidays look the same way. "
    f"{_xmr_table.RULES}. Days are not counted by element",
    takes_element=False,
    row=("working day", "working days"),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a working day: participants, mean, limits, moving range, signal; is_hidden."""
    days = activity_by_day.derive(cells, selection).filter(pl.col("day").dt.weekday() < WEEKEND)
    return _xmr_table.series(days.select("day", "participants", "is_hidden"), "day")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say in a word what working days tell."""
    return _xmr_table.headline(table, "working days")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the working days shown."""
    return _xmr_table.base(table, "working day")
