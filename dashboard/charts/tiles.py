"""One tile a row, its status as a word and a shape; colour only repeats it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover, lines, safe, stacked
from dashboard.charts._rows import LINE_PX, is_in_focus
from dashboard.results import Result
from dashboard.wording import cell

KIND: Final = "tiles"
SPOKEN: Final = "Tiles"
COLUMNS: Final = 5  # five tiles of 66 px fit a card of 340 px, and 35 actions fill seven rows of them
TILE_PX: Final = 90  # number, two lines of status and one of attention
GROUP_PX: Final = 12
_WORD_CHARACTERS: Final = 9  # of 14 px Arial in 66 px


@dataclass(frozen=True)
class _Tile:
    across: int
    top: float
    number: str
    group: str
    status: str
    style: theme.StatusStyle
    needs_attention: bool


def draw(result: Result) -> Drawing:
    """Draw the rows as tiles under a heading a category, in the table's order.

    The chart's values name the tile and its status; rows in focus carry the name of the focus column as well.
    """
    focus = result.metric.chart.focus
    mark = focus.replace("_", " ")
    drawing = Drawing()
    bottom, tiles = 0.0, []
    for group, rows in _groups(result):
        _write(drawing, 0, bottom + GROUP_PX, f"<b>{stacked(group)}</b>", theme.INK, anchor="left", top=True)
        top = bottom + GROUP_PX + len(lines(group)) * LINE_PX + 6
        tiles += list(_tiles(result, rows, group, top))
        bottom = top + -(-len(rows) // COLUMNS) * TILE_PX
    for tile in tiles:
        _draw_tile(drawing, tile, mark)
    _draw_shapes(drawing, tiles, result.metric.column(result.metric.chart.values[1]).label)
    drawing.update_xaxes(range=[0, COLUMNS], visible=False)
    drawing.update_yaxes(range=[bottom, 0], visible=False, automargin=False)
    drawing.update_layout(height=bottom + 8, margin={"l": 0, "r": 0, "t": 4, "b": 4})
    return drawing


def _groups(result: Result) -> Iterator[tuple[str, list[dict[str, object]]]]:
    category = result.metric.column(result.metric.chart.category)
    rows = result.table.to_dicts()
    for name in dict.fromkeys(cell(row[category.name], category) for row in rows):
        yield name, [row for row in rows if cell(row[category.name], category) == name]


def _tiles(result: Result, rows: list[dict[str, object]], group: str, top: float) -> Iterator[_Tile]:
    chart = result.metric.chart
    number, status = (result.metric.column(name) for name in chart.values)
    for at, row in enumerate(rows):
        down, across = divmod(at, COLUMNS)
        word = cell(row[status.name], status)
        yield _Tile(
            across=across,
            top=top + down * TILE_PX,
            number=cell(row[number.name], number),
            group=group,
            status=word,
            style=theme.STATUS_STYLES.get(word, theme.NO_STATUS),
            needs_attention=bool(chart.focus) and is_in_focus(row[chart.focus]),
        )


def _draw_tile(drawing: Drawing, tile: _Tile, mark: str) -> None:
    ink = tile.style.ink
    drawing.add_shape(
        type="rect",
        x0=tile.across + 0.03,
        x1=tile.across + 0.97,
        y0=tile.top + 2,
        y1=tile.top + TILE_PX - 4,
        layer="below",
        fillcolor=tile.style.fill,
        line={"color": theme.INK if tile.needs_attention else theme.OUTLINE, "width": 3 if tile.needs_attention else 1},
    )
    _write(drawing, tile.across + 0.42, tile.top + 16, f"<b>{safe(tile.number)}</b>", ink, anchor="left")
    words = "<br>".join(safe(part) for part in wrap(tile.status, _WORD_CHARACTERS, break_long_words=False))
    attention = f"<br><b>{safe(mark)}</b>" if tile.needs_attention else ""
    _write(drawing, tile.across + 0.5, tile.top + 28, words + attention, ink, top=True)


def _draw_shapes(drawing: Drawing, tiles: list[_Tile], label: str) -> None:
    drawing.add_scatter(
        x=[tile.across + 0.27 for tile in tiles],
        y=[tile.top + 16 for tile in tiles],
        mode="markers",
        marker={
            "symbol": [tile.style.symbol for tile in tiles],
            "size": 12,
            "color": [tile.style.ink for tile in tiles],
            "line": {"width": 1.5, "color": [tile.style.ink for tile in tiles]},
        },
        hovertext=[hover(f"{tile.number}, {tile.group}", [(label, tile.status)]) for tile in tiles],
    )


def _write(
    drawing: Drawing, x: float, y: float, text: str, ink: str, *, anchor: str = "center", top: bool = False
) -> None:
    drawing.add_annotation(
        text=text,
        x=x,
        y=y,
        xanchor=anchor,
        yanchor="top" if top else "middle",
        align="left" if anchor == "left" else "center",
        font={"color": ink, "size": theme.SMALL_FONT_SIZE},
    )
