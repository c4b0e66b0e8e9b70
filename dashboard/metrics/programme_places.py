"""The programmes: places offered, held and left, how soon to cancel."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._programmes import NO_ELEMENT, NO_INTERVAL, SOURCE, programmes_in, spread
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number
from data_access.vocabulary import PLACES_HELD, ProgrammeKind

METRIC = Metric(
    key="programme_places",
    title="Programmes and their places",
    question="What was offered, and how many places are left?",
    cells=("programme_figures", "programmes"),
    columns=(
        Column("programme", "Programme"),
        Column("kind", "Kind"),
        Column("cohorts", "Cohorts", "count", "cohorts"),
        Column("capacity", "Places"),
        Column("places_held", "Places held", "count", "places"),
        Column("places_left", "Places left", "count", "places"),
        Column("notice_days", "Late when cancelled within, days"),
    ),
    chart=Chart(kind="none", category="programme"),
    measure="Places left = places − (booked + attended + did not attend)",
    numerator="Bookings that hold a place: booked, attended and did not attend",
    denominator="Places of all cohorts; given only where every cohort says how many it has",
    interval=NO_INTERVAL,
    source=SOURCE,
    caveat="A place given back or handed on is not held, a late cancellation neither, though nobody may have taken it. "
    f"A negative number of places left means more bookings than places. {NO_ELEMENT}",
    takes_element=False,
    row=("programme", "programmes"),
)


_ORDER = {ProgrammeKind.TRAINING: 0, ProgrammeKind.TRAIN_THE_TRAINER: 1, ProgrammeKind.REFLECTIVE: 2}


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a programme, trainings first; places and notice are text: a missing one is not hidden."""
    england = spread(cells["programme_figures"].filter(pl.col("region").is_null()), PLACES_HELD)
    held = pl.sum_horizontal(PLACES_HELD, ignore_nulls=False)
    hidden = pl.any_horizontal([pl.col(f"{figure} hidden").fill_null(value=False) for figure in PLACES_HELD])
    return (
        cells["programmes"]
        .join(england, on="programme", how="left", maintain_order="left")
        .select(
            pl.coalesce("name", "programme").alias("programme"),
            "kind",
            "cohorts",
            _text("capacity"),
            held.alias("places_held"),
            (pl.col("capacity") - held).alias("places_left"),
            _text("notice_days"),
            is_hidden=hidden,
        )
        .sort(pl.col("kind").replace_strict(_ORDER, default=len(_ORDER), return_dtype=pl.Int64), "programme")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say what was offered, and how much of it is left for one programme."""
    if table.is_empty():
        return "No programmes are published here."
    cohorts = int(table["cohorts"].fill_null(0).sum())
    if table.height > 1:
        return f"{programmes_in(table)} ran in {counted(cohorts, 'cohort')}."
    row = table.row(0, named=True)
    if row["capacity"] is None:
        return f"{counted(cohorts, 'cohort')}; how many places they have was not supplied."
    left = "how many are left cannot be shown" if row["places_left"] is None else f"{number(row['places_left'])} left"
    return f"{counted(cohorts, 'cohort')} with {row['capacity']} places; {left}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of cohorts."""
    return counted(int(table["cohorts"].fill_null(0).sum()), "cohort")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say which denominators are missing, and whose figures are older than the release."""
    found = []
    for row in cells["programmes"].sort("programme").iter_rows(named=True):
        name = row["name"] or row["programme"]
        if row["cohorts_without_capacity"]:
            without = f"{row['cohorts_without_capacity']:,} of {counted(row['cohorts'], 'cohort')}"
            found.append(f"{name}: {without} do not say how many places they have; none is assumed.")
        if row["figures_of_release"] is not None:
            found.append(
                f"{name}: the figures are those of release {row['figures_of_release']}. They are renewed when enough "
                "bookings have changed that nobody can be singled out by comparing the two."
            )
    return tuple(found)


def _text(column: str) -> pl.Expr:
    return pl.col(column).map_elements(number, return_dtype=pl.String).alias(column)
