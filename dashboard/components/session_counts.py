"""The points of one session, counted by question and by theme."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.components.result_table import scrollable
from dashboard.context import Context
from dashboard.metrics.feedback_by_question import NO_QUESTION
from dashboard.results import Result
from dashboard.wording import counted, escape, number
from data_access.vocabulary import NOT_CODED, FeedbackMoment


def show(context: Context, points: Result) -> None:
    """Show two tables: points by question and points by theme. Notes on the session itself are in neither."""
    on_subject = points.table.filter(pl.col("given") != FeedbackMoment.ABOUT_SESSION)
    if on_subject.is_empty():
        return
    with st.grid(2, min_column_width=320, gap="small", key="session-counts"):
        questions = on_subject.with_columns(pl.col("question").replace("", None).fill_null(NO_QUESTION))
        _counted("By question", "Question", _tally(questions["question"]))
        _counted("By theme", "Theme", _themes(context, on_subject))


def _tally(values: pl.Series) -> list[tuple[str, int]]:
    """Count values, most first, then in the order they came."""
    frame = pl.DataFrame({"value": values}).with_row_index("at")
    counts = frame.group_by("value").agg(pl.len(), pl.col("at").min()).sort(["len", "at"], descending=[True, False])
    return list(counts.select("value", "len").iter_rows())


def _themes(context: Context, points: pl.DataFrame) -> list[tuple[str, int]]:
    """Count the points of each theme of the newest frame; one point may have several, or none yet."""
    conversation = context.selection.conversation
    coded = context.release.table("item_themes", conversation).filter(pl.col("kind") == "feedback")
    names = context.release.table("coding_frame", conversation).filter("is_newest").select("theme", "name")
    own = points.join(coded, left_on="point", right_on="item").join(names, on="theme", how="left")
    found = _tally(own.sort("point", "theme").select(pl.coalesce("name", "theme"))["name"])
    without = points.height - own["point"].n_unique()
    return [*found, *([(NOT_CODED, without)] if without else [])]


def _counted(title: str, label: str, rows: list[tuple[str, int]]) -> None:
    noun, found = label.lower(), [name for name, _ in rows if name not in (NOT_CODED, NO_QUESTION)]
    with st.container(border=True, key=f"session-by-{noun}"):
        st.header(f"{title}: {counted(len(found), noun)}" if found else f"{title}: none yet", anchor=False)
        cells = {label: [escape(name) for name, _ in rows], "Feedback points": [number(count) for _, count in rows]}
        scrollable(cells, f"session-{noun}-w1_n2_", f"Table: points {title.lower()}")
