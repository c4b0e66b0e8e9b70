"""All ideas of a selection in plain reading order: search, order, ten a page, and one idea at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.components import files, idea_page, idea_search, idea_theme, link_choice, states
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.results import Result, searched
from dashboard.wording import counted, escape, number, per_cent

IDEA: Final = "idea"
PER_PAGE: Final = 10
_PAGE: Final = "idea-page"


def show(context: Context, ideas: Result) -> bool:
    """Show the list of ideas, or the one idea that the link names; say whether it was the whole list."""
    wanted = context.param(IDEA)
    if wanted:
        idea_page.show(context, ideas, wanted, back=lambda: context.set_params(**{IDEA: ""}))
        return False
    if not link_choice.is_offered(context, {idea_search.ORDER: idea_search.LABELS}):
        return False
    if not idea_theme.is_offered(context):
        return False
    words, theme, column = idea_search.show(context)
    found = _ordered(searched(idea_theme.of_theme(context, ideas, theme), words), column)
    st.header(escape(found.headline), anchor=False)
    states.not_applied(found)
    if found.is_empty:
        st.markdown("Try fewer words, or take a filter away. Search looks for whole words in any order.")
        return True
    _one_page(context, found)
    with st.expander("Download these ideas"):
        files.offer(context, found)
    return True


def _ordered(ideas: Result, column: str) -> Result:
    table = ideas.table.sort([column, "idea"], descending=[True, False], nulls_last=True)
    return replace(ideas, table=table)


def _one_page(context: Context, ideas: Result) -> None:
    pages = -(-ideas.table.height // PER_PAGE)
    if st.session_state.get(_PAGE, 1) > pages:  # a search may leave fewer pages than the one shown before
        del st.session_state[_PAGE]
    at = st.session_state.get(_PAGE, 1)
    first = (at - 1) * PER_PAGE
    rows = ideas.table.slice(first, PER_PAGE).iter_rows(named=True)
    for place, row in enumerate(rows, start=first + 1):
        _idea(context, place, row)
    if pages > 1:
        st.pagination(pages, key=_PAGE, max_visible_pages=5)


def _idea(context: Context, place: int, row: dict[str, object]) -> None:
    with st.container(border=True, gap="xsmall", key=f"idea-{place}"):
        st.text(f"{place}. {row['wording']}")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(small(escape(facts(row))), width="content")
            label = f"Votes and comments of idea {escape(str(row['idea']))}"
            st.button(label, key=f"open-{place}", on_click=partial(_open, context, str(row["idea"])), type="tertiary")


def facts(row: dict[str, object]) -> str:
    """Say how people voted on an idea, with interval and base, and where it comes from, in one line."""
    share, low, high = (row[name] for name in ("agree_share", "agree_low", "agree_high"))
    comments, merged = (int(str(row[name])) for name in ("comments", "merged_from"))
    parts = [str(row["elements"])]
    if isinstance(share, float) and isinstance(low, float) and isinstance(high, float):
        parts.append(f"{per_cent(share)} agree ({per_cent(low)} to {per_cent(high)})")
    parts += [_votes(row), counted(comments, "comment")]
    parts += [str(row["supplied"])] if row["supplied"] else []
    parts += [f"merged from {counted(merged, 'idea')}"] if merged else []
    return " · ".join(parts)


def _votes(row: dict[str, object]) -> str:
    if row["votes"] is None:
        return "no votes in the export"
    net = int(str(row["net"]))
    return f"{counted(int(str(row['votes'])), 'vote')}, net {'−' if net < 0 else '+'}{number(abs(net))}"


def _open(context: Context, idea: str) -> None:
    context.set_params(**{IDEA: idea})
