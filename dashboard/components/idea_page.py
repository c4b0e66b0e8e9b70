"""One idea: its released wording, how people voted, what it was merged from, and the comments on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl
import streamlit as st

from dashboard.components import files, idea_beside, idea_weeks
from dashboard.components.result_table import scrollable
from dashboard.components.small_print import small, stamp_line
from dashboard.context import Context
from dashboard.results import Result, text_table
from dashboard.wording import counted, day, escape, number, per_cent
from data_access.vocabulary import IdeaState

COMMENTS: Final = 20
SHORT: Final = {"net": "Net"}
FIGURES: Final = ("voters", "agree", "pass", "disagree", "net", "agree_share")


def show(context: Context, ideas: Result, idea: str, *, back: Callable[[], None]) -> None:
    """Show one idea of the selection in full, or say that it is not among them."""
    st.button("Back to all ideas", on_click=back, key="idea-back")
    one = replace(ideas, table=ideas.table.filter(pl.col("idea") == idea))
    if one.is_empty:
        st.header("This idea is not among those shown", anchor=False)
        st.markdown("It may belong to another element, have been merged or removed, or never have existed.")
        return
    row = one.table.row(0, named=True)
    with st.container(border=True, key="idea-detail"):
        st.header(f"Idea {escape(idea)}", anchor=False)
        st.text(row["wording"])
        st.markdown(small(escape(f"{row['elements']} · {_support(row)}")))
        for line in _places(context, idea, str(row["elements"])):
            st.markdown(small(escape(line)))
        _figures(one)
        files.offer(context, one)
        st.markdown(small(stamp_line(one.stamp)))
    idea_weeks.show(context, idea)
    idea_beside.actions(context, idea)
    _merged(context, idea)
    idea_beside.regions(context, idea)
    _comments(context, idea)
    idea_beside.related(context, ideas, idea)


def _places(context: Context, idea: str, elements: str) -> list[str]:
    """Say where an idea stands among others: themes, elements, ranks, and how many of those who could have voted."""
    themes = idea_beside.themes(context, idea)
    found = [f"{'Theme' if len(themes) == 1 else 'Themes'}: {'; '.join(themes)}"] if themes else []
    found += [idea_beside.complexity(elements)] if idea_beside.complexity(elements) else []
    top = context.result("top_ideas").table.with_row_index("place", offset=1)
    ranked = top.filter(pl.col("idea") == idea)
    if ranked.height:
        row = ranked.row(0, named=True)
        found.append(
            f"Rank {row['place']} of {top.height} by surest agreement; chance alone could place it from "
            f"{row['best_rank']} to {row['worst_rank']}"
        )
    reached = context.result("late_ideas").table.filter(pl.col("idea") == idea)
    if reached.height:
        row = reached.row(0, named=True)
        found.append(
            f"Posted in the week of {day(row['posted_week'])}: {per_cent(row['reach'])} of the "
            f"{number(row['could_vote'])} participants who could have voted on it did"
        )
    return found


def _support(row: dict[str, object]) -> str:
    share, low, high = (row[name] for name in ("agree_share", "agree_low", "agree_high"))
    if not (isinstance(share, float) and isinstance(low, float) and isinstance(high, float)):
        return str(row["supplied"] or "nobody has agreed or disagreed yet")
    interval = f"95% interval {per_cent(low)} to {per_cent(high)}"
    return f"{per_cent(share)} of those for or against agree ({interval})"


def _figures(one: Result) -> None:
    table = text_table(one)
    with st.grid(min_column_width=120, border=True, key="figures-idea"):
        for name in FIGURES:
            label = one.metric.column(name).label
            st.metric(SHORT.get(name, label), escape(table[label].item()))


def _merged(context: Context, idea: str) -> None:
    lineage = context.release.table("lineage", context.selection.conversation)
    parts = lineage.filter((pl.col("stands_as") == idea) & (pl.col("state") == IdeaState.MERGED)).sort("idea")
    if parts.is_empty():
        return
    with st.container(border=True, key="idea-merged"):
        were = counted(parts.height, "other idea")
        st.header(f"{were.capitalize()} merged into this one", anchor=False)
        st.markdown("Votes as they stood on each before. A person who voted on several counts once above.")
        parts = pl.concat([lineage.filter(pl.col("idea") == idea), parts])
        cells = {"Idea number": [escape(part) + (", this one" if part == idea else "") for part in parts["idea"]]}
        cells |= {name.capitalize(): _numbers(parts[name]) for name in ("voters", "agree", "pass", "disagree")}
        scrollable(cells, "merged-n2_n3_n4_n5_", "Table: votes on the ideas that were merged")


def _numbers(values: pl.Series) -> list[str]:
    return [r"\[z\]" if value is None else number(value) for value in values]


def _comments(context: Context, idea: str) -> None:
    texts = context.release.table("texts", context.selection.conversation)
    said = texts.filter((pl.col("kind") == "comment") & (pl.col("idea") == idea)).sort("id")
    held = said.filter(pl.col("is_held_back")).height
    shown = said.filter(~pl.col("is_held_back") & (pl.col("text") != ""))
    with st.container(border=True, key="idea-comments"):
        to_read = f"{counted(shown.height, 'comment')} to read" if shown.height else "No comments to read"
        st.header(to_read.capitalize(), anchor=False)
        if held:
            st.markdown(f"{counted(held, 'comment')} held back until somebody has checked for personal details.")
        whole = st.toggle(f"Show all {shown.height}", key="all-comments") if shown.height > COMMENTS else True
        for text in shown["text"] if whole else shown["text"].head(COMMENTS):
            st.text(f"“{text}”")
