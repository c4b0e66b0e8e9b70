"""Bookings of each programme by the region people work in."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import (
    FIGURES,
    NO_ELEMENT,
    NO_INTERVAL,
    SOURCE,
    hidden_cells,
    in_text,
    named,
    programmes_in,
    spread,
)
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.vocabulary import ENGLAND, NOT_STATED, slug

METRIC = Metric(
    key="programme_regions",
    title="Bookings by region",
    question="Where do those who booked work, and what became of their bookings?",
    cells=("programme_figures", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("region", "Region"),
        *(Column(slug(figure), figure.capitalize()) for figure in FIGURES),
    ),
    chart=Chart(kind="none", category="region"),
    measure="Bookings by region and by what became of them",
    numerator="Bookings of people who work in the region",
    denominator="None: these are counts; England is everybody, regions that are hidden too",
    interval=NO_INTERVAL,
    source=SOURCE,
    caveat="Where one region is hidden another is hidden with it, so that no small number is left when the shown ones "
    f"are taken from England. {NO_ELEMENT}",
    takes_element=False,
    row=("region", "regions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme and region, England first and 'Not stated' last; counts as text, hidden ones [c]."""
    rows = spread(cells["programme_figures"], FIGURES)
    texts = [in_text(figure, f"{figure} hidden").alias(slug(figure)) for figure in FIGURES]
    order = [pl.col("programme"), pl.col("region") != ENGLAND, pl.col("region") == NOT_STATED, pl.col("region")]
    return named(rows.with_columns(texts), cells).sort(order).select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many regions have shown and hidden figures."""
    regions = table.filter(~pl.col("region").is_in([ENGLAND, NOT_STATED]))["region"].n_unique()
    if not regions:
        return "No bookings by region are published here."
    return f"Bookings are shown for {counted(regions, 'region')}, as far as the numbers of people allow."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of programmes."""
    return programmes_in(table)


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many cells are hidden."""
    return hidden_cells(table)
