"""Participants of each closed week as an XmR chart, once there are ten."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _xmr_table
from dashboard.metrics.activity_by_week import weeks_of
from dashboard.specs import Cells, Metric

METRIC = Metric(
    key="xmr_by_week",
    title="More than chance? Weeks",
    question="Did taking part change from week to week by more than chance?",
    cells=("participants_by_week",),
    columns=_xmr_table.columns("week", "Week beginning"),
    chart=_xmr_table.chart("week"),
    measure=_xmr_table.MEASURE,
    numerator="Distinct people who voted, commented or posted that week and whose contributions stand",
    denominator=_xmr_table.DENOMINATOR,
    interval=_xmr_table.INTERVAL,
    source="The conversation's ideas, comments and votes; closed weeks, Monday to Sunday",
    caveat=f"{_xmr_table.RULES}. Weeks are not counted by element",
    takes_element=False,
    row=("week", "weeks"),
    takes_period=True,
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a closed week: participants, mean, limits, moving range, signal; is_hidden."""
    return _xmr_table.series(weeks_of(cells["participants_by_week"], selection), "week")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say in a word what weeks tell."""
    return _xmr_table.headline(table, "closed weeks")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the weeks shown."""
    return _xmr_table.base(table, "closed week")
