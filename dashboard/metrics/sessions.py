"""The live sessions and how much feedback each left."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, number, shortened

METRIC = Metric(
    key="sessions",
    title="Live sessions and the feedback they left",
    question="Which sessions took place, and how much was said?",
    cells=("sessions", "session_attendance"),
    columns=(
        Column("session", "Session number"),
        Column("title", "Session"),
        Column("held_on", "Date", "date"),
        Column("kind", "Kind"),
        Column("element", "Element", absent="[z]"),
        Column("region", "Region", absent="[z]"),
        Column("host_roles", "Hosts"),
        Column("attended", "Came", "count", "people"),
        Column("points", "Feedback points", "count", "feedback points"),
        Column("points_afterwards", "Of them added afterwards", "count", "feedback points"),
        Column("points_about", "Notes on the session itself", "count", "notes"),
    ),
    chart=Chart(kind="bar", category="title", values=("points",)),
    measure="Feedback points of each session, in order of date",
    numerator="Notes taken in the session and added afterwards; notes on the session itself are counted apart",
    denominator="None: these are counts",
    interval="None: every note is counted",
    source="The register of sessions and the notes taken in them",
    caveat="A feedback point is one note, not one person: several notes may come from one person and one note from "
    "several. Sessions and the online conversation are not summed. Many hosts do not count who came",
    row=("session", "sessions"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a session of the selection, in order of date; `attended` is null where nobody counted."""
    sessions = cells["sessions"]
    if selection.element is not None:
        sessions = sessions.filter(pl.col("element") == selection.element)
    came = cells["session_attendance"].select("session", "attended", "is_hidden")
    return (
        sessions.join(came, on="session", how="left")
        .with_columns(
            pl.col("host_roles").str.split("|").list.join(", "),
            pl.col("points_afterwards", "points_about").fill_null(0),
            pl.col("is_hidden").fill_null(value=False),
        )
        .sort(["held_on", "session"], nulls_last=True)
        .select(*(column.name for column in METRIC.columns), "is_hidden")
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many points the sessions left and which left most."""
    if table.is_empty():
        return "There were no sessions here."
    total = f"{counted(table.height, 'session')} left {counted(table['points'].sum(), 'feedback point')}"
    top = table.filter(pl.col("points") == table["points"].max())
    if table.height == 1 or top.height > 1:
        return f"{total}."
    return f"{total}; ‘{shortened(top['title'].item(), 60)}’ left the most ({number(top['points'].item())})."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of feedback points."""
    return counted(table["points"].sum(), "feedback point")
