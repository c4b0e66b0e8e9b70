"""Ideas of one theme: the theme stands in the link, so that a way down from a theme can be shared."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from dashboard.components import states
from dashboard.context import Context
from dashboard.metrics._themes import all_themes
from dashboard.results import Result, narrowed
from dashboard.wording import counted, verb
from data_access.problems import BadSelection
from data_access.vocabulary import NOT_CODED, slug

THEME: Final = "theme"
EVERY: Final = "All themes"
_KEY: Final = "idea-theme"


def themes_of(context: Context) -> pl.DataFrame:
    """Give the themes that ideas of the selection have: theme, name, ideas; most first, what is not coded last."""
    table = context.release.table("votes_by_theme", context.selection.conversation)
    themes = all_themes(table, context.selection).filter((pl.col("ideas") > 0) | (pl.col("theme") == NOT_CODED))
    last = pl.col("theme") == NOT_CODED
    ordered = themes.sort([last, pl.col("ideas"), pl.col("name")], descending=[False, True, False])
    return ordered.select("theme", "name", "ideas")


def chosen(context: Context) -> str:
    """Give the theme the link names, '' without one. Raises `BadSelection` for one that no idea here has."""
    wanted = slug(context.param(THEME))
    offered = {slug(theme): str(theme) for theme in themes_of(context)["theme"]}
    if wanted and wanted not in offered:
        raise BadSelection(f"The link asks for theme '{wanted[:40]}', which no idea of this selection has.")
    return offered[wanted] if wanted else ""


def is_offered(context: Context) -> bool:
    """Whether the link names a theme of the selection; where it does not, say so and how to mend it."""
    try:
        chosen(context)
    except BadSelection as problem:
        states.bad_selection(str(problem), lambda: context.set_params(**{THEME: ""}))
        return False
    return True


def show(context: Context) -> str:
    """Offer the themes of the selection; give the chosen one, '' for all."""
    names: dict[str, str] = {"": EVERY}
    for theme, name, ideas in themes_of(context).iter_rows():
        names[str(theme)] = f"{name} ({counted(ideas or 0, 'idea')})"
    now = chosen(context)
    st.session_state[_KEY] = now
    st.selectbox(
        "Theme",
        list(names),
        format_func=names.__getitem__,
        key=_KEY,
        on_change=lambda: context.set_params(**{THEME: slug(st.session_state[_KEY])}),
        width=270,
    )
    return now


def of_theme(context: Context, ideas: Result, theme: str) -> Result:
    """Keep the ideas that have a theme ('' keeps all); the headline and the files say which."""
    if not theme:
        return ideas
    given = context.release.table("idea_themes", context.selection.conversation)
    coded = given if theme == NOT_CODED else given.filter(pl.col("theme") == theme)
    has_it = ideas.table["idea"].is_in(coded["idea"].implode())
    keep = (~has_it if theme == NOT_CODED else has_it).to_list()
    name = dict(themes_of(context).select("theme", "name").iter_rows())[theme]
    found = counted(sum(keep), "idea")
    told = "carry no theme yet" if theme == NOT_CODED else f"{verb(sum(keep), 'carries', 'carry')} the theme ‘{name}’"
    return narrowed(
        ideas, keep, headline=f"{found} of {ideas.table.height:,} {told}.", note=f"Only ideas of the theme ‘{name}’."
    )
