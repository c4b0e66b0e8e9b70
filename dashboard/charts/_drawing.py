"""A figure in the making: its parts are gathered as plain values and handed to Plotly once.

Plotly copies and checks every shape and annotation each time one is added: a real conversation with 395
hidden days took nine minutes that way and takes some milliseconds this way. The methods have Plotly's names
and take Plotly's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard import theme


@dataclass(frozen=True)
class Drawing:
    """Traces, annotations, shapes and layout of one figure."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def add_bar(self, **trace: Any) -> None:
        """Add horizontal bars."""
        self.traces.append({"type": "bar", "orientation": "h", "hoverinfo": "text", **trace})

    def add_scatter(self, **trace: Any) -> None:
        """Add points or a line."""
        self.traces.append({"type": "scatter", "hoverinfo": "text", **trace})

    def add_annotation(self, **annotation: Any) -> None:
        """Write words; people's own have gone through `safe`."""
        self.annotations.append(annotation)

    def add_shape(self, **shape: Any) -> None:
        """Add a line or a rectangle."""
        self.shapes.append(shape)

    def update_xaxes(self, **axis: Any) -> None:
        """Set properties of the x axis."""
        self.layout["xaxis"] = {**self.layout.get("xaxis", {}), **axis}

    def update_yaxes(self, **axis: Any) -> None:
        """Set properties of the y axis."""
        self.layout["yaxis"] = {**self.layout.get("yaxis", {}), **axis}

    def update_layout(self, **layout: Any) -> None:
        """Set properties of the whole figure."""
        self.layout.update(layout)

    def figure(self) -> go.Figure:
        """Give the figure."""
        layout = {"template": theme.template(), "annotations": self.annotations, "shapes": self.shapes, **self.layout}
        return go.Figure({"data": self.traces, "layout": layout})
