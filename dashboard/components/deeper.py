"""Going deeper from a mark: click a bar of an element or a region and it becomes the filter; a theme is read.

A mark cannot be reached by keyboard and takes two taps on a touch screen, so the same is always there as a
control: the element and the regions in the row of filters, the theme under 'Read a theme'.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.components import idea_theme
from dashboard.context import Context
from dashboard.results import Result
from data_access.vocabulary import ELEMENTS, slug

ELEMENT: Final = "element"
REGION: Final = "region"
THEMES: Final = "themes"  # the metric, and the page where a theme can be read


def can_go_deeper(context: Context, result: Result) -> bool:
    """Whether the marks of a card stand for elements or regions that are not chosen yet."""
    category = result.metric.chart.category
    if result.metric.key == THEMES:
        return context.page == THEMES
    if category == ELEMENT:
        return context.selection.element is None and result.table.height > 1
    return category == REGION and bool(context.choices.divided(context.selection.conversation).regions)


def hint(result: Result) -> str:
    """Say what clicking a mark does, and which control does the same."""
    if result.metric.key == THEMES:
        return "Click a mark to read its theme, or choose it under ‘Read a theme’."
    return f"Click a mark to choose its {result.metric.row[0]}, or use the filter above."


def choose(context: Context, result: Result, key: str) -> Callable[[], None]:
    """Give what is to happen when a mark of the chart with that key is chosen."""
    return partial(_choose, context, result, key)


def _choose(context: Context, result: Result, key: str) -> None:
    chosen: Any = st.session_state.get(key)
    points = chosen["selection"]["points"] if chosen else []
    label = label_at(result, points[0]["point_index"]) if points else ""
    if result.metric.key == THEMES:
        codes = {str(name): str(theme) for theme, name, _ in idea_theme.themes_of(context).iter_rows()}
        if label in codes:
            context.set_params(theme=slug(codes[label]), view="read")
    elif result.metric.chart.category == ELEMENT and label in ELEMENTS:
        context.select(element=label)
    elif label in context.choices.divided(context.selection.conversation).regions:
        context.select(regions=(label,), icbs=())


def label_at(result: Result, at: int) -> str:
    """Give the label of a mark by its place among those that are drawn, '' where there is none."""
    limit = result.metric.chart.limit or result.table.height
    labels = result.table.head(limit)[result.metric.chart.category].to_list()
    return str(labels[at]) if 0 <= at < len(labels) else ""
