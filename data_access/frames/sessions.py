"""Live events, what was asked in them and how much was answered."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

SESSION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "sessions",
        "Live events, where their material is, and how many feedback points each left.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "kind": pl.String,
            "title": pl.String,
            "element": pl.String,
            "region": pl.String,
            "held_on": pl.Date,
            "host_roles": pl.String,
            "recording_link": pl.String,
            "slides_link": pl.String,
            "notes_link": pl.String,
            "input_link": pl.String,
            "points": pl.Int64,
            "points_afterwards": pl.Int64,
            "points_about": pl.Int64,
        },
        key=("conversation", "session"),
        notes={
            "kind": "big conversation, or regional group",
            "region": "of a regional group",
            "points": "notes taken in the session and those added afterwards; notes have no participants, so they are "
            "counted exactly",
            "points_afterwards": "those of them that were added afterwards",
            "points_about": "notes on the session itself; not among the points",
            "recording_link": "links beginning with http:// or https:// only",
        },
    ),
    Table(
        "session_attendance",
        "How many came to each live event where that was counted.",
        {"conversation": pl.String, "session": pl.String, "attended": pl.Int64, "is_hidden": pl.Boolean},
        key=("conversation", "session"),
        measures=("attended",),
        unit="people who came, as the hosts counted them",
        notes={"session": "sessions that nobody counted are not here; each stands for itself, and no total is given"},
    ),
    Table(
        "session_points",
        "Every feedback point: its session, its question and its place. The words stand in texts, under the same id.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "point": pl.String,
            "question": pl.String,
            "given": pl.String,
            "place": pl.Int64,
        },
        key=("conversation", "session", "point"),
        notes={
            "given": "in the session, afterwards, or about the session itself",
            "place": "counted from 1 within the session, in the order the points were written down",
        },
    ),
    Table(
        "feedback_by_question",
        "Feedback points of each session under each question that was asked.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "question": pl.String,
            "points": pl.Int64,
        },
        key=("conversation", "session", "question"),
        notes={"points": "those given in the session and afterwards; notes on the session itself are not among them"},
    ),
)
