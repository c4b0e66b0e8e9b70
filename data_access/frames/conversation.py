"""What is known of a conversation as a whole, day by day, and in its words."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

CONVERSATION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "conversations",
        "The conversations of this release and the rules each is published by.",
        {
            "conversation": pl.String,
            "title": pl.String,
            "source": pl.String,
            "opens_on": pl.Date,
            "closes_on": pl.Date,
            "data_to": pl.Date,
            "timezone": pl.String,
            "threshold": pl.Int64,
            "moderation_mode": pl.String,
            "has_pass": pl.Boolean,
            "has_places": pl.Boolean,
            "is_demo": pl.Boolean,
            "imports": pl.Int64,
            "rows": pl.Int64,
        },
        key=("conversation",),
        notes={
            "data_to": "last closed day the release counts",
            "has_places": "whether participants carry a region or a staff group",
            "rows": "rows read from the imported files of this conversation, all tables together",
        },
    ),
    Table(
        "totals",
        "Totals of a conversation, one row a measure.",
        {"conversation": pl.String, "measure": pl.String, "count": pl.Int64, "is_hidden": pl.Boolean},
        key=("conversation", "measure"),
        measures=("count",),
        unit="participants, where the measure counts people",
        notes={
            "measure": "registered, signed_in, voters, commenters, contributors, participants (people); "
            "ideas, comments, votes, sessions, feedback_points (things, never hidden); registered and signed_in "
            "are absent where the source does not say",
        },
    ),
    Table(
        "activity_by_day",
        "What happened on each closed day of the conversation, in its own time zone.",
        {
            "conversation": pl.String,
            "day": pl.Date,
            "participants": pl.Int64,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "votes": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "day"),
        measures=("participants", "ideas", "comments", "votes"),
        unit="participants who did something that day",
        notes={
            "votes": "one per participant and idea, as ideas stood at the end of that day",
            "day": "every day from the first to the last with activity, quiet days at 0",
        },
    ),
    Table(
        "words",
        "Words that at least a threshold of participants used in ideas and comments.",
        {"conversation": pl.String, "word": pl.String, "used_by_at_least": pl.Int64},
        key=("conversation", "word"),
        notes={"used_by_at_least": "lower bound of a step (k, 2k, 5k, 10k, 20k participants), never the count itself"},
    ),
    Table(
        "texts",
        "Released wordings. An erasure or a later removal blanks them in every release.",
        {
            "conversation": pl.String,
            "kind": pl.String,
            "id": pl.String,
            "idea": pl.String,
            "title": pl.String,
            "text": pl.String,
            "is_held_back": pl.Boolean,
        },
        key=("conversation", "kind", "id"),
        is_text=True,
        notes={
            "kind": "idea, comment, feedback; of a session its introduction, key themes and actions agreed",
            "idea": "the idea a comment stands under now; the session of what was written of one; the idea itself",
            "is_held_back": "a personal-detail check flagged it; wording empty until a person approves it",
        },
    ),
)
