"""What became of the bookings of each programme, in England."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import FIGURES, NO_ELEMENT, NO_INTERVAL, SOURCE, named, programmes_in
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.vocabulary import INTEREST, BookingStatus

METRIC = Metric(
    key="programme_bookings",
    title="What became of bookings",
    question="How many booked, came, did not come, or cancelled?",
    cells=("programme_figures", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("figure", "What became of it"),
        Column("count", "Bookings", "count", "bookings"),
    ),
    chart=Chart(kind="bar", category="figure", values=("count",)),
    measure="Bookings by what became of them",
    numerator="Bookings of each kind; ‘booked’ are still to come, ‘substituted’ were given to somebody else, whose own "
    "booking is counted beside them. Interest registered has no place yet",
    denominator="None: these are counts",
    interval=NO_INTERVAL,
    source=SOURCE,
    caveat=f"One person may have several bookings. Late and early cancellations are kept apart from not attending. "
    f"{NO_ELEMENT}",
    takes_element=False,
    row=("figure", "figures"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme and figure, figures in the order a booking meets them; is_hidden."""
    order = pl.DataFrame({"figure": list(FIGURES)}).with_row_index("place")
    return (
        named(cells["programme_figures"].filter(pl.col("region").is_null()), cells)
        .join(order, on="figure")
        .sort("programme", "place")
        .select("programme", "figure", "count", "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many attended and did not, for one programme; how many programmes there are, for several."""
    if table.is_empty():
        return "No bookings of programmes are published here."
    if table["programme"].n_unique() > 1:
        return f"Bookings of {programmes_in(table)} are published here."
    counts = dict(table.select("figure", "count").iter_rows())
    came, missed = counts[BookingStatus.ATTENDED], counts[BookingStatus.DID_NOT_ATTEND]
    if came is None:
        return "How many attended cannot be shown."
    if not came and counts.get(INTEREST):
        return f"Nobody has attended yet; {counted(counts[INTEREST], 'person has', 'people have')} registered interest."
    told = "how many did not cannot be shown" if missed is None else f"{missed:,} did not"
    return f"{counted(came, 'booking was', 'bookings were')} attended; {told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the bookings of all kinds together, where all are shown."""
    booked = table.filter(pl.col("figure") != INTEREST)
    if booked["count"].null_count():
        return programmes_in(table)
    return counted(int(booked["count"].sum()), "booking")
