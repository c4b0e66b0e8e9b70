"""Where each idea comes from and where it went, and totals that sources supplied instead of votes."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

LINEAGE_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "idea_origins",
        "Where each idea comes from and what replaced it: the lineage export, with `lineage` and `texts`.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "posted_week": pl.Date,
            "is_seed": pl.Boolean,
            "reject_reason": pl.String,
            "has_note": pl.Boolean,
            "edited_from": pl.String,
            "replaced_by": pl.String,
        },
        key=("conversation", "idea"),
        notes={
            "idea": "every idea that was supplied or that a moderator made, whatever became of it",
            "posted_week": "the Monday of the week it was posted; empty until that week is over, and where fewer than "
            "k people took part in it",
            "reject_reason": "of an idea that is removed now: the moderators' own reason, from their list",
            "has_note": "whether a moderator left a note on the removal; the note stays in the vault",
            "edited_from": "of a part: the idea that was split",
            "replaced_by": "ids joined by |: what it was merged into, or the parts it was split into",
        },
    ),
    Table(
        "supplied_votes_by_idea",
        "Totals of ideas that a source counted itself and supplied without votes, each as the range it must lie in.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "source": pl.String,
            "parts": pl.Int64,
            "agree_low": pl.Int64,
            "agree_high": pl.Int64,
            "pass_low": pl.Int64,
            "pass_high": pl.Int64,
            "disagree_low": pl.Int64,
            "disagree_high": pl.Int64,
        },
        key=("conversation", "idea"),
        notes={
            "idea": "an idea that stands and for which, or for one merged into it, a source supplied totals",
            "source": "who counted; several joined by '; '",
            "parts": "how many totals the range is made of: the idea's own and those of the ideas merged into it",
            "agree_low": "the largest of the parts: they are so many at least. Empty where a source does not count it",
            "agree_high": "their sum: nobody agreed with two. The same as agree_low where there is one part",
        },
    ),
)
