"""Training and reflective groups: what was offered, and how many booked, came and did not."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

_BOOKERS: Final = "distinct people who booked"

PROGRAMME_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "programmes",
        "Programmes of training and reflective groups, and the places they offered.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "kind": pl.String,
            "name": pl.String,
            "cost_per_place_pence": pl.Int64,
            "notice_days": pl.Int64,
            "cohorts": pl.Int64,
            "cohorts_without_capacity": pl.Int64,
            "capacity": pl.Int64,
            "figures_of_release": pl.Int64,
        },
        key=("conversation", "programme"),
        notes={
            "capacity": "places of all cohorts together; empty where one of them does not say how many it has",
            "notice_days": "cancelling later than this many days before is late; empty if not supplied",
            "figures_of_release": "empty, or the earlier release whose figures stand because fewer than k bookings "
            "changed since",
        },
    ),
    Table(
        "programme_figures",
        "Bookings of each programme by what became of them, for England and by region.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "region": pl.String,
            "figure": pl.String,
            "count": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "programme", "region", "figure"),
        measures=("count",),
        unit=_BOOKERS,
        notes={
            "region": "where the person works; empty is everybody, 'Not stated' whoever did not say",
            "figure": "booked (still to come), attended, did not attend, late cancelled, early cancelled, substituted, "
            "waiting; interest registered",
            "count": "bookings. Where a region is hidden another is hidden with it, so that England less the shown "
            "regions never gives a small number",
        },
    ),
    Table(
        "cohorts",
        "Dated runs of each programme.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "cohort": pl.String,
            "held_on": pl.Date,
            "region": pl.String,
            "capacity": pl.Int64,
            "minutes": pl.Int64,
            "is_above_capacity": pl.Boolean,
        },
        key=("conversation", "programme", "cohort"),
        notes={
            "is_above_capacity": "more attended than there were places; said only where it gives no small number away",
        },
    ),
    Table(
        "cohort_figures",
        "Bookings of each cohort as bands as wide as the threshold.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "cohort": pl.String,
            "region": pl.String,
            "figure": pl.String,
            "at_least": pl.Int64,
            "at_most": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "programme", "cohort", "figure"),
        measures=("at_least", "at_most"),
        unit=_BOOKERS,
        notes={
            "figure": "as in programme_figures, and places held: booked, attended and did not attend together",
            "at_most": "the end of the band; a band beginning at 0 says no more than 'fewer than k'. Bands that would "
            "narrow such a one down, together with the totals of the programme, are hidden",
        },
    ),
    Table(
        "programme_roles",
        "Who came to each programme, by the kind of role they gave.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "role": pl.String,
            "attended": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "programme", "role"),
        measures=("attended",),
        unit=_BOOKERS,
        notes={"role": "one of a closed list; roles in other words count as 'Other role'"},
    ),
    Table(
        "programme_confidence",
        "What people answered after a training: how confident they were.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "answered": pl.Int64,
            "confident": pl.Int64,
            "confident_band": pl.String,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "programme"),
        measures=("answered",),
        unit=_BOOKERS,
        notes={
            "answered": "of those who attended; hidden too where fewer than k of them did not answer",
            "confident": "answered 4 or 5 of 5; empty where fewer than k did, or fewer than k did not",
            "confident_band": "where the share of them lies, per cent",
            "programme": "never a reflective group: nothing they say is kept",
        },
    ),
    Table(
        "booking_notes",
        "What is wrong with the bookings of a programme though they were kept.",
        {
            "conversation": pl.String,
            "programme": pl.String,
            "fault": pl.String,
            "count": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "programme", "fault"),
        measures=("count",),
        unit=_BOOKERS,
        notes={
            "programme": "empty where the cohort booked is unknown",
            "count": "people with more than one place; cohorts with more attendances than places; bookings of "
            "unknown cohorts. Faults there are none of are not listed",
        },
    ),
)
