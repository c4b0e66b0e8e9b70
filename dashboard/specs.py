"""Declarations that read like a form: what a metric is, how it is drawn, what a page is.

A `Metric` is the one registry that feeds the cards' About, the Method page, tooltips, exports and the
tests; a new one is a new file in `dashboard/metrics/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

Cells = Mapping[str, pl.DataFrame]
"""Release tables by name, each limited to one conversation; plan tables by their `plan_` names."""

ColumnKind = Literal["text", "count", "share", "number", "ratio", "band", "date", "status"]
ChartKind = Literal[
    "diverging_bar",
    "bar",
    "interval",
    "compared",
    "difference",
    "line",
    "tiles",
    "cloud",
    "timeline",
    "status_bars",
    "pair",
    "burn_up",
    "heat",
    "xmr",
    "tile_map",
    "none",
]


@dataclass(frozen=True)
class Column:
    """One column of a result, as people read it.

    `kind` fixes how values are written everywhere: counts with thousands separators, shares as per cent
    with at most one decimal, ratios (measures such as kappa) with two, bands as '60–80%', dates as
    '4 January 2019', hidden values as [c]. `absent` is the shorthand of a value that is missing for another
    reason: [x] not available, [z] not applicable.
    """

    name: str
    label: str
    kind: ColumnKind = "text"
    unit: str = ""
    absent: Literal["[x]", "[z]"] = "[x]"


@dataclass(frozen=True)
class Chart:
    """What is drawn of a result: names of its columns, nothing else.

    `values` are the drawn columns in order; `low` and `high` bound an interval; `focus` names a column
    that is true for marks to be picked out; `limit` draws only the first rows (the table has them all). `band`
    names a column of bands, drawn where the first value is missing, and the column of the value it is held against.
    `across` names the column laid across a grid, whose rows are the categories.
    """

    kind: ChartKind
    category: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    focus: str = ""
    limit: int = 0
    band: tuple[str, ...] = ()
    across: str = ""


@dataclass(frozen=True)
class Metric:
    """A metric: the question it answers, the cells it reads and everything its About must say.

    `row` is what one row of the table is about, in the singular and the plural. A metric that does not
    take the element filter says why in `caveat` and is shown for all elements. `divisions` names the tables of
    the lattice it can answer a region, a board or a staff group from (its file then has `DIVIDED`);
    `takes_period` says whether it can be limited to a range of closed weeks.
    """

    key: str
    title: str
    question: str
    cells: tuple[str, ...]
    columns: tuple[Column, ...]
    chart: Chart
    measure: str
    numerator: str
    denominator: str
    interval: str
    source: str
    caveat: str
    takes_element: bool = True
    row: tuple[str, str] = ("row", "rows")
    divisions: frozenset[str] = frozenset()
    takes_period: bool = False

    def column(self, name: str) -> Column:
        """Give the column of that name; `KeyError` if the metric has none."""
        return {column.name: column for column in self.columns}[name]


@dataclass(frozen=True)
class Page:
    """A page of the dashboard. `roles` empty means: every role that may see numbers.

    `section` is the group of the menu it stands in; '' for the few that stand in the bar itself.
    `figures` are the keys of the metrics that make up its board paper, in order; snapshots and `export` take them.
    `is_office`: it shows no numbers, so it opens without a release, and its `render` takes an `Office`.
    """

    title: str
    url: str
    section: str
    order: int
    icon: str = ""
    roles: tuple[str, ...] = ()
    is_office: bool = False
    figures: tuple[str, ...] = ()
