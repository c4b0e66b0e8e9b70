"""Ideas with many voters for a region: a band of agreement beside England's share, in the order of a ranking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._divided import CHOSEN, Divided
from dashboard.metrics._votes import AGREE, DISAGREE, PASS
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent, shortened, verb
from data_access.reference.lattice import lattice

COLUMNS: Final = (
    Column("idea", "Idea number"),
    Column("wording", "Idea"),
    Column("agree_band", "Agree among all votes there, within", "band", absent="[z]"),
    Column("england_of_all", "Agree among all votes, England", "share", "of all votes", absent="[z]"),
    Column("voters", "Voters, England", "count", "participants"),
)
SMALLEST: Final = lattice().family("idea").smallest_voters


def bands_beside_england(metric: Metric, ranked: Callable[[Cells, Selection], pl.DataFrame]) -> Divided:
    """Divide a ranking of ideas: England's order, a band of each region; `ranked` gives England's rows in order."""
    record = replace(
        metric,
        columns=COLUMNS,
        chart=Chart(
            kind="compared",
            category="wording",
            values=("england_of_all",),
            band=("agree_band", "england_of_all"),
            limit=metric.chart.limit,
        ),
        measure="Band in which the share of agree among all votes lies there, beside England, in England's order",
        numerator="Agree votes",
        denominator="All votes, passes included",
        interval="None: a band says where a share lies without giving small numbers away; parts of different bands "
        "may still differ by chance alone",
        caveat=f"Only ideas with {SMALLEST} voters or more can be divided by region, and the order stays England's. "
        f"{metric.caveat}",
    )

    def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
        everything = AGREE + DISAGREE + PASS.fill_null(0)
        rows = ranked(cells, replace(selection, regions=())).with_row_index("place")
        rows = rows.with_columns(england_of_all=pl.when(everything > 0).then(AGREE / everything))
        divided = rows.join(cells[CHOSEN], on="idea").sort("place")
        return divided.select(*(column.name for column in COLUMNS), "is_hidden")

    return Divided(record, derive, partial(_headline, metric.title), _base, partial(_left_out, ranked))


def _headline(title: str, table: pl.DataFrame, selection: Selection) -> str:
    """Quote the first idea whose band may be given, beside England."""
    who = place(selection)
    shown = table.filter(pl.col("agree_band").is_not_null())
    if shown.is_empty():
        return f"{who}: no idea has enough voters there to be shown."
    first = shown.row(0, named=True)
    words = shortened(first["wording"], 60).rstrip(".")
    return (
        f"{who}: {first['agree_band']} of all votes agree with ‘{words}’ (England {per_cent(first['england_of_all'])})."
    )


def _base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of ideas that can be divided."""
    shown = table.filter(pl.col("agree_band").is_not_null()).height
    return f"{shown:,} of {counted(table.height, 'idea')} with {SMALLEST} voters or more shown"


def _left_out(
    ranked: Callable[[Cells, Selection], pl.DataFrame], cells: Cells, table: pl.DataFrame, selection: Selection
) -> tuple[str, ...]:
    """Say how many ideas have too few voters to be divided."""
    fewer = ranked(cells, replace(selection, regions=())).height - table.height
    if not fewer:
        return ()
    have = verb(fewer, "has", "have")
    return (f"{counted(fewer, 'idea')} {have} fewer than {SMALLEST} voters and can be shown for England only.",)
