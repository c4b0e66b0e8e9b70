"""Tables of words: ideas, comments and notes as they may be shown, and the live events they come from."""

from __future__ import annotations

import polars as pl

from data_access.disclosure.personal_details import name_shown, wording_shown
from data_access.publishing.ground import Ground


def texts(ground: Ground) -> pl.DataFrame:
    """Give the wording of every idea and comment that stands, and of every note, after the personal-detail check.

    Out:  kind (idea, comment, feedback), id, idea (where it stands now; the session of a note), title, text,
          is_held_back. No author, place or time.
    """
    live = ground.live.select("idea", root_id="id")
    ideas = ground.ideas.join(live, on="idea").select(_kind("idea"), "id", _under("root_id"), *_WORDING)
    comments = (
        ground.comments.filter("is_live")
        .join(live.rename({"idea": "root"}), on="root")
        .select(_kind("comment"), "id", _under("root_id"), *_WORDING)
    )
    worded = wording_shown(ground.material.feedback.with_columns(title=pl.lit("")), ground.material.decisions)
    notes = worded.select(
        _kind("feedback"), "id", _under("session"), *_WORDING
    )
    return pl.concat([ideas, comments, notes]).sort("kind", "id")


def sessions(ground: Ground) -> pl.DataFrame:
    """Give the live events with the number of notes each left, at nought too."""
    points = ground.material.feedback.group_by("session").agg(points=pl.len().cast(pl.Int64))
    return (
        ground.material.sessions.join(points, on="session", how="left")
        .with_columns(name_shown("title"), name_shown("host_roles"), pl.col("points").fill_null(0))
        .sort("session")
    )


def feedback_by_question(ground: Ground) -> pl.DataFrame:
    """Count the notes of each live event under each question: session, question, points."""
    return (
        ground.material.feedback.with_columns(name_shown("question").fill_null(""))
        .group_by("session", "question")
        .agg(points=pl.len().cast(pl.Int64))
        .sort("session", "question")
    )


_WORDING = ("title", "text", "is_held_back")


def _kind(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("kind")


def _under(column: str) -> pl.Expr:
    return pl.col(column).alias("idea")
