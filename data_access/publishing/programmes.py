"""Programmes, their cohorts and their bookings: counted and protected in one go.

What is hidden of one table follows from what another shows of the same bookings, so there is no step between.
A booking of a cohort nobody has supplied belongs to no programme; it is counted among the notes.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.bookings import is_few, protected_split
from data_access.disclosure.personal_details import name_shown
from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions
from data_access.publishing.booking_notes import booking_notes
from data_access.publishing.booking_roles import ROLES, with_roles
from data_access.publishing.cohorts import cohort_tables
from data_access.publishing.ground import Ground
from data_access.publishing.live_material import Live
from data_access.publishing.programme_confidence import programme_confidence
from data_access.reference import regions
from data_access.vocabulary import ENGLAND, INTEREST, NOT_STATED, BookingStatus

FIGURES: Final = (*(status.value for status in BookingStatus), INTEREST)


def programme_tables(ground: Ground) -> dict[str, pl.DataFrame]:
    """Give every table of programmes, protected, by name."""
    live, k = ground.material.live, ground.facts.threshold
    bookings = placed(live)
    figures = programme_figures(live, bookings, k)
    cohorts, bands = cohort_tables(live, bookings, figures, k)
    return {
        "programmes": programmes(live, ground.material.decisions),
        "programme_figures": figures,
        "cohorts": cohorts,
        "cohort_figures": bands,
        "programme_roles": programme_roles(live, bookings, k),
        "programme_confidence": programme_confidence(live, bookings, k),
        "booking_notes": booking_notes(live, bookings, cohorts, k),
    }


def placed(live: Live) -> pl.DataFrame:
    """Give the bookings of known programmes, and interest as one more figure: programme, cohort, person, figure …

    Out:  programme, cohort (null for interest), person, role, region ('Not stated' where unknown), figure,
          confidence_after.
    """
    known = live.cohorts.join(live.programmes, on="programme", how="semi").select("cohort", "programme")
    booked = live.bookings.join(known, on="cohort").rename({"status": "figure"})
    interested = live.interests.join(live.programmes, on="programme", how="semi").with_columns(figure=pl.lit(INTEREST))
    both = pl.concat([booked, interested], how="diagonal")
    is_region = pl.col("region").is_in(regions()["region"].to_list())
    return with_roles(
        both.with_columns(pl.when(is_region).then(pl.col("region")).otherwise(pl.lit(NOT_STATED)).alias("region"))
    ).select("programme", "cohort", "person", "role", "region", "figure", "confidence_after")


def programmes(live: Live, decisions: TextDecisions = UNDECIDED) -> pl.DataFrame:
    """Give each programme with its number of cohorts and places; places only where every cohort says them."""
    cohorts = live.cohorts.group_by("programme").agg(
        cohorts=pl.len().cast(pl.Int64),
        cohorts_without_capacity=pl.col("capacity").null_count().cast(pl.Int64),
        places=pl.col("capacity").sum(),
    )
    is_known = (pl.col("cohorts") > 0) & (pl.col("cohorts_without_capacity") == 0)
    return (
        live.programmes.join(cohorts, on="programme", how="left")
        .with_columns(pl.col("cohorts", "cohorts_without_capacity").fill_null(0))
        .with_columns(
            name_shown("name", decisions),
            pl.when(is_known).then(pl.col("places")).alias("capacity"),
            figures_of_release=pl.lit(None, pl.Int64),
        )
        .drop("places")
        .sort("programme")
    )


def programme_figures(live: Live, bookings: pl.DataFrame, k: int) -> pl.DataFrame:
    """Count the bookings of each programme by figure, at nought too; hide what must be. No region: England."""
    places = [*regions()["region"].sort(), NOT_STATED]
    parts = []
    for programme in live.programmes["programme"].sort():
        for figure in FIGURES:
            own = bookings.filter((pl.col("programme") == programme) & (pl.col("figure") == figure))
            total = protected_split(own.with_columns(region=pl.lit(ENGLAND)), [ENGLAND], "region", k)
            of_england = total.with_columns(region=pl.lit(None, pl.String))
            both = pl.concat([of_england, protected_split(own, places, "region", k)])
            parts.append(both.with_columns(programme=pl.lit(programme), figure=pl.lit(figure)))
    return pl.concat(parts).sort("programme", "region", "figure") if parts else _NO_FIGURES


_NO_FIGURES: Final = pl.DataFrame(
    schema=dict.fromkeys(("region", "programme", "figure"), pl.String) | {"count": pl.Int64, "is_hidden": pl.Boolean}
)


def programme_roles(live: Live, bookings: pl.DataFrame, k: int) -> pl.DataFrame:
    """Count those who attended each training by role; a programme nobody gave a role in has no rows."""
    came = bookings.filter(pl.col("figure") == BookingStatus.ATTENDED)
    parts = []
    for programme in live.programmes["programme"].sort():
        own = came.filter(pl.col("programme") == programme)
        if (own["role"] != NOT_STATED).any() and not is_few(own["person"].n_unique(), k):
            split = protected_split(own, ROLES, "role", k).rename({"count": "attended"})
            parts.append(split.with_columns(programme=pl.lit(programme)))
    schema = dict.fromkeys(("role", "programme"), pl.String) | {"attended": pl.Int64, "is_hidden": pl.Boolean}
    return pl.concat(parts).sort("programme", "role") if parts else pl.DataFrame(schema=schema)
