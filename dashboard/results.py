"""The one thing charts, cards and exports accept: a `Result`.

It is made from cells of a release (or from the plan as at a date) and from nothing else, so showing a
number that did not go through protection is a type error, not a leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Metric


@dataclass(frozen=True)
class Stamp:
    """Where the numbers come from; printed under every card and in every file."""

    release: int
    published_at: datetime
    data_to: date | None
    conversation_title: str
    threshold: int
    is_demo: bool
    imports: int
    rows: int
    contact: str = ""


@dataclass(frozen=True)
class Result:
    """The answer to one question for one selection.

    `table` has exactly the metric's columns, in their order; hidden numbers are null and their row has
    `is_hidden` among `hidden_rows`. `headline` is one sentence worked out from `table`; `base` says how
    many the numbers rest on; `notes` say what is hidden, not coded or not offered.
    """

    metric: Metric
    selection: Selection
    stamp: Stamp
    table: pl.DataFrame
    headline: str
    base: str
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show for this selection."""
        return self.table.height == 0
