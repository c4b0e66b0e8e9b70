"""The seven regions as tiles of one size, roughly where they lie: no region looks larger for being wide.

The layout is our own; no boundaries are drawn, so none have to be loaded or licensed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, safe
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell
from data_access.reference import regions

KIND: Final = "tile_map"
SPOKEN: Final = "Tile map of the seven regions"
# Across and down, in tiles: the south is three wide, the north and the middle stand above it.
PLACES: Final[Mapping[str, tuple[float, int]]] = {
    "North West": (0.5, 0),
    "North East and Yorkshire": (1.5, 0),
    "Midlands": (0.5, 1),
    "East of England": (1.5, 1),
    "South West": (0.0, 2),
    "South East": (1.0, 2),
    "London": (2.0, 2),
}
ACROSS: Final = 3
DOWN: Final = 3
TILE_PX: Final = 104
MARK_PX: Final = 80
UNSEEN: Final = "rgba(0,0,0,0)"
NO_FIGURE: Final = "no figure here"
HATCHES: Final = 5
_GAP: Final = 0.03
_LETTERS: Final = 12  # of 14 px Arial that fit a tile of 100 px
# Shades by share of the largest count; the ink stands out from each by 4.5:1 or more.
_SHADES: Final = (
    (0.75, theme.DARK_BLUE, theme.WHITE),
    (0.5, "#3D6A93", theme.WHITE),
    (0.25, "#A9C1D6", theme.INK),
    (0.0, "#E3ECF3", theme.INK),
)


@dataclass(frozen=True)
class _Tile:
    """One region: where it stands, what it says, and how it is filled."""

    region: str
    across: float
    down: int
    words: str
    fill: str
    ink: str
    is_hidden: bool
    is_there: bool


def draw(result: Result) -> Drawing:
    """Draw a tile a region with the first of the chart's values; darker is more, hatched with [c] is hidden.

    Regions that the table does not have are outlined: their cells were not given to whoever looks.
    """
    drawing = Drawing()
    tiles = [_tile(result, region) for region in regions()["region"] if region in PLACES]
    for tile in tiles:
        _outline(drawing, tile)
        if tile.is_hidden:
            _hatch(drawing, tile)
        _write(drawing, tile)
    _add_marks(drawing, result, tiles)
    drawing.update_xaxes(range=[0, ACROSS], visible=False)
    drawing.update_yaxes(range=[DOWN, 0], visible=False, automargin=False)
    drawing.update_layout(height=DOWN * TILE_PX + 8, margin={"l": 0, "r": 0, "t": 4, "b": 4})
    return drawing


def _add_marks(drawing: Drawing, result: Result, tiles: Sequence[_Tile]) -> None:
    """Lay an unseen mark on each tile, in the table's order: a tap is known by the place of its row."""
    chart = result.metric.chart
    found = {tile.region: tile for tile in tiles}
    rows = [found.get(region) for region in result.table[chart.category]]
    label = result.metric.column(chart.values[0]).label
    drawing.add_scatter(
        x=[tile.across + 0.5 if tile else None for tile in rows],
        y=[tile.down + 0.5 if tile else None for tile in rows],
        mode="markers",
        marker={"symbol": "square", "size": MARK_PX, "color": UNSEEN, "line": {"color": UNSEEN, "width": 0}},
        hovertext=[hover(tile.region, [(label, tile.words)]) if tile else "" for tile in rows],
    )


def _tile(result: Result, region: str) -> _Tile:
    chart = result.metric.chart
    column = result.metric.column(chart.values[0])
    rows = result.table.to_dicts()
    found = next((at for at, row in enumerate(rows) if row[chart.category] == region), None)
    across, down = PLACES[region]
    value = None if found is None else rows[found][column.name]
    is_hidden = found is not None and found in result.hidden_rows
    most = max((row[column.name] or 0 for row in rows if row[chart.category] in PLACES), default=0)
    fill, ink = (theme.WHITE, theme.INK) if value is None else _shade(value, most)
    words = NO_FIGURE if found is None else f"{HIDDEN} hidden" if is_hidden else cell(value, column)
    return _Tile(region, across, down, words, fill, ink, is_hidden, is_there=found is not None)


def _shade(value: float, most: float) -> tuple[str, str]:
    share = value / most if most else 0.0
    return next((fill, ink) for least, fill, ink in _SHADES if share >= least)


def _outline(drawing: Drawing, tile: _Tile) -> None:
    line: dict[str, Any] = {"color": theme.OUTLINE, "width": 1, **({} if tile.is_there else {"dash": "dot"})}
    drawing.add_shape(
        type="rect", layer="below", fillcolor=tile.fill, line=line,
        x0=tile.across + _GAP, x1=tile.across + 1 - _GAP, y0=tile.down + _GAP, y1=tile.down + 1 - _GAP,
    )  # fmt: skip


def _hatch(drawing: Drawing, tile: _Tile) -> None:
    """Draw slanting lines across the tile: hidden is told by pattern and words, not by colour."""
    side, line = 1 - 2 * _GAP, {"color": theme.GRID, "width": 2}
    for at in range(1, 2 * HATCHES):
        reach = side * at / HATCHES
        start, end = max(0.0, reach - side), min(reach, side)
        x, y = tile.across + _GAP, tile.down + _GAP
        drawing.add_shape(
            type="line", layer="below", line=line, x0=x + start, y0=y + reach - start, x1=x + end, y1=y + reach - end
        )


def _write(drawing: Drawing, tile: _Tile) -> None:
    name = "<br>".join(safe(part) for part in wrap(tile.region, _LETTERS, break_long_words=False))
    drawing.add_annotation(
        text=f"{name}<br><b>{safe(tile.words)}</b>",
        x=tile.across + 0.5,
        y=tile.down + 0.5,
        xanchor="center",
        yanchor="middle",
        align="center",
        font={"color": tile.ink, "size": theme.SMALL_FONT_SIZE},
    )
