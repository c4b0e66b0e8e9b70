"""Totals of a conversation, and the facts printed with every number."""

from __future__ import annotations

import polars as pl

from data_access.publishing.by_slice import of_everything
from data_access.publishing.ground import Ground
from data_access.publishing.tallying import tally


def totals(ground: Ground) -> pl.DataFrame:
    """Count people and things of a conversation.

    Out:  measure, count. People, each once: voters (with a vote that counts), commenters (with a comment that
          stands), contributors (with an idea or a comment that stands, merged or not), participants (any of
          these), registered and signed_in (absent where the source does not say). Things: ideas that stand,
          comments and votes that count, sessions, feedback_points.
    """
    commenters = ground.standing_comments.select(participant="author")
    posters = ground.carried_ideas.select(participant="author")
    counts = {
        **_at_the_door(ground),
        "voters": of_everything(ground, "voters"),
        "commenters": _people(commenters),
        "contributors": _people(pl.concat([commenters, posters])),
        "participants": of_everything(ground, "participants"),
        "ideas": ground.live.height,
        "comments": ground.standing_comments.select(pl.len()).collect().item(),
        "votes": int(tally(ground, "by_idea")["voters"].sum()),
        "sessions": ground.material.sessions.height,
        "feedback_points": ground.material.feedback.height,
    }
    return pl.DataFrame(
        {"measure": list(counts), "count": list(counts.values())}, schema={"measure": pl.String, "count": pl.Int64}
    ).sort("measure")


def conversation_facts(ground: Ground, imports: pl.DataFrame) -> pl.DataFrame:
    """Give one row: the conversation, its rules, how far its data go and what was read for it."""
    facts = ground.facts
    people = ground.material.participants
    has_places = people.select((pl.col("region").is_not_null() | pl.col("staff_group").is_not_null()).any()).item()
    return pl.DataFrame(
        {
            "title": [facts.title],
            "source": [facts.source],
            "opens_on": [facts.opens_on],
            "closes_on": [facts.closes_on],
            "data_to": [ground.material.data_to],
            "timezone": [facts.timezone],
            "threshold": [facts.threshold],
            "moderation_mode": [str(facts.moderation_mode)],
            "has_pass": [facts.has_pass],
            "has_places": [bool(has_places)],
            "is_demo": [facts.is_demo],
            "imports": [imports.height],
            "rows": [imports["rows"].sum()],
        }
    )


def _at_the_door(ground: Ground) -> dict[str, int]:
    people = ground.material.participants
    said = {"registered": "registered_at_ms", "signed_in": "signed_in_at_ms"}
    return {
        measure: people.filter(f"is_{measure}").height
        for measure, column in said.items()
        if people[column].null_count() < people.height
    }


def _people(frame: pl.LazyFrame) -> int:
    return int(frame.drop_nulls().select(pl.col("participant").n_unique()).collect().item())
