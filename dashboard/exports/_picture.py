"""A chart on paper: the very figure of the screen, drawn by matplotlib without a browser.

The Plotly figure is the one description of a chart. What is drawn here is its bars, lines, marks, shapes and words at
their places in pixels, so a picture in a paper cannot differ from the card.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import pairwise
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from dashboard import theme
from dashboard.exports._cover import PRODUCT
from dashboard.exports._figure import spec as spec_of
from dashboard.exports._lettering import Piece, line_height, written
from dashboard.exports._once import once
from dashboard.exports._scales import Paper, has_grid, paper, ticks
from dashboard.results import Result

WIDTH: Final = 720
PIXELS_PER_INCH: Final = 96.0
POINTS: Final = 72.0 / PIXELS_PER_INCH
# Matplotlib brings it along, so pictures look the same on every machine.
FONT: Final = "DejaVu Sans"
SETTINGS: Final[dict[Any, Any]] = {"svg.fonttype": "none", "svg.hashsalt": "lookforward", "font.family": [FONT]}
MADE: Final[dict[str, Any]] = {"Date": None, "Creator": PRODUCT}
_ONE_AT_A_TIME: Final = Lock()
DASHES: Final = {"dot": (0, (1, 2)), "dash": (0, (5, 3)), "longdash": (0, (8, 4)), "dashdot": (0, (5, 2, 1, 2))}
MARKS: Final = {
    "circle": "o", "circle-open": "o", "square": "s", "square-open": "s", "diamond": "D", "diamond-open": "D",
    "triangle-up": "^", "triangle-down": "v", "x": "X", "star": "*", "line-ew-open": "_", "line-ns-open": "|",
    "line-ew": "_", "line-ns": "|", "cross": "P",
}  # fmt: skip


@once
def drawing(result: Result) -> bytes:
    """Give a result's chart as SVG; letters stay letters.

    One at a time: matplotlib's settings are the process's, and readers ask for pictures at the same moment.
    """
    buffer = io.BytesIO()
    with _ONE_AT_A_TIME, mpl.rc_context(SETTINGS):
        picture(result, WIDTH).savefig(buffer, format="svg", metadata=MADE)
    return buffer.getvalue()


def height(result: Result) -> float:
    """Give how high the drawing of a result's chart is, in pixels."""
    return paper(spec_of(result), WIDTH).height


