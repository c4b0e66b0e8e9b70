"""Who came to each programme: line managers, peers, supervisors, champions and others."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import NO_ELEMENT, NO_INTERVAL, SOURCE, named, programmes_in
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.vocabulary import NOT_STATED

METRIC = Metric(
    key="booking_roles",
    title="Roles of those who came",
    question="Did the course reach those it is meant for?",
    cells=("programme_roles", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("role", "Role"),
        Column("attended", "Attended", "count", "bookings"),
    ),
    chart=Chart(kind="bar", category="role", values=("attended",)),
    measure="Bookings attended, by the role people gave",
    numerator="Bookings attended by people in the role",
    denominator="None: these are counts",
    interval=NO_INTERVAL,
    source=f"{SOURCE}; roles as people wrote them, brought to a short list",
    caveat=f"Whoever has two of these roles counts under one. Roles in other words count as ‘Other role’. {NO_ELEMENT}",
    takes_element=False,
    row=("role", "roles"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme and role that anybody gave, most first, hidden ones next, not stated last."""
    rows = cells["programme_roles"].filter(pl.col("is_hidden") | (pl.col("attended") > 0))
    last = pl.col("role") == NOT_STATED
    return (
        named(rows, cells)
        .sort(["programme", last, "attended", "role"], descending=[False, False, True, False], nulls_last=True)
        .select("programme", "role", "attended", "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the role that most of those who came had."""
    shown = table.filter(pl.col("attended").is_not_null() & (pl.col("role") != NOT_STATED))
    if shown.is_empty():
        return "No roles of those who came are published here."
    if table["programme"].n_unique() > 1:
        return f"Roles are known for {programmes_in(table)}."
    top = shown.filter(pl.col("attended") == shown["attended"].max())
    if top.height > 1:
        return f"{counted(top.height, 'role')} came most often, each {counted(top['attended'][0], 'time')}."
    return f"{top['role'][0]} was the role most often given: {counted(top['attended'][0], 'booking')}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the bookings whose role is shown."""
    return f"{counted(int(table['attended'].fill_null(0).sum()), 'booking')} shown"
