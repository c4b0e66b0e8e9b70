"""What was asked in the sessions, and how many feedback points answered it."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number, shortened

METRIC = Metric(
    key="feedback_by_question",
    title="What was asked in the sessions",
    question="Which questions drew the most feedback?",
    cells=("feedback_by_question", "sessions"),
    columns=(
        Column("question", "Question"),
        Column("sessions", "Sessions that asked it", "count", "sessions"),
        Column("points", "Feedback points", "count", "feedback points"),
    ),
    chart=Chart(kind="bar", category="question", values=("points",), limit=12),
    measure="Feedback points under each question, over the sessions that asked it",
    numerator="Notes taken in answer to the question",
    denominator="None: these are counts",
    interval="None: every note is counted",
    source="The notes taken in the sessions",
    caveat="A question asked in more sessions draws more points; the table says in how many it was asked",
    row=("question", "questions"),
)

NO_QUESTION = "Without a question"


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a question of the selection, most points first, then in alphabetical order."""
    sessions = cells["sessions"]
    if selection.element is not None:
        sessions = sessions.filter(pl.col("element") == selection.element)
    return (
        cells["feedback_by_question"]
        .join(sessions, on="session", how="semi")
        .with_columns(pl.col("question").replace("", NO_QUESTION).fill_null(NO_QUESTION))
        .group_by("question")
        .agg(pl.col("session").n_unique().cast(pl.Int64).alias("sessions"), pl.col("points").sum())
        .sort(["points", "question"], descending=[True, False])
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Quote the question with the most points, and say how many drew as many."""
    if table.is_empty():
        return "There is no feedback from sessions here."
    top = table.row(0, named=True)
    points, question = counted(top["points"], "point"), f"‘{shortened(top['question'], 70)}’"
    others = table.filter(pl.col("points") == top["points"]).height - 1
    if others:
        return f"{question} and {counted(others, 'more question')} each drew the most feedback: {points}."
    return f"{question} drew the most feedback: {points}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of feedback points and questions."""
    return f"{number(table['points'].sum())} feedback points under {counted(table.height, 'question')}"
