"""Whether reflective groups met at least monthly: meetings in each month, attendance apart, never content."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import NO_ELEMENT, SOURCE, named
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, short_month
from data_access.vocabulary import ProgrammeKind

USUAL_MINUTES: Final = "75"
METRIC = Metric(
    key="programme_months",
    title="Reflective groups by month",
    question="Did the groups meet at least once a month?",
    cells=("cohorts", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("month", "Month"),
        Column("meetings", "Meetings", "count", "meetings"),
        Column("minutes", "Minutes each"),
    ),
    chart=Chart(kind="bar", category="month", values=("meetings",)),
    measure="Meetings of reflective groups in each month, from the first to the last",
    numerator="Meetings with a date in the month",
    denominator="Every month from the first meeting to the last",
    interval="None: every meeting is counted",
    source=SOURCE,
    caveat="The groups are confidential: how many came is all that is kept of them, and nothing of what was said. "
    f"Meetings without a date are left out. {NO_ELEMENT}",
    takes_element=False,
    row=("month", "months"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a reflective programme and month, months without a meeting at nought."""
    groups = cells["programmes"].filter(pl.col("kind") == ProgrammeKind.REFLECTIVE).select("programme")
    held = cells["cohorts"].join(groups, on="programme", how="semi").filter(pl.col("held_on").is_not_null())
    dated = held.with_columns(first=pl.col("held_on").dt.month_start())
    months = dated.group_by("programme").agg(start=pl.col("first").min(), end=pl.col("first").max())
    every = (
        months.with_columns(first=pl.date_ranges("start", "end", "1mo")).explode("first").select("programme", "first")
    )
    counts = dated.group_by("programme", "first").agg(
        meetings=pl.len().cast(pl.Int64),
        minutes=pl.col("minutes").drop_nulls().unique().sort().cast(pl.String).str.join(", "),
    )
    return (
        named(every.join(counts, on=["programme", "first"], how="left"), cells)
        .sort("programme", "first")
        .select(
            "programme",
            pl.col("first").map_elements(_month, return_dtype=pl.String).alias("month"),
            pl.col("meetings").fill_null(0),
            "minutes",
        )
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say whether every month had a meeting, or which had none first."""
    if table.is_empty():
        return "No reflective groups are published here."
    without = table.filter(pl.col("meetings") == 0)
    meetings = counted(int(table["meetings"].sum()), "meeting")
    if without.is_empty():
        return f"The groups met at least once in each of {counted(table.height, 'month')}: {meetings}."
    return (
        f"{meetings} in {counted(table.height, 'month')}; none in {without.height:,}, first in {without['month'][0]}."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of meetings."""
    return counted(int(table["meetings"].sum()), "meeting")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say where meetings are not of the usual length."""
    other = table.filter(pl.col("minutes").is_not_null() & ~pl.col("minutes").is_in(["", USUAL_MINUTES])).height
    return (f"In {counted(other, 'month')} meetings were not of {USUAL_MINUTES} minutes.",) if other else ()


def _month(first: date) -> str:
    return short_month(first)
