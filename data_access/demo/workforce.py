"""A made-up workforce to hold participants against, so that the demonstration has a response rate."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data_access.demo.shapes import OPENS_ON, Row
from data_access.reference import icbs

SOURCE: Final = "Made-up workforce statistics, for demonstration only"
AS_AT: Final = date(2020, 12, 31)
EVERYBODY: Final = 16_000  # of the size of the people profession in 2021; its division is made up

# Per cent. Made up; no published split of the people profession by staff group exists.
_GROUPS: Final = {
    "Administrative and Clerical": 64,
    "Nursing and Midwifery Registered": 13,
    "Additional Clinical Services": 8,
    "Allied Health Professionals": 5,
    "Medical and Dental": 4,
    "Add Prof Scientific and Technic": 3,
    "Estates and Ancillary": 3,
}


def workforce_rows() -> list[Row]:
    """Give the workforce of England, of each region and board by their size, and of each staff group."""
    boards = icbs(OPENS_ON).select("icb", "region", weight="workforce_weight").sort("icb")
    shares = boards["weight"] / boards["weight"].sum()
    counted = boards.with_columns(headcount=(shares * EVERYBODY).round().cast(pl.Int64))
    regions = counted.group_by("region").agg(pl.col("headcount").sum()).sort("region")
    everybody = int(counted["headcount"].sum())
    rows = [_row(everybody)]
    rows += [_row(count, region=region) for region, count in regions.iter_rows()]
    rows += [_row(count, icb=icb) for icb, count in counted.select("icb", "headcount").iter_rows()]
    return rows + [_row(round(everybody * share / 100), staff_group=name) for name, share in _GROUPS.items()]


def _row(headcount: int, **division: str) -> Row:
    return {**division, "as_at": AS_AT.isoformat(), "headcount": str(headcount), "source": SOURCE}
