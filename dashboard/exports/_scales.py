"""Where the values of a Plotly figure lie on paper: margins, domains and ranges worked out in pixels.

Only what `dashboard.charts` uses: numbers and dates, fixed ranges, axes beside and below one another. A figure that
asks for more fails here, in a test, not on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from matplotlib.ticker import MaxNLocator

SECONDS_OF_DAY: Final = 86_400
LETTER: Final = 9.0  # pixels of one letter beside an axis
ROOM: Final = 0.02  # of the range, where none is given


@dataclass(frozen=True)
class Scale:
    """One axis: the pixels it spans on paper and the values at its two ends."""

    start: float
    end: float
    first: float
    last: float

    def at(self, value: object) -> float:
        """Give the place of a value in pixels."""
        return self.start + (number_of(value) - self.first) / ((self.last - self.first) or 1) * (self.end - self.start)

    def part(self, share: float) -> float:
        """Give the place of a share of the axis' own length, 0 at its start."""
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True)
class Paper:
    """A figure's size in pixels, the frame of its plot, and its axes by name (`x`, `x2`, `y` …)."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    scales: Mapping[str, Scale]

    def x(self, value: object, reference: str) -> float:
        """Give a place from the left, of a value or of a share of paper or axis."""
        if reference == "paper":
            return self.left + float(str(value)) * (self.right - self.left)
        name, _, of_domain = reference.partition(" ")
        scale = self.scales[name or "x"]
        return scale.part(float(str(value))) if of_domain else scale.at(value)

    def y(self, value: object, reference: str) -> float:
        """Give a place from the top, of a value or of a share of paper or axis (0 at the bottom)."""
        if reference == "paper":
            return self.bottom - float(str(value)) * (self.bottom - self.top)
        name, _, of_domain = reference.partition(" ")
        scale = self.scales[name or "y"]
        return scale.part(float(str(value))) if of_domain else scale.at(value)


def number_of(value: object) -> float:
    """Give a value as a number: dates and moments as seconds."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001 - both without a zone
    if isinstance(value, date):
        return (value.toordinal() - date(1970, 1, 1).toordinal()) * SECONDS_OF_DAY
    if isinstance(value, str):
        return number_of(datetime.fromisoformat(value))
    return float(value)  # type: ignore[arg-type]  # anything else is a fault of the chart, and says so here


def paper(figure: Mapping[str, Any], width: float) -> Paper:
    """Lay a figure (`to_plotly_json`) out at a width in pixels; its own height is kept."""
    layout = figure["layout"]
    height = float(layout.get("height") or 320)
    margin = {"l": 4, "r": 4, "t": 8, "b": 8, **layout.get("margin", {})}
    left, right = float(margin["l"]), width - float(margin["r"])
    top, bottom = float(margin["t"]), height - float(margin["b"])
    ranges = {name: _range(figure, name, _axis(layout, name)) for name in _axes(figure)}
    downs = {name: _scale(layout, name, ranges[name], bottom, top) for name in ranges if name.startswith("y")}
    words = [word for name, scale in downs.items() for _, word in ticks(figure, name, scale)]
    left += max((len(word) for word in words), default=0) * LETTER
    across = {name: _scale(layout, name, ranges[name], left, right) for name in ranges if name.startswith("x")}
    return Paper(width, height, left, top, right, bottom, {**downs, **across})


def _scale(layout: Mapping[str, Any], name: str, ends: tuple[float, float], origin: float, far: float) -> Scale:
    low, high = _axis(layout, name).get("domain", (0, 1))
    return Scale(origin + low * (far - origin), origin + high * (far - origin), *ends)


def ticks(figure: Mapping[str, Any], name: str, scale: Scale) -> list[tuple[float, str]]:
    """Give places and words of an axis' marks; none where it does not show them."""
    axis = _axis(figure["layout"], name)
    if axis.get("visible") is False:
        return []
    if axis.get("tickvals") is not None:
        words = axis.get("ticktext") or [str(value) for value in axis["tickvals"]]
        is_told = axis.get("showticklabels", True)
        return [
            (scale.at(value), str(word) if is_told else "") for value, word in zip(axis["tickvals"], words, strict=True)
        ]
    low, high = sorted((scale.first, scale.last))
    step = axis.get("dtick")
    found = (
        [low + at * step for at in range(int((high - low) / step) + 1)]
        if step
        else MaxNLocator(nbins=axis.get("nticks", 5), integer=True).tick_values(low, high)
    )
    return [(scale.at(value), f"{value:,.0f}") for value in found if low <= value <= high]


def has_grid(figure: Mapping[str, Any], name: str) -> bool:
    """Say whether an axis draws a line at each mark."""
    axis = _axis(figure["layout"], name)
    return bool(axis.get("visible", True) and axis.get("showgrid", True))


def _axes(figure: Mapping[str, Any]) -> list[str]:
    own = {trace.get(f"{side}axis") or side for trace in figure["data"] for side in ("x", "y")}
    named = {key.replace("axis", "") for key in figure["layout"] if key[1:5] == "axis" and key[0] in "xy"}
    return sorted(own | named | {"x", "y"})


def _axis(layout: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = layout.get(f"{name[0]}axis{name[1:]}", {})
    return found


def _range(figure: Mapping[str, Any], name: str, axis: Mapping[str, Any]) -> tuple[float, float]:
    if axis.get("range") is not None:
        first, last = axis["range"]
        return number_of(first), number_of(last)
    side = name[0]
    matched = axis.get("matches", name)
    values = [
        number_of(value)
        for trace in figure["data"]
        if (trace.get(f"{side}axis") or side) in (name, matched)
        for value in trace.get(side, ())
        if value is not None
    ]
    low, high = min(values, default=0.0), max(values, default=1.0)
    spare = (high - low) * ROOM
    return low - spare, high + spare
