"""A part beside the whole: a dot with its interval for the part, a ring for England, a bar for a mere band."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, is_in_focus, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, counted, per_cent, whole_per_cent

Row = Mapping[str, Any]
KIND: Final = "compared"
SPOKEN: Final = "Dots beside England's rings"
BASES: Final = ("votes", "participants")
_SCALE: Final = (0, 0.25, 0.5, 0.75, 1)
_BAND: Final = re.compile(r"(\d+)–(\d+)%")


def draw(result: Result) -> Drawing:
    """Draw a row a slice on a scale from 0 to 100%; the line of detail says everything in words."""
    chart = result.metric.chart
    rows, hidden = drawn(result), set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    details = [_detail(row, result) for row in rows]
    drawing = figure_of_rows(result, labels, details, has_axis=True)
    middles = place_rows(labels, details).middles
    for at, (row, detail, middle) in enumerate(zip(rows, details, middles, strict=True)):
        if detail:
            _add_reach(drawing, row, result, middle)
        else:
            add_words(drawing, f"{HIDDEN} hidden" if at in hidden else "Nothing to compare", x=0, y=middle)
    _add_marks(drawing, rows, labels, middles, result)
    _add_rings(drawing, rows, labels, middles, result)
    drawing.layout["xaxis"] = {
        "range": [-0.04, 1.06],
        "tickvals": _SCALE,
        "ticktext": [whole_per_cent(mark) for mark in _SCALE],
        "zeroline": False,
    }
    return drawing


def _add_reach(drawing: Drawing, row: Row, result: Result, middle: float) -> None:
    """Draw the interval of a share as a line, or a band as an outlined bar."""
    chart = result.metric.chart
    if _own(row, result) is not None:
        if chart.low:
            ends = {"x0": row[chart.low], "x1": row[chart.high], "y0": middle, "y1": middle}
            drawing.add_shape(type="line", **ends, line={"color": theme.DARK_BLUE, "width": 3})
        return
    ends_of_band = _band(row, result)
    if ends_of_band:
        box = {"x0": ends_of_band[0], "x1": ends_of_band[1], "y0": middle - MARK_PX / 3, "y1": middle + MARK_PX / 3}
        line = {"color": theme.OUTLINE, "width": 1.5}
        drawing.add_shape(type="rect", **box, fillcolor=theme.QUIET, line=line, layer="below")


def _add_marks(
    drawing: Drawing, rows: Sequence[Row], labels: Sequence[str], middles: Sequence[float], result: Result
) -> None:
    """Draw the part's dots; a row without one keeps its place, so that a mark's number is its row's."""
    focus = result.metric.chart.focus
    fills = [theme.OUTLINE if focus and not is_in_focus(row[focus]) else theme.DARK_BLUE for row in rows]
    drawing.add_scatter(
        x=[_own(row, result) for row in rows],
        y=list(middles),
        mode="markers",
        marker={"size": 14, "color": fills, "line": {"color": theme.WHITE, "width": 1}},
        hovertext=[_hover(row, label, result) for row, label in zip(rows, labels, strict=True)],
    )


def _add_rings(
    drawing: Drawing, rows: Sequence[Row], labels: Sequence[str], middles: Sequence[float], result: Result
) -> None:
    drawing.add_scatter(
        x=[_england(row, result) if _detail(row, result) else None for row in rows],
        y=list(middles),
        mode="markers",
        marker={"symbol": "circle-open", "size": 13, "color": theme.INK, "line": {"color": theme.INK, "width": 2.5}},
        hovertext=[_hover(row, label, result) for row, label in zip(rows, labels, strict=True)],
    )


def _own(row: Row, result: Result) -> float | None:
    """Give the part's share; none where a chart only draws bands beside England."""
    values = result.metric.chart.values
    share = row[values[0]] if len(values) > 1 else None
    return None if share is None else float(share)


def _england(row: Row, result: Result) -> float | None:
    """Give England's share on the same footing: of votes for or against, or of all votes beside a band."""
    chart = result.metric.chart
    name = chart.values[-1] if _own(row, result) is not None or not chart.band else chart.band[1]
    share = row[name]
    return None if share is None else float(share)


def _band(row: Row, result: Result) -> tuple[float, float] | None:
    chart = result.metric.chart
    found = _BAND.fullmatch(row[chart.band[0]] or "") if chart.band else None
    return (int(found[1]) / 100, int(found[2]) / 100) if found else None


def _detail(row: Row, result: Result) -> str:
    chart = result.metric.chart
    share, england = _own(row, result), _england(row, result)
    beside = "" if england is None else f"; ○ England {per_cent(england)}"
    if share is not None:
        reach = f", interval {whole_per_cent(row[chart.low])} to {whole_per_cent(row[chart.high])}" if chart.low else ""
        return f"● {per_cent(share)}{reach}{_base(row)}{beside}"
    if _band(row, result) is None:
        return ""
    return f"▭ {row[chart.band[0]]} of all votes{beside}"


def _base(row: Row) -> str:
    for name in BASES:
        if row.get(name) is not None:
            return f", {counted(row[name], name.removesuffix('s'))}"
    return ""


def _hover(row: Row, label: str, result: Result) -> str:
    chart = result.metric.chart
    names = [name for name in (*chart.values, chart.low, chart.high, *chart.band) if name and row[name] is not None]
    columns = [result.metric.column(name) for name in names]
    return hover(label, [(column.label, cell(row[column.name], column)) for column in columns])
