"""How many took part in each integrated care board, within its region, and who took over from it."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._members import Members
from dashboard.metrics._workforce import named
from dashboard.specs import Cells, Column
from data_access.reference import icb_successors
from data_access.vocabulary import NOT_STATED

SAME: Final = "goes on"
_OWN: Final = Members(
    key="participants_by_icb",
    table="icb",
    words=("ICB", "ICBs"),
    caveat="Integrated care boards are those of the conversation's first day; before July 2022, the first there were. "
    "Twelve were abolished on 1 April 2026, and some split, so figures of old and new boards cannot be compared. "
    "Organisations are not shown: almost all had fewer participants than the threshold",
    limit=12,
    extra=(Column("region", "Region"), Column("code", "Code"), Column("since", "Since 1 April 2026")),
)
METRIC = _OWN.record
headline, base = _OWN.headline, _OWN.base


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a board, most participants first: participants, share, region, code, successors; is_hidden."""
    rows = _OWN.derive(cells, selection)
    is_silent = pl.col("icb") == NOT_STATED
    told = rows.with_columns(
        group=pl.when(is_silent & (pl.col("region") != NOT_STATED))
        .then(pl.format("{}, {}", pl.lit(NOT_STATED), "region"))
        .otherwise("group"),
        code="icb",
        since=pl.col("icb").map_elements(_since, pl.String),
    )
    order = [is_silent, pl.col("participants"), pl.col("group")]
    ordered = told.sort(order, descending=[False, True, False], nulls_last=True)
    return ordered.select(*(column.name for column in METRIC.columns), "is_hidden")


def _since(code: str) -> str:
    """Name who took over from a board; several where it was split."""
    if code == NOT_STATED:
        return NOT_STATED
    later = icb_successors(code)
    return SAME if later == (code,) or not later else "; ".join(f"{named(new, 'icb')} ({new})" for new in later)
