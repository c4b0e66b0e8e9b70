"""Every feedback point of the sessions, word for word, under the question it answers."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="session_points",
    title="Feedback points of the sessions",
    question="What was said in the sessions, in people's own words?",
    cells=("session_points", "sessions", "texts"),
    columns=(
        Column("session", "Session number"),
        Column("question", "Question", absent="[z]"),
        Column("given", "Given"),
        Column("wording", "Feedback point"),
        Column("point", "Number of the point"),
    ),
    chart=Chart(kind="none", category="wording"),
    measure="Feedback points, session by session, in the order they were written down",
    numerator="Each note taken in a session, added afterwards, or written about the session itself",
    denominator="None: this is a list",
    interval="None: nothing is estimated",
    source="The notes taken in the sessions",
    caveat="A point is one note, not one person. Points that may hold a personal detail are held back until somebody "
    "has looked at them",
    row=("feedback point", "feedback points"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a point whose words are released, by date of the session and place in it."""
    sessions = cells["sessions"]
    if selection.element is not None:
        sessions = sessions.filter(pl.col("element") == selection.element)
    worded = cells["texts"].filter((pl.col("kind") == "feedback") & (pl.col("text") != ""))
    return (
        cells["session_points"]
        .join(sessions.select("session", "held_on"), on="session")
        .join(worded.select(point="id", wording="text"), on="point")
        .sort("held_on", "session", "place", "point", nulls_last=True)
        .select(column.name for column in METRIC.columns)
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many points can be read."""
    if table.is_empty():
        return "There is no feedback from sessions to read here."
    verb_ = verb(table.height, "is", "are")
    return (
        f"{counted(table.height, 'feedback point')} of {counted(table['session'].n_unique(), 'session')} {verb_} here."
    )


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of points."""
    return counted(table.height, "feedback point")


def notes(cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many points are held back."""
    held = cells["texts"].filter((pl.col("kind") == "feedback") & pl.col("is_held_back")).height
    told = (
        f"{counted(held, 'feedback point')} {verb(held, 'is', 'are')} held back until somebody has looked at the words."
    )
    return (told,) if held else ()
