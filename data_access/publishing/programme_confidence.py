"""How confident people were after a training, where they were asked and enough of them answered."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.bands import band
from data_access.disclosure.bookings import is_few
from data_access.publishing.live_material import Live
from data_access.reference.lattice import lattice
from data_access.vocabulary import BookingStatus, ProgrammeKind

CONFIDENT: Final = (4, 5)  # of 1 (not at all) to 5 (very confident)
SCHEMA: Final = {
    "programme": pl.String,
    "answered": pl.Int64,
    "confident": pl.Int64,
    "confident_band": pl.String,
    "is_hidden": pl.Boolean,
}


def programme_confidence(live: Live, bookings: pl.DataFrame, k: int) -> pl.DataFrame:
    """Count the answers of those who attended each training: answered, and confident (4 or 5).

    Hidden where fewer than k answered, or where fewer than k of those who came did not. The confident are counted
    where k are and k are not, else there is the band of their share. Reflective groups and trainings without any
    answer have no row.
    """
    trainings = live.programmes.filter(pl.col("kind") != ProgrammeKind.REFLECTIVE)["programme"].sort()
    came = bookings.filter(pl.col("figure") == BookingStatus.ATTENDED)
    rows = [_row(programme, came.filter(pl.col("programme") == programme), k) for programme in trainings]
    counts = pl.DataFrame([row for row in rows if row], schema=SCHEMA, orient="row")
    share = pl.col("confident") / pl.col("answered")
    banded = counts.with_columns(confident_band=band(share, lattice().band_bounds))
    exact = (pl.col("confident") >= k) & (pl.col("answered") - pl.col("confident") >= k)
    told = ~pl.col("is_hidden")
    return banded.with_columns(
        pl.when(told).then(pl.col("answered")),
        pl.when(told & exact).then(pl.col("confident")),
        pl.when(told).then(pl.col("confident_band")),
    )


def _row(programme: str, came: pl.DataFrame, k: int) -> tuple[str, int, int, None, bool] | None:
    answered = came.filter(pl.col("confidence_after").is_not_null())
    if answered.is_empty():
        return None
    silent = came.filter(pl.col("confidence_after").is_null())
    hidden = answered["person"].n_unique() < k or is_few(silent["person"].n_unique(), k)
    confident = answered.filter(pl.col("confidence_after").is_in(CONFIDENT)).height
    return programme, answered.height, confident, None, hidden
