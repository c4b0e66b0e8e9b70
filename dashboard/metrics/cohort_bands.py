"""Every cohort: when, where, how many places, and its bookings as bands."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import BANDED, NO_ELEMENT, NO_INTERVAL, SOURCE, hidden_cells, named
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import HIDDEN, counted, number
from data_access.vocabulary import HELD, slug

LEFT: Final = "places-left"
METRIC = Metric(
    key="cohort_bands",
    title="Cohorts",
    question="How full was each cohort, and how many did not come?",
    cells=("cohorts", "cohort_figures", "programmes", "conversations"),
    columns=(
        Column("programme", "Programme"),
        Column("cohort", "Cohort"),
        Column("held_on", "Date", "date"),
        Column("region", "Held for"),
        Column("capacity", "Places"),
        *(Column(slug(figure), figure.capitalize()) for figure in BANDED),
        Column(LEFT, "Places left"),
        Column("minutes", "Minutes"),
        Column("remark", "Mind", absent="[z]"),
    ),
    chart=Chart(kind="none", category="cohort", values=("capacity", slug(HELD), "attended", "did-not-attend")),
    measure="Bookings of each cohort as bands as wide as the threshold",
    numerator="Bookings by what became of them. Places held: booked, attended and did not attend together",
    denominator="Places of the cohort, where they were supplied",
    interval=NO_INTERVAL,
    source=SOURCE,
    caveat="A cohort is a small group, so no exact number of people is given; a band says as much as may be said. "
    f"Places left follow from places and the band of places held. {NO_ELEMENT}",
    takes_element=False,
    row=("cohort", "cohorts"),
)
ABOVE: Final = "More attended than there were places"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a cohort in order of date; bands, places and minutes as text."""
    threshold = cells["conversations"]["threshold"].item()
    figures = cells["cohort_figures"].with_columns(band=_band(threshold))
    rows = cells["cohorts"]
    for figure in BANDED:
        own = figures.filter(pl.col("figure") == figure).select(
            "programme", "cohort", pl.col("band").alias(slug(figure))
        )
        rows = rows.join(own, on=["programme", "cohort"], how="left", maintain_order="left")
    held = figures.filter(pl.col("figure") == HELD).select("programme", "cohort", "at_least", "at_most", "is_hidden")
    rows = rows.join(held, on=["programme", "cohort"], how="left", maintain_order="left")
    return (
        named(rows.with_columns(_left(), remark=pl.when("is_above_capacity").then(pl.lit(ABOVE))), cells)
        .with_columns(_text("capacity"), _text("minutes"))
        .sort("held_on", "programme", "cohort", nulls_last=True)
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many cohorts there are, and of how many the places are unknown."""
    if table.is_empty():
        return "No cohorts are published here."
    unknown = table["capacity"].null_count()
    told = f"; for {unknown:,} of them the number of places was not supplied" if unknown else ""
    return f"{counted(table.height, 'cohort')}{told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of cohorts."""
    return counted(table.height, "cohort")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many bands are hidden."""
    return hidden_cells(table)


def _band(threshold: int) -> pl.Expr:
    """Write a band: '0', 'fewer than 10', '10 to 19', '[c]'."""
    span = pl.format("{} to {}", "at_least", "at_most")
    few = pl.lit(f"fewer than {threshold}")
    return (
        pl.when("is_hidden")
        .then(pl.lit(HIDDEN))
        .when(pl.col("at_most") == 0)
        .then(pl.lit("0"))
        .when(pl.col("at_least") == 0)
        .then(few)
        .otherwise(span)
    )


def _left() -> pl.Expr:
    """Write how many places are left, given the band of those held: '4', '0 to 4', 'none'."""
    least = (pl.col("capacity") - pl.col("at_most")).clip(0)
    most = (pl.col("capacity") - pl.col("at_least")).clip(0)
    written = (
        pl.when(most == 0)
        .then(pl.lit("none"))
        .when(least == most)
        .then(most.cast(pl.String))
        .otherwise(pl.format("{} to {}", least, most))
    )
    return (
        pl.when(pl.col("is_hidden") & pl.col("capacity").is_not_null())
        .then(pl.lit(HIDDEN))
        .otherwise(pl.when(pl.col("capacity").is_not_null() & pl.col("at_most").is_not_null()).then(written))
        .alias(LEFT)
    )


def _text(column: str) -> pl.Expr:
    return pl.col(column).map_elements(number, return_dtype=pl.String).alias(column)
