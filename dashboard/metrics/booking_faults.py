"""What is wrong with the bookings that were sent, though all of them were kept."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import NO_ELEMENT, NO_INTERVAL, SOURCE, named
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words

METRIC = Metric(
    key="booking_faults",
    title="Faults of the bookings",
    question="What should be mended in the files that organisers send?",
    cells=("booking_notes", "programmes"),
    columns=(
        Column("programme", "Programme", absent="[z]"),
        Column("fault", "Fault"),
        Column("count", "How many", "count"),
    ),
    chart=Chart(kind="none", category="fault", values=("count",)),
    measure="Faults found in bookings; each booking was kept as it came",
    numerator="People with more than one place of a training; cohorts where more attended than there were places; "
    "bookings of cohorts nobody supplied",
    denominator="None: these are counts",
    interval=NO_INTERVAL,
    source=SOURCE,
    caveat="Bookings of unknown cohorts are in none of the other figures until the cohort arrives. The report of each "
    f"import names the rows. {NO_ELEMENT}",
    takes_element=False,
    row=("fault", "faults"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme and fault; a programme that is not known is empty, and last."""
    rows = named(cells["booking_notes"], cells).with_columns(pl.col("programme").replace("", None))
    return rows.sort("programme", "fault", nulls_last=True).select("programme", "fault", "count", "is_hidden")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the kinds of fault there are."""
    if table.is_empty():
        return "No faults were found in the bookings."
    found = in_words(table["fault"].unique().sort())
    return f"{found[:1].upper()}{found[1:]} were found; all were kept as they came."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of kinds of fault."""
    return counted(table.height, "kind of fault", "kinds of fault")
