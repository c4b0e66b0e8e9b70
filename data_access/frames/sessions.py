"""Live events and their feedback points."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

SESSION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "sessions",
        "Live events and how many feedback points each left.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "kind": pl.String,
            "title": pl.String,
            "element": pl.String,
            "held_on": pl.Date,
            "host_roles": pl.String,
            "points": pl.Int64,
        },
        key=("conversation", "session"),
        notes={"points": "notes have no participants, so they are counted exactly"},
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
    ),
)
