"""From an element to a theme to its ideas, comments and feedback points, in the words of those who wrote them."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.components import idea_theme, page_links
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.filters import params_from_selection
from dashboard.wording import counted, escape, per_cent, shortened
from data_access.vocabulary import NOT_CODED, slug

THEME: Final = idea_theme.THEME
MOST: Final = 10
LONGEST: Final = 200


def show(context: Context) -> None:
    """Let the reader choose a theme of the selection, and show what was said on it, most votes first."""
    if not idea_theme.is_offered(context):
        return
    themes = idea_theme.themes_of(context)
    if themes.is_empty():
        return
    names = dict(themes.select("theme", "name").rows())
    wanted = idea_theme.chosen(context)
    with st.container(border=True, key="theme-drill"):
        st.header("Read a theme", anchor=False)
        chosen = st.selectbox(
            "Theme",
            list(names),
            index=list(names).index(wanted) if wanted in names else 0,
            format_func=lambda code: f"{names[code]} ({_ideas_of(themes, code)})",
            key=f"theme-choice-{context.selection.element}",
            width=480,
        )
        if chosen != (wanted or next(iter(names))):
            context.set_params(**{THEME: slug(chosen)})
        _ideas(context, chosen)
        for kind, label in (("comment", "comment"), ("feedback", "feedback point")):
            _others(context, chosen, kind, label)


def _ideas_of(themes: pl.DataFrame, code: str) -> str:
    return counted(themes.filter(pl.col("theme") == code)["ideas"].sum(), "idea")


def _ideas(context: Context, theme: str) -> None:
    ideas, given = context.result("ideas").table, context.release.table("idea_themes", context.selection.conversation)
    if theme == NOT_CODED:
        own = ideas.join(given, on="idea", how="anti")
    else:
        own = ideas.join(given.filter(pl.col("theme") == theme), on="idea", how="semi")
    own = own.sort(["votes", "idea"], descending=[True, False])
    shown = min(MOST, own.height)
    of_element = f" of {context.selection.element}" if context.selection.element else ""
    told = f"{counted(own.height, 'idea')}{of_element}" + (
        f", the {shown} with most votes first" if own.height > shown else ""
    )
    st.markdown(small(escape(told)))
    params = params_from_selection(context.selection, context.choices)
    for row in own.head(MOST).iter_rows(named=True):
        with st.container(gap="xsmall", key=f"theme-idea-{row['idea']}"):
            st.text(shortened(str(row["wording"]), LONGEST))
            st.markdown(small(escape(_facts(row))))
            label = f"Votes and comments of idea {escape(str(row['idea']))}"
            page_links.with_params("ideas", label, {**params, "idea": row["idea"]})
    page_links.with_params("ideas", "All of them on the Ideas page", {**params, THEME: slug(theme)})


def _facts(row: dict[str, Any]) -> str:
    agree = "" if row["agree_share"] is None else f"{per_cent(row['agree_share'])} agree"
    parts = (agree, counted(row["votes"], "vote"), counted(row["comments"], "comment"))
    return " · ".join(part for part in parts if part)


def _others(context: Context, theme: str, kind: str, label: str) -> None:
    """Show the comments or feedback points that were given the theme themselves."""
    conversation = context.selection.conversation
    given, texts = (context.release.table(name, conversation) for name in ("item_themes", "texts"))
    coded = given.filter((pl.col("kind") == kind) & (pl.col("theme") == theme)).select("kind", id="item")
    own = texts.join(coded, on=("kind", "id"), how="semi").filter(~pl.col("is_held_back") & (pl.col("text") != ""))
    if own.is_empty():
        return
    with st.expander(f"{counted(own.height, label)} coded with it", key=f"theme-{kind}"):
        for text in own.sort("id").head(MOST)["text"]:
            st.text(shortened(text, 2 * LONGEST))
        if own.height > MOST:
            st.markdown(small(f"The first {MOST}."))
