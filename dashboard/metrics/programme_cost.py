"""What places that were left empty cost, where somebody said what a place costs."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import NO_ELEMENT, NO_INTERVAL, SOURCE, programmes_in, spread
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import number
from data_access.vocabulary import BookingStatus

MISSED = BookingStatus.DID_NOT_ATTEND.value
METRIC = Metric(
    key="programme_cost",
    title="Cost of non-attendance",
    question="What did places cost that nobody used?",
    cells=("programme_figures", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("cost_of_place", "Cost of a place, £"),
        Column("did_not_attend", "Did not attend", "count", "bookings"),
        Column("cost", "Cost of non-attendance, £", "number", "pounds"),
    ),
    chart=Chart(kind="none", category="programme"),
    measure="Cost of non-attendance = cost of a place × did not attend",
    numerator="Bookings whose holder did not attend and had not cancelled, times the cost of a place",
    denominator="None: this is an amount",
    interval=NO_INTERVAL,
    source=f"{SOURCE}; the cost of a place as the organisers gave it",
    caveat=f"Where no cost was supplied none is assumed. Late cancellations are not included. {NO_ELEMENT}",
    takes_element=False,
    row=("programme", "programmes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme by name; cost_of_place is text, so that a missing one is never taken for hidden."""
    missed = spread(cells["programme_figures"].filter(pl.col("region").is_null()), (MISSED,))
    pounds = pl.col("cost_per_place_pence") / 100
    is_hidden = pl.col(f"{MISSED} hidden").fill_null(value=False) & pl.col("cost_per_place_pence").is_not_null()
    return (
        cells["programmes"]
        .join(missed, on="programme", how="left", maintain_order="left")
        .select(
            pl.coalesce("name", "programme").alias("programme"),
            pounds.map_elements(number, return_dtype=pl.String).alias("cost_of_place"),
            pl.col(MISSED).alias("did_not_attend"),
            (pounds * pl.col(MISSED)).cast(pl.Float64).alias("cost"),
            is_hidden=is_hidden,
        )
        .sort("programme")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give the cost of one programme, or of those together that have one; or say why there is none."""
    if table.is_empty():
        return "No programmes are published here."
    known = table.filter(pl.col("cost").is_not_null())
    if known.is_empty():
        without = table["cost_of_place"].null_count() == table.height
        return "No cost of a place was supplied." if without else "The cost of non-attendance cannot be shown."
    total = f"Non-attendance cost £{number(known['cost'].sum())}"
    return f"{total}." if table.height == 1 else f"{total} in {known.height:,} of {programmes_in(table)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of programmes with a cost."""
    known = table.height - table["cost_of_place"].null_count()
    return f"cost of a place known for {known:,} of {programmes_in(table)}"
