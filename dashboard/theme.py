"""Colours, sizes and the Plotly template, all our own so that screen and files look the same.

Chart colours are the categorical, duo and focus palettes of the Government Analysis Function (Data
visualisation: colours in charts, Open Government Licence v3.0): each stands out from white by 3:1 or more
and neighbours in the order given from one another. Page colours are those of the NHS identity. Streamlit
changes Plotly's default template on import, so every figure names this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import plotly.graph_objects as go

from dashboard.status_words import SHAPES
from data_access import vocabulary
from data_access.vocabulary import ActionStatus

WHITE: Final = "#FFFFFF"
INK: Final = "#212B32"
SECONDARY_INK: Final = "#4C6272"
GRID: Final = "#D8DDE0"
PAGE: Final = "#F0F4F5"
NHS_BLUE: Final = "#005EB8"
NHS_DARK_BLUE: Final = "#003087"
FOCUS_YELLOW: Final = "#FFEB3B"

DARK_BLUE: Final = "#12436D"
TURQUOISE: Final = "#28A197"
DARK_PINK: Final = "#801650"
ORANGE: Final = "#F46A25"
DARK_GREY: Final = "#3D3D3D"
LIGHT_PURPLE: Final = "#A285D1"

CATEGORICAL: Final = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)
DUO: Final = (DARK_BLUE, ORANGE)
QUIET: Final = "#BFBFBF"  # 1.84:1 on white: always with OUTLINE (6.37:1) and a value beside it
OUTLINE: Final = SECONDARY_INK

FONT: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
FONT_SIZE: Final = 15
SMALL_FONT_SIZE: Final = 14
MAX_COLOURS: Final = 4


@dataclass(frozen=True)
class StatusStyle:
    """How a status is drawn: fill, ink of the words on it, and a shape that tells it without colour."""

    fill: str
    ink: str
    symbol: str


def _style(status: str, fill: str, ink: str) -> StatusStyle:
    return StatusStyle(fill, ink, SHAPES[status].symbol)


STATUS_STYLES: Final[dict[str, StatusStyle]] = {
    ActionStatus.NOT_STARTED: _style(ActionStatus.NOT_STARTED, WHITE, INK),
    ActionStatus.ON_TRACK: _style(ActionStatus.ON_TRACK, DARK_BLUE, WHITE),
    ActionStatus.AT_RISK: _style(ActionStatus.AT_RISK, LIGHT_PURPLE, INK),
    ActionStatus.OFF_TRACK: _style(ActionStatus.OFF_TRACK, ORANGE, INK),
    ActionStatus.COMPLETE: _style(ActionStatus.COMPLETE, TURQUOISE, INK),
    ActionStatus.PROPOSED_CLOSED: _style(ActionStatus.PROPOSED_CLOSED, WHITE, INK),
    ActionStatus.CLOSED: _style(ActionStatus.CLOSED, DARK_GREY, WHITE),
}
NO_STATUS: Final = _style(vocabulary.NO_STATUS, WHITE, INK)


@cache
def template() -> go.layout.Template:
    """Give the Plotly template: white ground, Arial, quiet grid, nothing that can be dragged."""
    axis = {
        "gridcolor": GRID,
        "zerolinecolor": SECONDARY_INK,
        "linecolor": SECONDARY_INK,
        "tickfont": {"size": SMALL_FONT_SIZE, "color": INK},
        "title": {"font": {"size": SMALL_FONT_SIZE, "color": INK}},
        "fixedrange": True,
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": WHITE,
            "plot_bgcolor": WHITE,
            "colorway": list(CATEGORICAL),
            "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
            "annotationdefaults": {"font": {"family": FONT, "size": FONT_SIZE, "color": INK}, "showarrow": False},
            "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"family": FONT, "size": 15, "color": INK}},
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "margin": {"l": 4, "r": 4, "t": 8, "b": 8, "pad": 0},
            "xaxis": axis,
            "yaxis": axis,
        }
    )
