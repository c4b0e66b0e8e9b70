"""Votes of the chosen period: cast in its closed weeks, with the value that stood at its end."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells

TABLE: Final = "votes_by_period"
ALL_IDEAS: Final = "All ideas"


def votes_of_period(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give the votes of the chosen period: element, 'All ideas' among them, agree, pass, disagree, is_hidden."""
    period = selection.period
    rows = cells[TABLE]
    if period is None:
        return rows.clear()
    wanted = (pl.col("first_week") == period.first) & (pl.col("last_week") == period.weeks[-1])
    return rows.filter(wanted).select("element", "agree", "pass", "disagree", "is_hidden")
