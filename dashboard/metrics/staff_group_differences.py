"""How far agreement in each staff group differs from the rest of England."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._differences import (
    DIFFERENCE_CAVEAT,
    DIFFERENCE_INTERVAL,
    DIFFERENCE_SOURCE,
    REST_DENOMINATOR,
    REST_NUMERATOR,
    difference_base,
    difference_columns,
    difference_headline,
    difference_notes,
    differences,
)
from dashboard.metrics._divided import Divided
from dashboard.specs import Cells, Chart, Metric

METRIC = Metric(
    key="staff_group_differences",
    title="Where staff groups differ from the rest of England",
    question="Where do staff groups agree more or less than the rest?",
    cells=("staff_group", "staff_group_by_element", "votes_by_element", "votes_by_idea", "vote_clustering"),
    columns=difference_columns("staff_group", "Staff group"),
    chart=Chart(
        kind="difference",
        category="staff_group",
        values=("difference", "element"),
        low="low",
        high="high",
        focus="verdict",
        limit=10,
    ),
    measure="Agree share in each staff group less that in the rest of England, with its 95% interval",
    numerator=REST_NUMERATOR,
    denominator=REST_DENOMINATOR,
    interval=DIFFERENCE_INTERVAL,
    source=DIFFERENCE_SOURCE,
    caveat=DIFFERENCE_CAVEAT,
    row=("comparison", "comparisons"),
    divisions=frozenset({"staff_group_by_element"}),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a staff group and element, those beyond chance first; see `differences`."""
    return differences(cells, selection, name="staff_group")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the largest difference beyond chance."""
    return difference_headline(table, "staff_group")


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of comparisons and the rate of false discoveries."""
    return difference_base(table)


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many cells could not be compared."""
    return difference_notes(table)


DIVIDED = Divided(METRIC, derive, headline, base, notes)
