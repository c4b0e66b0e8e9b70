"""The regions of `participants_by_region` on a map of tiles: the same cells, seen otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import participants_by_region as by_region
from dashboard.metrics._divided import Divided
from dashboard.specs import Chart
from dashboard.wording import number
from data_access.vocabulary import NOT_STATED

_MAP: Final = Chart(kind="tile_map", category="region", values=("participants",))
_WHERE: Final = "Tiles are of one size and stand roughly where the regions lie; darker is more participants"

METRIC = replace(
    by_region.METRIC,
    key="participants_by_region_map",
    title="Who took part, on a map of tiles",
    question="Where in England did people take part?",
    chart=_MAP,
    measure="Participants in each region; darker is more",
    caveat=f"{_WHERE}. {by_region.METRIC.caveat}",
)
derive, base = by_region.derive, by_region.base


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Name the regions with the most and the fewest participants of those that are shown."""
    shown = table.filter(pl.col("participants").is_not_null() & (pl.col("region") != NOT_STATED))
    if shown.height < 2:  # one region has nothing to be held against
        return by_region.headline(table, selection)
    order = shown.sort(["participants", "region"], descending=[True, False])
    most, fewest = order.row(0, named=True), order.row(-1, named=True)
    return (
        f"From {number(fewest['participants'])} in {fewest['region']} to {number(most['participants'])} in "
        f"{most['region']}."
    )


DIVIDED: Final = Divided(
    replace(
        by_region.CHOSEN_ONES,
        key=METRIC.key,
        title=METRIC.title,
        question=METRIC.question,
        chart=_MAP,
        caveat=METRIC.caveat,
    ),
    by_region.derive_chosen,
    by_region.headline_chosen,
    by_region.base,
)
