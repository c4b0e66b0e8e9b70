"""The dated runs of programmes and their figures as bands."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.bookings import is_few
from data_access.disclosure.cohort_bands import UNTOLD, Band, Bands, Cohorts, safe_bands
from data_access.publishing.live_material import Live
from data_access.vocabulary import HELD, PLACES_HELD, BookingStatus

FIGURES: Final = tuple(status.value for status in BookingStatus)
ATTENDED: Final = FIGURES.index(BookingStatus.ATTENDED.value)
_HELD: Final = tuple(FIGURES.index(status) for status in PLACES_HELD)
FIGURE_SCHEMA: Final = {
    "programme": pl.String,
    "cohort": pl.String,
    "figure": pl.String,
    "at_least": pl.Int64,
    "at_most": pl.Int64,
    "is_hidden": pl.Boolean,
}


def cohort_tables(
    live: Live, bookings: pl.DataFrame, figures: pl.DataFrame, k: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the cohorts of known programmes, and their figures as bands that the totals cannot narrow down.

    In:   bookings placed in programmes; figures of programmes as protected.
    """
    names, bands = [], []
    flagged: set[tuple[str, str]] = set()
    for programme in live.programmes["programme"].sort():
        own = live.cohorts.filter(pl.col("programme") == programme).sort("cohort")
        told = safe_bands(_cohorts(own, bookings.filter(pl.col("programme") == programme), figures, k))
        names.append(own)
        bands += _rows(programme, own["cohort"].to_list(), told)
        flagged |= {(programme, own["cohort"][at]) for at, _ in told.floors}
    cohorts = pl.concat([live.cohorts.clear(), *names])
    pairs = zip(cohorts["programme"], cohorts["cohort"], strict=True)
    above = pl.Series("is_above_capacity", [pair in flagged for pair in pairs], dtype=pl.Boolean)
    rows = pl.DataFrame(bands, schema=FIGURE_SCHEMA, orient="row")
    placed = rows.join(cohorts.select("programme", "cohort", "region"), on=["programme", "cohort"])
    return cohorts.with_columns(above).sort("programme", "cohort"), placed.sort("programme", "cohort", "figure")


def _cohorts(own: pl.DataFrame, bookings: pl.DataFrame, figures: pl.DataFrame, k: int) -> Cohorts:
    """Give the true figures of one programme's cohorts and what its totals tell."""
    names = own["cohort"].to_list()
    cells = bookings.group_by("cohort", "figure").agg(pl.len(), people=pl.col("person").n_unique())
    counted = {(cohort, figure): (count, people) for cohort, figure, count, people in cells.iter_rows()}
    table = [[counted.get((name, figure), (0, 0)) for figure in FIGURES] for name in names]
    counts = [[count for count, _ in row] for row in table]
    hidden = [
        (at, figure)
        for at, row in enumerate(table)
        for figure, (count, people) in enumerate(row)
        if count >= k and is_few(people, k)
    ]
    floors = {
        (at, ATTENDED): places + 1
        for at, places in enumerate(own["capacity"])
        if places is not None and counts[at][ATTENDED] > places
    }
    return Cohorts(counts, _totals(own, figures), _HELD, k, frozenset(hidden), floors)


def _totals(own: pl.DataFrame, figures: pl.DataFrame) -> list[int | None]:
    programme = own["programme"][0] if own.height else ""
    england = figures.filter((pl.col("programme") == programme) & pl.col("region").is_null())
    shown = dict(england.select("figure", "count").iter_rows())
    return [shown.get(figure) for figure in FIGURES]


def _rows(programme: str, names: list[str], told: Bands) -> list[tuple[str, str, str, int | None, int | None, bool]]:
    rows = []
    for name, figures, held in zip(names, told.figures, told.held, strict=True):
        for figure, band in zip((*FIGURES, HELD), (*figures, held), strict=True):
            rows.append((programme, name, figure, *_ends(band)))
    return rows


def _ends(band: Band) -> tuple[int | None, int | None, bool]:
    return (None, None, True) if band == UNTOLD else (band.low, band.high, False)
