"""What is wrong with bookings though they are counted: faults found again at publishing, for the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from data_access.publishing.live_material import Live
from data_access.vocabulary import PLACES_HELD, ProgrammeKind

DOUBLE: Final = "people with more than one place"
ABOVE: Final = "cohorts with more attendances than places"
UNKNOWN: Final = "bookings of unknown cohorts"
Note = tuple[str, str, int, int | None]


def booking_notes(live: Live, bookings: pl.DataFrame, cohorts: pl.DataFrame, k: int) -> pl.DataFrame:
    """Count the faults there are: programme ('' where it is unknown), fault, count (null where few), is_hidden.

    In:   bookings placed in programmes; cohorts with `is_above_capacity` as it may be told.
    A fault that nobody made is not listed. Cohorts are no people and counted exactly.
    """
    found = [*_double(live, bookings), *_above(cohorts), *_unknown(live)]
    schema = {"programme": pl.String, "fault": pl.String, "count": pl.Int64, "people": pl.Int64}
    notes = pl.DataFrame(found, schema=schema, orient="row")
    few = pl.col("people").is_between(1, k - 1).fill_null(value=False)
    return notes.select("programme", "fault", pl.when(~few).then(pl.col("count")), is_hidden=few).sort(
        "programme", "fault"
    )


def _double(live: Live, bookings: pl.DataFrame) -> Iterator[Note]:
    """People who hold several places of one training; reflective groups meet the same people again and again."""
    trainings = live.programmes.filter(pl.col("kind") != ProgrammeKind.REFLECTIVE)["programme"].to_list()
    held = bookings.filter(pl.col("figure").is_in(PLACES_HELD) & pl.col("programme").is_in(trainings))
    people = held.group_by("programme", "person").len().filter(pl.col("len") > 1)
    for programme, several in people.group_by("programme").len().sort("programme").iter_rows():
        yield programme, DOUBLE, several, several


def _above(cohorts: pl.DataFrame) -> Iterator[Note]:
    over = cohorts.filter("is_above_capacity").group_by("programme").len().sort("programme")
    for programme, several in over.iter_rows():
        yield programme, ABOVE, several, None


def _unknown(live: Live) -> Iterator[Note]:
    known = live.cohorts.join(live.programmes, on="programme", how="semi")
    lost = live.bookings.join(known, on="cohort", how="anti")
    if lost.height:
        yield "", UNKNOWN, lost.height, lost["person"].n_unique()
