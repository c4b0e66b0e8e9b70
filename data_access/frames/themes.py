"""Coding: versions of the frame, what was coded in each source, how far coders agree, and themes beside others.

Tables that cross themes with elements, weeks or other themes name their columns `of_theme`, `and_element` and the
like: their rows are parts of slices, not slices of their own.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

_CROSSED: Final = "participants who voted, commented or posted on the ideas counted"

CODING_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "coding_frame",
        "Every version of the coding frame, and how many posts were given each theme in it, as they were coded then.",
        {
            "conversation": pl.String,
            "frame_version": pl.Int64,
            "theme": pl.String,
            "name": pl.String,
            "element": pl.String,
            "parent": pl.String,
            "definition": pl.String,
            "is_newest": pl.Boolean,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "feedback_points": pl.Int64,
        },
        key=("conversation", "frame_version", "theme"),
        notes={"ideas": "posts coded in this version, whatever became of them since; not those of other versions"},
    ),
    Table(
        "theme_paths",
        "What each theme of each version of the frame has become in the newest one.",
        {
            "conversation": pl.String,
            "from_version": pl.Int64,
            "from_theme": pl.String,
            "to_theme": pl.String,
            "state": pl.String,
            "items": pl.Int64,
        },
        key=("conversation", "from_version", "from_theme", "to_theme"),
        notes={
            "to_theme": "empty where no theme covers it any more",
            "state": "newest, kept, re-mapped or not mappable",
            "items": "posts whose codes that count were given in this version",
        },
    ),
    Table(
        "item_themes",
        "Which themes of the newest frame each idea, comment and feedback point that is shown has.",
        {
            "conversation": pl.String,
            "kind": pl.String,
            "item": pl.String,
            "theme": pl.String,
            "basis": pl.String,
        },
        key=("conversation", "kind", "item", "theme"),
        notes={
            "kind": "idea, comment or feedback",
            "basis": "people, or accepted suggestion where nobody coded the post without one",
        },
    ),
    Table(
        "coded_by_source",
        "How many ideas, comments and feedback points have each theme, and how many are not yet coded.",
        {
            "conversation": pl.String,
            "source": pl.String,
            "theme": pl.String,
            "items": pl.Int64,
            "accepted": pl.Int64,
        },
        key=("conversation", "source", "theme"),
        notes={
            "source": "ideas, comments or feedback points; never summed",
            "theme": "by code, 'Not yet coded' last",
            "accepted": "of these, by an accepted suggestion",
        },
    ),
    Table(
        "suggested_codes",
        "Posts that are not yet coded and that a suggestion would give a theme: suggested, not confirmed by anybody.",
        {"conversation": pl.String, "source": pl.String, "theme": pl.String, "items": pl.Int64},
        key=("conversation", "source", "theme"),
        notes={"items": "a machine's guess, counted nowhere else"},
    ),
    Table(
        "coder_decisions",
        "Posts that two coders coded in the same version: what both decided on each theme.",
        {
            "conversation": pl.String,
            "frame_version": pl.Int64,
            "theme": pl.String,
            "both": pl.Int64,
            "only_first": pl.Int64,
            "only_second": pl.Int64,
            "neither": pl.Int64,
        },
        key=("conversation", "frame_version", "theme"),
        notes={"both": "posts, pairs of coders taken together; coders in alphabetical order, unnamed"},
    ),
    Table(
        "coder_overlaps",
        "Posts that two coders coded in the same version: how many themes each gave and how many they shared.",
        {
            "conversation": pl.String,
            "frame_version": pl.Int64,
            "given_first": pl.Int64,
            "given_second": pl.Int64,
            "shared": pl.Int64,
            "items": pl.Int64,
        },
        key=("conversation", "frame_version", "given_first", "given_second", "shared"),
    ),
    Table(
        "themes_by_element",
        "Ideas of each theme by the element they belong to.",
        {
            "conversation": pl.String,
            "of_theme": pl.String,
            "and_element": pl.String,
            "ideas": pl.Int64,
            "participants": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "of_theme", "and_element"),
        measures=("participants",),
        unit=_CROSSED,
        notes={"ideas": "every participant saw them, so never hidden", "and_element": "'Not yet coded' for none"},
    ),
    Table(
        "theme_pairs",
        "Ideas that have two themes, each pair once.",
        {
            "conversation": pl.String,
            "of_theme": pl.String,
            "and_theme": pl.String,
            "ideas": pl.Int64,
            "participants": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "of_theme", "and_theme"),
        measures=("participants",),
        unit=_CROSSED,
        notes={"and_theme": "the later of the two by code", "ideas": "distinct ideas; never hidden"},
    ),
    Table(
        "themes_by_week",
        "Ideas, comments and votes that count now on each theme, by the closed week they came in.",
        {
            "conversation": pl.String,
            "of_theme": pl.String,
            "in_week": pl.Date,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "votes": pl.Int64,
            "participants": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "of_theme", "in_week"),
        measures=("ideas", "comments", "votes", "participants"),
        unit="participants who voted, commented or posted on an idea of the theme that week",
        notes={"in_week": "the Monday it begins with; every closed week with anything in it, quiet themes at 0"},
    ),
)
