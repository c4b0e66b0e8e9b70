"""The regions of `participants_by_region` on a map of tiles: the same cells, seen otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dashboard.metrics import participants_by_region as by_region
from dashboard.metrics._divided import Divided
from dashboard.specs import Chart

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
headline = by_region.headline

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
