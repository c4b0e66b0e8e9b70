"""Votes by period: every range of closed weeks a reader can ask for."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

PERIOD_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "votes_by_period",
        "Votes cast in each range of closed weeks, with the value that stood at its end.",
        {
            "conversation": pl.String,
            "first_week": pl.Date,
            "last_week": pl.Date,
            "element": pl.String,
            "agree": pl.Int64,
            "pass": pl.Int64,
            "disagree": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "first_week", "last_week", "element"),
        measures=("agree", "pass", "disagree"),
        unit="participants who voted there in the period",
        notes={
            "first_week": "the Monday the period begins with",
            "last_week": "the Monday of its last week; only weeks that are over",
            "element": "in official order, then 'Not yet coded', then 'All ideas'; as ideas stood at the end",
            "agree": "a participant's vote on an idea counts once a period, with the latest value in it",
        },
    ),
)
