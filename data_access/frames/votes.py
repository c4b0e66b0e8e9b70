"""Votes, ideas and comments by idea, element and theme."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import BALANCE, MEASURED, Table

VOTE_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "votes_by_idea",
        "Votes on each idea that stands, every participant's latest vote, merged ideas together.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            **BALANCE,
            "comments": pl.Int64,
            "merged_from": pl.Int64,
            "is_seed": pl.Boolean,
        },
        key=("conversation", "idea"),
        notes={
            "idea": "the source's own id",
            "merged_from": "how many other ideas were merged into this one, 0 for none",
            "voters": "distinct participants; every participant saw these totals, so they are exact",
        },
    ),
    Table(
        "idea_elements",
        "Which People Promise elements an idea belongs to; an idea may belong to several or to none.",
        {"conversation": pl.String, "idea": pl.String, "element": pl.String},
        key=("conversation", "idea", "element"),
        notes={"element": "in official order; an idea without its own has those of the ideas merged into it"},
    ),
    Table(
        "idea_themes",
        "Which themes of the newest coding frame an idea was given.",
        {"conversation": pl.String, "idea": pl.String, "theme": pl.String},
        key=("conversation", "idea", "theme"),
    ),
    Table(
        "votes_by_element",
        "Ideas, comments and votes on each element of the People Promise, all seven and 'Not yet coded'.",
        {
            "conversation": pl.String,
            "element": pl.String,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "participants": pl.Int64,
            **BALANCE,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "element"),
        measures=("comments", "participants", *MEASURED),
        unit="participants who voted, commented or posted on an idea of the element",
        notes={
            "element": "in official order, 'Not yet coded' last",
            "ideas": "every participant saw them, so never hidden",
        },
    ),
    Table(
        "votes_by_theme",
        "Ideas, comments and votes on each theme of the newest coding frame, and 'Not yet coded'.",
        {
            "conversation": pl.String,
            "theme": pl.String,
            "name": pl.String,
            "element": pl.String,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "participants": pl.Int64,
            **BALANCE,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "theme"),
        measures=("comments", "participants", *MEASURED),
        unit="participants who voted, commented or posted on an idea of the theme",
        notes={"theme": "by code, 'Not yet coded' last", "comments": "on the ideas of the theme"},
    ),
)
