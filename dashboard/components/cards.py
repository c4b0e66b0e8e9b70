"""How the cards of a page lie: two a row where there is room for both, otherwise one below the other."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from dashboard.components import (
    moderation_equation,
    plan_action,
    plan_answers,
    plan_tiles,
    result_card,
    three_sources,
    word_cloud,
)
from dashboard.components.result_card import Body
from dashboard.context import Context

ROOM: Final = 460  # pixels a card needs for its chart and four tabs
# What stands in the place of a Plotly chart, by metric.
BODIES: Final = {
    "moderation_ledger": Body("Equation", moderation_equation.show),
    "three_sources": Body("Side by side", three_sources.show),
    "words": Body("Chart", word_cloud.show),
    "plan_board": Body("Board", plan_tiles.show),
    "plan_register": Body("One action", plan_action.show),
    "you_said": Body("Answers", plan_answers.show),
}


def side_by_side(context: Context, *metrics: str, as_at: date | None = None, since: date | None = None) -> None:
    """Show the cards of these metrics two a row; those of the plan as at a day, today if left out."""
    with st.grid(2, min_column_width=ROOM, gap="small", key=f"pair-{metrics[0]}"):
        below(context, *metrics, as_at=as_at, since=since)


def below(context: Context, *metrics: str, as_at: date | None = None, since: date | None = None) -> None:
    """Show the cards of these metrics over the full width, one below the other."""
    for key in metrics:
        result_card.show(context, context.result(key, as_at=as_at, since=since), body=BODIES.get(key))


def if_any(context: Context, *metrics: str) -> None:
    """Show the cards of these metrics that have anything to show: what most sources do not give is no empty card."""
    below(context, *(key for key in metrics if not context.result(key).is_empty))
