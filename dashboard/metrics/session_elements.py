"""The seven sessions side by side: what was held on each element of the People Promise, and what it left."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._elements import name_in_sentence
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, day, in_words, number
from data_access.vocabulary import ELEMENTS, FeedbackMoment

METRIC = Metric(
    key="session_elements",
    title="The seven sessions side by side",
    question="What did the session on each element leave behind?",
    cells=("sessions", "session_points"),
    columns=(
        Column("element", "Element"),
        Column("sessions", "Sessions", "count", "sessions"),
        Column("dates", "Held on", absent="[z]"),
        Column("questions", "Questions asked", "count", "questions"),
        Column("points", "Feedback points", "count", "feedback points"),
        Column("points_afterwards", "Of them added afterwards", "count", "feedback points"),
        Column("points_about", "Notes on the session itself", "count", "notes"),
    ),
    chart=Chart(kind="bar", category="element", values=("points",)),
    measure="Feedback points of the sessions on each element",
    numerator="Notes taken in the sessions on the element, and added afterwards",
    denominator="None: these are counts",
    interval="None: every note is counted",
    source="The register of sessions and the notes taken in them",
    caveat="Sessions differ in length, hosts and how notes were taken, so more points do not mean that an element "
    "matters more. Sessions on no element, such as regional groups, are not here",
    row=("element", "elements"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row an element, in People Promise order, at nought too."""
    sessions = cells["sessions"].filter(pl.col("element").is_not_null())
    asked = cells["session_points"].filter(
        (pl.col("question") != "") & (pl.col("given") != FeedbackMoment.ABOUT_SESSION)
    )
    questions = asked.join(sessions.select("session", "element"), on="session")
    counts = (
        sessions.sort("held_on", "session", nulls_last=True)
        .group_by("element", maintain_order=True)
        .agg(
            sessions=pl.len().cast(pl.Int64),
            dates=pl.col("held_on").drop_nulls().map_elements(day, return_dtype=pl.String).str.join(", "),
            points=pl.col("points").sum(),
            points_afterwards=pl.col("points_afterwards").fill_null(0).sum(),
            points_about=pl.col("points_about").fill_null(0).sum(),
        )
    )
    distinct = questions.group_by("element").agg(questions=pl.col("question").n_unique().cast(pl.Int64))
    wanted = [selection.element] if selection.element is not None else list(ELEMENTS)
    every = pl.DataFrame({"element": [name for name in ELEMENTS if name in wanted]}, schema={"element": pl.String})
    joined = every.join(counts, on="element", how="left", maintain_order="left").join(
        distinct, on="element", how="left", maintain_order="left"
    )
    numbers = [column.name for column in METRIC.columns if column.kind == "count"]
    return joined.with_columns(pl.col(numbers).fill_null(0)).select(column.name for column in METRIC.columns)


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many elements had a session, and which had none."""
    held = table.filter(pl.col("sessions") > 0)
    if held.is_empty():
        return "No session on an element of the People Promise is published here."
    if table.height == 1:
        name = name_in_sentence(table["element"][0])
        return f"{counted(table['sessions'][0], 'session')} on {name} left {counted(table['points'][0], 'point')}."
    without = table.filter(pl.col("sessions") == 0)["element"].to_list()
    if without:
        return f"{held.height} of {table.height} elements had a session; none was held on {in_words(without)}."
    top = table.filter(pl.col("points") == table["points"].max())
    most = (
        f"; {name_in_sentence(top['element'][0])} left the most ({number(top['points'][0])})" if top.height == 1 else ""
    )
    total = counted(int(table["points"].sum()), "feedback point")
    return f"Each of the {table.height} elements had its session: {total} in all{most}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of sessions and points."""
    sessions = counted(int(table["sessions"].sum()), "session")
    return f"{counted(int(table['points'].sum()), 'feedback point')} in {sessions}"
