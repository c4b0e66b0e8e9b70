"""What moderators did and what became of every idea and vote."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

MODERATION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "moderation",
        "The moderation ledger in numbers: what moderators did, and the fate of every vote and comment.",
        {
            "conversation": pl.String,
            "subject": pl.String,
            "outcome": pl.String,
            "reason": pl.String,
            "count": pl.Int64,
        },
        key=("conversation", "subject", "outcome", "reason"),
        notes={
            "subject": "events, ideas, votes or comments; votes and comments each add up to those of closed days",
            "outcome": "events: the kind, or rejected; ideas: the state; votes and comments: counted, superseded, "
            "withheld, erased (people erased on request, once there are at least a threshold of them)",
            "reason": "empty where the outcome needs none; of a rejected event its kind and the rule it broke",
        },
    ),
    Table(
        "lineage",
        "What became of each idea: where it went and what was cast on it before it was merged.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "state": pl.String,
            "stands_as": pl.String,
            "reason": pl.String,
            "voters": pl.Int64,
            "agree": pl.Int64,
            "pass": pl.Int64,
            "disagree": pl.Int64,
        },
        key=("conversation", "idea"),
        notes={
            "stands_as": "id of the idea that carries its votes now; empty if none does",
            "voters": "as if the idea had never been moderated; every participant saw these totals. Empty for ideas "
            "never shown or never supplied: nobody saw theirs",
        },
    ),
)