def picture(result: Result, width: int) -> Figure:
    """Draw a result's chart at a width in pixels; its height follows from its rows."""
    spec = spec_of(result)
    place = paper(spec, width)
    figure = Figure(figsize=(width / PIXELS_PER_INCH, place.height / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH)
    figure.patch.set_facecolor(theme.WHITE)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(place.height, 0)
    draw(axes, spec, place)
    return figure


def draw(axes: Axes, spec: Mapping[str, Any], place: Paper) -> None:
    """Draw everything of a figure on axes whose unit is the pixel, counted from the top left."""
    layout = spec["layout"]
    _axes(axes, spec, place)
    shapes = layout.get("shapes", ())
    for shape in shapes:
        _shape(axes, shape, place, order=1 if shape.get("layer") == "below" else 3)
    stacked: dict[tuple[float, bool], float] = {}
    for trace in spec["data"]:
        if trace["type"] == "bar":
            _bars(axes, trace, place, stacked if layout.get("barmode") in ("stack", "relative") else {})
        elif trace["type"] == "scatter":
            _scatter(axes, trace, place)
        else:
            raise ValueError(f"paper does not know traces of the type {trace['type']}")
    for annotation in layout.get("annotations", ()):
        _words(axes, annotation, place)


def _axes(axes: Axes, spec: Mapping[str, Any], place: Paper) -> None:
    for name, scale in place.scales.items():
        for at, word in ticks(spec, name, scale):
            _tick(axes, place, name, at, word, is_lined=has_grid(spec, name))


def _tick(axes: Axes, place: Paper, name: str, at: float, word: str, *, is_lined: bool) -> None:
    small: dict[str, Any] = {"fontsize": theme.SMALL_FONT_SIZE * POINTS, "color": theme.INK, "clip_on": False}
    other = (
        place.scales.get(("y" if name[0] == "x" else "x") + name[1:]) or place.scales["y" if name[0] == "x" else "x"]
    )
    low, high = sorted((other.start, other.end))
    if name.startswith("x"):
        if is_lined:
            axes.plot([at, at], [low, high], color=theme.GRID, linewidth=POINTS, zorder=0.5)
        axes.text(at, high + 6, word, ha="center", va="top", **small)
    else:
        if is_lined:
            axes.plot([low, high], [at, at], color=theme.GRID, linewidth=POINTS, zorder=0.5)
        axes.text(low - 6, at, word, ha="right", va="center", **small)


def _shape(axes: Axes, shape: Mapping[str, Any], place: Paper, *, order: float) -> None:
    across, down = shape.get("xref", "x"), shape.get("yref", "y")
    xs = [place.x(shape[name], across) for name in ("x0", "x1")]
    ys = [place.y(shape[name], down) for name in ("y0", "y1")]
    line = shape.get("line", {})
    look: dict[str, Any] = {"linewidth": float(line.get("width", 2)) * POINTS, "zorder": order}
    edge = _colour(line.get("color", theme.INK))
    if shape["type"] == "line":
        axes.plot(xs, ys, color=edge, linestyle=DASHES.get(line.get("dash", ""), "-"), **look)
    else:
        corner, size = (min(xs), min(ys)), (abs(xs[1] - xs[0]), abs(ys[1] - ys[0]))
        fill = _colour(shape.get("fillcolor", "rgba(0,0,0,0)"))
        axes.add_patch(Rectangle(corner, *size, facecolor=fill, edgecolor=edge, **look))


def _bars(axes: Axes, trace: Mapping[str, Any], place: Paper, stacked: dict[tuple[float, bool], float]) -> None:
    """Draw horizontal bars; in a stack each begins where the one before it on its side of nought ended."""
    across, down = trace.get("xaxis") or "x", trace.get("yaxis") or "y"
    for at, (value, row) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if value is None:
            continue
        before = stacked.get((row, value < 0), 0.0)
        stacked[row, value < 0] = before + value
        start, end = place.x(before, across), place.x(before + value, across)
        half = _of(trace.get("width", 24), at) / 2
        top, bottom = sorted((place.y(row - half, down), place.y(row + half, down)))
        marker = trace.get("marker", {})
        line = marker.get("line", {})
        axes.add_patch(
            Rectangle(
                (min(start, end), top),
                abs(end - start),
                bottom - top,
                facecolor=_colour(_of(marker.get("color", theme.DARK_BLUE), at)),
                edgecolor=_colour(_of(line.get("color", "rgba(0,0,0,0)"), at)),
                linewidth=float(_of(line.get("width", 0), at)) * POINTS,
                zorder=2,
            )
        )


def _scatter(axes: Axes, trace: Mapping[str, Any], place: Paper) -> None:
    across, down = trace.get("xaxis") or "x", trace.get("yaxis") or "y"
    points = [
        None if x is None or y is None else (place.x(x, across), place.y(y, down))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    mode = str(trace.get("mode", "lines"))
    if trace.get("fill") == "toself":
        _areas(axes, trace, points)
    if "lines" in mode:
        _line(axes, trace, points)
    if "markers" in mode:
        _marks(axes, trace.get("marker", {}), points)
    if "text" in mode:
        for at, point in enumerate(points):
            if point is not None:
                font = {name: _of(value, at) for name, value in trace.get("textfont", {}).items()}
                _lines(axes, written(str(_of(trace["text"], at)), font), point, ("center", "middle"))


def _areas(axes: Axes, trace: Mapping[str, Any], points: Sequence[tuple[float, float] | None]) -> None:
    for run in _runs(points):
        axes.add_patch(Polygon(run, closed=True, facecolor=_colour(trace["fillcolor"]), edgecolor="none", zorder=1))


def _line(axes: Axes, trace: Mapping[str, Any], points: Sequence[tuple[float, float] | None]) -> None:
    line = trace.get("line", {})
    for run in _runs(points):
        stepped = _stepped(run) if line.get("shape") == "hv" else run
        axes.plot(
            [x for x, _ in stepped],
            [y for _, y in stepped],
            color=_colour(line.get("color", theme.DARK_BLUE)),
            linewidth=float(line.get("width", 2)) * POINTS,
            linestyle=DASHES.get(line.get("dash", ""), "-"),
            zorder=3,
        )


def _marks(axes: Axes, marker: Mapping[str, Any], points: Sequence[tuple[float, float] | None]) -> None:
    for at, point in enumerate(points):
        colour = _colour(_of(marker.get("color", theme.DARK_BLUE), at))
        if point is None or colour[3] == 0 or _of(marker.get("opacity", 1), at) == 0:
            continue
        symbol = str(_of(marker.get("symbol", "circle"), at))
        line = marker.get("line", {})
        axes.plot(
            [point[0]],
            [point[1]],
            marker=MARKS[symbol],
            markersize=float(_of(marker.get("size", 6), at)) * POINTS,
            markerfacecolor="none" if symbol.endswith("-open") else colour,
            markeredgecolor=colour
            if symbol.endswith("-open")
            else _colour(_of(line.get("color", "rgba(0,0,0,0)"), at)),
            markeredgewidth=float(_of(line.get("width", 1.5), at)) * POINTS,
            linestyle="none",
            zorder=4,
        )


def _words(axes: Axes, annotation: Mapping[str, Any], place: Paper) -> None:
    x = place.x(annotation["x"], annotation.get("xref", "x")) + annotation.get("xshift", 0)
    y = place.y(annotation["y"], annotation.get("yref", "y")) - annotation.get("yshift", 0)
    found = written(annotation["text"], annotation.get("font"))
    anchors = (annotation.get("xanchor", "center"), annotation.get("yanchor", "middle"))
    _lines(axes, found, (x, y), anchors, angle=-float(annotation.get("textangle", 0)), box=annotation.get("bgcolor"))


def _lines(
    axes: Axes,
    found: list[list[Piece]],
    at: tuple[float, float],
    anchors: tuple[str, str],
    *,
    angle: float = 0,
    box: str | None = None,
) -> None:
    """Write lines under one another; pieces of different looks in one line are written in the look of its first."""
    height = sum(line_height(line) for line in found)
    top = {"top": at[1], "middle": at[1] - height / 2, "bottom": at[1] - height}[anchors[1]]
    if angle:
        top = at[1] - height / 2
    for line in found:
        middle = top + line_height(line) / 2
        first = line[0]
        text = axes.text(
            at[0],
            at[1] if angle else middle,
            "".join(piece.text for piece in line).replace("$", r"\$"),
            ha=anchors[0],
            va=("bottom" if anchors[1] == "bottom" else "center") if angle else "center",
            rotation=angle,
            fontsize=first.size * POINTS,
            color=first.colour,
            fontweight="bold" if first.is_bold else "normal",
            zorder=5,
        )
        if box:
            text.set_bbox({"facecolor": _colour(box), "edgecolor": "none", "pad": 0.5})
        top += line_height(line)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Part points where one is missing."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _stepped(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
    corners = [(later[0], earlier[1]) for earlier, later in pairwise(run)]
    between = [point for pair in zip(run[:-1], corners, strict=True) for point in pair]
    return [*between, run[-1]]


def _of(value: Any, at: int) -> Any:
    """Give the value for one mark: its own of a list, or the one for all."""
    return value[at] if isinstance(value, list | tuple) else value


def _colour(text: str) -> tuple[float, float, float, float]:
    """Give red, green, blue and opacity between 0 and 1 of '#RRGGBB' or 'rgba(r,g,b,a)'."""
    if text.startswith("#"):
        red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return red, green, blue, 1.0
    parts = [float(part) for part in text.partition("(")[2].rstrip(")").split(",")]
    red, green, blue, opacity = parts
    return red / 255, green / 255, blue / 255, opacity
