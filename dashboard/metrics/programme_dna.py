"""How many of those expected did not attend: the DNA rate, with its interval, by region where that may be shown."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._intervals import wilson
from dashboard.metrics._programmes import NO_ELEMENT, SOURCE, named, programmes_in, spread
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent
from data_access.vocabulary import ENGLAND, BookingStatus

CAME: Final = BookingStatus.ATTENDED.value
MISSED: Final = BookingStatus.DID_NOT_ATTEND.value
FORMULA: Final = "DNA rate = did not attend ÷ (attended + did not attend)"

METRIC = Metric(
    key="programme_dna",
    title="Did not attend (DNA)",
    question="How large a share of the places held were left empty on the day?",
    cells=("programme_figures", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("region", "Region"),
        Column("attended", "Attended", "count", "bookings"),
        Column("did_not_attend", "Did not attend", "count", "bookings"),
        Column("expected", "Expected: both together", "count", "bookings"),
        Column("dna_rate", "DNA rate", "share", "of those expected", absent="[z]"),
        Column("dna_low", "Interval from", "share", absent="[z]"),
        Column("dna_high", "Interval to", "share", absent="[z]"),
    ),
    chart=Chart(kind="interval", category="region", values=("dna_rate",), low="dna_low", high="dna_high"),
    measure=FORMULA,
    numerator="Bookings whose holder did not attend and had not cancelled",
    denominator="Bookings attended and not attended together; cancellations, late ones too, are in neither",
    interval="Wilson 95% interval: what the rate would plausibly be over many courses like these",
    source=SOURCE,
    caveat="There is no one definition of DNA: some count late cancellations as well; they stand apart here. Regions "
    f"are where people work; a rate is shown only where at least the threshold attended and did not. {NO_ELEMENT}",
    takes_element=False,
    row=("region", "regions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme and region that expected anybody, England first; is_hidden where either side is."""
    rows = spread(cells["programme_figures"], (CAME, MISSED)).rename({CAME: "attended", MISSED: "did_not_attend"})
    expected = pl.col("attended") + pl.col("did_not_attend")
    low, high = wilson(pl.col("did_not_attend"), expected)
    hidden = pl.col(f"{CAME} hidden") | pl.col(f"{MISSED} hidden")
    rated = rows.with_columns(
        expected=expected,
        dna_rate=pl.when(expected > 0).then(pl.col("did_not_attend") / expected),
        dna_low=low,
        dna_high=high,
        is_hidden=hidden,
    )
    return (
        named(rated.filter(hidden | (expected > 0)), cells)
        .sort([pl.col("programme"), pl.col("region") != ENGLAND, pl.col("region")])
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give the rate of England for one programme, with both counts."""
    england = table.filter(pl.col("region") == ENGLAND)
    if england.is_empty():
        return "Nobody was expected at a programme yet."
    if england.height > 1:
        return f"DNA rates of {programmes_in(table)} are published here."
    row = england.row(0, named=True)
    if row["dna_rate"] is None:
        return "The DNA rate cannot be shown: too few attended or did not."
    return f"{per_cent(row['dna_rate'])} did not attend: {row['did_not_attend']:,} of {row['expected']:,} expected."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give how many were expected in England, where that is shown for every programme."""
    england = table.filter(pl.col("region") == ENGLAND)
    if england.is_empty() or england["dna_rate"].null_count():
        return programmes_in(table)
    return counted(int(england["expected"].sum()), "booking")
