"""How many took part in each staff group of the declared list."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._members import Members
from dashboard.metrics._workforce import listed_groups
from dashboard.specs import Cells

_OWN: Final = Members(
    key="participants_by_staff_group",
    table="staff_group",
    words=("staff group", "staff groups"),
    caveat="Staff groups are those of one declared list; other lists cut the workforce otherwise and must not be set "
    "beside it. Groups differ in size, so this is no response rate",
    reads=("staff_group_list",),
)
METRIC = _OWN.record
headline, base = _OWN.headline, _OWN.base


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a staff group, most participants first, 'Not stated' last: participants, share; is_hidden."""
    return _OWN.derive(cells, selection).select(*(column.name for column in METRIC.columns), "is_hidden")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Name the declared list and say how its labels fit."""
    return listed_groups(cells)
