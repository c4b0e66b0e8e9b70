"""How many took part of the people profession, and how many of its customers."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._members import Members
from dashboard.specs import Cells

_OWN: Final = Members(
    key="participants_by_type",
    table="participant_type",
    words=("participant type", "participant types"),
    caveat="People said themselves whether they belong to the HR and OD profession or use its services. Both see the "
    "same conversation, and how they voted is not told apart",
)
METRIC = _OWN.record
headline, base = _OWN.headline, _OWN.base


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a type, most participants first, 'Not stated' last: participants, share; is_hidden."""
    return _OWN.derive(cells, selection).select(*(column.name for column in METRIC.columns), "is_hidden")
