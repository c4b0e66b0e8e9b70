"""The themes that came up most, in order: each a link to the ideas that carry it."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from dashboard.components import idea_theme, page_links
from dashboard.context import Context
from dashboard.filters import params_from_selection
from dashboard.wording import HIDDEN, counted, escape
from data_access.problems import NothingThere
from data_access.vocabulary import NOT_CODED, slug

MOST: Final = 3


def show(context: Context) -> None:
    """Show the first themes of the table that answers the selection, by ideas or, in a place or group, by people."""
    try:
        rows = context.result("themes").table
    except NothingThere:
        return
    codes = {str(name): str(theme) for theme, name, _ in idea_theme.themes_of(context).iter_rows()}
    first = [row for row in rows.iter_rows(named=True) if row["name"] in codes and row["name"] != NOT_CODED][:MOST]
    params = params_from_selection(context.selection, context.choices)
    with st.container(gap=None, key="ranked-themes"):
        for place, row in enumerate(first, start=1):
            label = f"{place}. {escape(str(row['name']))}: {escape(_size(row))}"
            page_links.with_params("ideas", label, {**params, idea_theme.THEME: slug(codes[str(row["name"])])})


def _size(row: dict[str, Any]) -> str:
    """Say how large a theme is, in the unit its table is ordered by."""
    if "ideas" in row:
        return counted(row["ideas"], "idea")
    return HIDDEN if row["participants"] is None else counted(row["participants"], "person", "people")
