"""What stands beside one idea: its themes, the actions it is evidence for, regions, and ideas like it."""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from dashboard.components import page_links
from dashboard.components.result_table import scrollable
from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.filters import params_from_selection
from dashboard.metrics._related import HOW, related_ideas
from dashboard.results import Result, text_table
from dashboard.wording import HIDDEN, counted, escape, in_words, shortened
from data_access.problems import NothingThere

BAND: Final = "Share that agree, of all votes, within"
LIKE: Final = "alike"


def themes(context: Context, idea: str) -> tuple[str, ...]:
    """Name the themes of an idea, in alphabetical order."""
    conversation = context.selection.conversation
    given = context.release.table("idea_themes", conversation).filter(pl.col("idea") == idea)
    names = context.release.table("votes_by_theme", conversation).select("theme", "name")
    return tuple(given.join(names, on="theme")["name"].sort())


def actions(context: Context, idea: str) -> None:
    """Show the actions of the plan that an idea is linked to as evidence; nothing where there is none."""
    try:
        links = context.result("plan_links")
    except NothingThere:
        return
    own = links.table.filter((pl.col("resolved") == idea) & (pl.col("kind") == "idea")).sort("action")
    if own.is_empty():
        return
    with st.container(border=True, key="idea-actions"):
        st.header(f"Evidence for {counted(own.height, 'action')} of the plan", anchor=False)
        for row in own.iter_rows(named=True):
            answer = f": {row['response']}" if row["response"] else ""
            why = f" – {row['response_text']}" if row["response_text"] else ""
            st.markdown(escape(f"Action {row['action']}{answer}{why}"))
        page_links.to(context, "plan", "The actions of the plan")


def regions(context: Context, idea: str) -> None:
    """Show in which band agreement lies in each region, where the idea is offered by region."""
    rows = context.release.table("region_by_idea", context.selection.conversation).filter(pl.col("idea") == idea)
    if rows.is_empty():
        return
    with st.container(border=True, key="idea-regions"):
        st.header("Agreement by region, in bands", anchor=False)
        rows = rows.sort("region")
        cells = {
            "Region": [escape(name) for name in rows["region"]],
            BAND: [escape(HIDDEN if band is None else band) for band in rows["agree_band"]],
        }
        scrollable(cells, "regions-", "Table: agreement with this idea by region")
        st.markdown(small(escape(f"Of all votes, passes too. {HIDDEN}: too few took part there to say.")))


def related(context: Context, ideas: Result, idea: str) -> None:
    """Show the ideas most like one idea, with the words they share, and how likeness is worked out."""
    conversation = context.selection.conversation
    texts, given = (context.release.table(name, conversation) for name in ("texts", "idea_themes"))
    found = related_ideas(texts.filter(pl.col("id") == pl.col("idea")), given, idea)
    if found.is_empty():
        return
    agree = dict(zip(ideas.table["idea"], text_table(ideas)[ideas.metric.column("agree_share").label], strict=True))
    params = params_from_selection(context.selection, context.choices)
    with st.container(border=True, key="idea-related"):
        st.header("Ideas like this one", anchor=False)
        for row in found.iter_rows(named=True):
            shares = f"both say: {row['shared']}" if row["shared"] else ""
            common = counted(row["themes"], "theme") + " in common" if row["themes"] else ""
            share = f"{agree[row['idea']]} agree" if row["idea"] in agree else ""
            told = " · ".join(part for part in (share, shares, common) if part)
            page_links.with_params("ideas", escape(f"Idea {row['idea']}"), {**params, "idea": row["idea"]})
            st.text(shortened(row["wording"], 160))
            st.markdown(small(escape(told)))
        st.markdown(small(escape(HOW)))


def complexity(elements: str) -> str:
    """Say that an idea touches several elements; '' for one or none."""
    names = elements.split("; ")
    return f"A complex idea: it touches {in_words(names)}." if len(names) > 1 else ""
