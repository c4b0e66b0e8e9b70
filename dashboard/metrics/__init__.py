"""One metric a file: a record, a frame made from release cells, a headline.

A metric module defines

- `METRIC`, its record;
- `derive(cells, selection)`, which gives the columns of the record in their order, sorted as shown, every row
  that should appear, and last of all `is_hidden` where rows can be hidden;
- `headline(table, selection)`, one sentence worked out from that table;
- `base(table, selection)`, how many the numbers rest on;
- `notes(cells, table, selection)`, if there is more to say than what is hidden.

Modules are found by walking this folder, so a new metric is one new file.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final, Protocol, cast

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Metric
from data_access.problems import NothingThere


class MetricModule(Protocol):
    """What a file of this folder offers."""

    METRIC: Metric

    def derive(self, cells: Cells, selection: Selection) -> pl.DataFrame:
        """Give the table of the metric for a selection."""

    def headline(self, table: pl.DataFrame, selection: Selection) -> str:
        """Say the main point of the table in one sentence."""

    def base(self, table: pl.DataFrame, selection: Selection) -> str:
        """Say how many the numbers rest on."""


def _found() -> dict[str, MetricModule]:
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    modules = [cast("MetricModule", import_module(f"{__name__}.{name}")) for name in names]
    return {module.METRIC.key: module for module in modules}


METRICS: Final[Mapping[str, MetricModule]] = MappingProxyType(_found())


def metric_named(key: str) -> MetricModule:
    """Give the metric with that key; raises `NothingThere` naming those there are."""
    if key not in METRICS:
        raise NothingThere(f"There is no metric '{key}'. Metrics: {', '.join(METRICS)}.")
    return METRICS[key]
