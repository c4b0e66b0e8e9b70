"""The moderation ledger in numbers: every event, idea, vote and comment, and what became of it."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.personal_details import name_shown
from data_access.publishing.fates import FATES, REASONS
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally
from data_access.vocabulary import EventKind, Fate

REJECTED: Final = "rejected"
ERASED: Final = "erased"
ON_REQUEST: Final = "on request"
MERGED_COMMENT: Final = "merged into another comment"
_REASON_NAMES: Final = dict(enumerate(map(str, REASONS)))


def moderation(ground: Ground) -> pl.DataFrame:
    """Count outcomes by subject.

    Out:  subject (events, ideas, votes, comments), outcome, reason ('' where it needs none), count. The counts of
          votes add up to the votes cast on closed days, those of comments to the comments.
    """
    parts = [_events(ground), _ideas(ground), _comments(ground)]
    rows = pl.concat([part.select("subject", "outcome", "reason") for part in parts])
    found = rows.group_by("subject", "outcome", "reason").agg(count=pl.len().cast(pl.Int64)).collect()
    return pl.concat([found, _votes(ground), _erased(ground)]).sort("subject", "outcome", "reason")


def _erased(ground: Ground) -> pl.DataFrame:
    """Count what went with people who asked to be erased; nothing is said of fewer than k people."""
    erased = ground.material.erased
    is_enough = erased.get("people", 0) >= ground.facts.threshold
    found = [(subject, erased[subject]) for subject in ("comments", "votes") if is_enough and erased[subject]]
    return pl.DataFrame(
        {
            "subject": [subject for subject, _ in found],
            "outcome": [ERASED] * len(found),
            "reason": [ON_REQUEST] * len(found),
            "count": [count for _, count in found],
        },
        schema={"subject": pl.String, "outcome": pl.String, "reason": pl.String, "count": pl.Int64},
    )


def _events(ground: Ground) -> pl.LazyFrame:
    """Applied events by kind and the moderators' own reason; rejected ones by kind and rule."""
    outcomes = pl.concat([ground.resolution.ideas.outcomes, ground.resolution.comments.outcomes])
    known = pl.col("kind").is_in([str(kind) for kind in EventKind])
    why = pl.when(known).then(pl.concat_str("kind", pl.lit(": "), "rejection")).otherwise("rejection")
    return outcomes.lazy().select(
        subject=pl.lit("events"),
        outcome=pl.when(pl.col("rejection").is_null()).then("kind").otherwise(pl.lit(REJECTED)),
        reason=pl.when(pl.col("rejection").is_null())
        .then(name_shown("reason", ground.material.decisions))
        .otherwise(why),
    )


def _ideas(ground: Ground) -> pl.LazyFrame:
    known = ground.ideas.lazy().select("idea")
    return (
        ground.now.lazy()
        .join(known, on="idea", how="semi")
        .select(subject=pl.lit("ideas"), outcome="state", reason=_reason_name())
    )


def _votes(ground: Ground) -> pl.DataFrame:
    fates = {place: str(fate) for place, fate in enumerate(FATES)}
    outcome = pl.col("fate").replace_strict(fates, return_dtype=pl.String)
    return tally(ground, "fates").select(
        subject=pl.lit("votes"), outcome=outcome, reason=_reason_name(), count=pl.col("votes").cast(pl.Int64)
    )


def _comments(ground: Ground) -> pl.LazyFrame:
    is_counted = pl.col("root").is_not_null()
    merged = pl.when(pl.col("is_merged")).then(pl.lit(MERGED_COMMENT)).otherwise(pl.lit(""))
    return ground.comments.lazy().select(
        subject=pl.lit("comments"),
        outcome=pl.when(is_counted).then(pl.lit(str(Fate.COUNTED))).otherwise(pl.lit(str(Fate.WITHHELD))),
        reason=pl.when(is_counted).then(merged).otherwise(_reason_name()),
    )


def _reason_name() -> pl.Expr:
    return pl.col("reason").replace_strict(_REASON_NAMES, default="", return_dtype=pl.String)
