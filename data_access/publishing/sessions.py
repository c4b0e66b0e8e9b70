"""Live events: what is known of each, every note in its place, and counts of notes."""

from __future__ import annotations

import polars as pl

from data_access.disclosure.personal_details import name_shown, personal_details, wording_shown
from data_access.publishing.ground import Ground
from data_access.vocabulary import FeedbackMoment

LINKS = ("recording_link", "slides_link", "notes_link", "input_link")
# What a page of a session says besides its notes: kind of text → column of the vault, parts joined by |.
WORDS = {"introduction": "introduction", "key theme": "key_themes", "action agreed": "actions_agreed"}


def sessions(ground: Ground) -> pl.DataFrame:
    """Give the live events with their links and the number of notes each left, at nought too."""
    live, decisions = ground.material.live, ground.material.decisions
    return (
        live.sessions.join(_counts(live.points), on="session", how="left")
        .with_columns(name_shown("title", decisions), name_shown("host_roles", decisions))
        .with_columns(_safe_link(name) for name in LINKS)
        .with_columns(pl.col("points", "points_afterwards", "points_about").fill_null(0))
        .sort("session")
    )


def session_attendance(ground: Ground) -> pl.DataFrame:
    """Give how many came where the hosts counted; 1 to k-1 hidden. Each stands for itself: no total is published."""
    few = pl.col("attended").is_between(1, ground.facts.threshold - 1)
    counted = ground.material.live.sessions.filter(pl.col("attended").is_not_null())
    return counted.select("session", pl.when(~few).then(pl.col("attended")), is_hidden=few).sort("session")


def session_points(ground: Ground) -> pl.DataFrame:
    """Give every note: session, point, question, given, place; no words."""
    return (
        ground.material.live.points.with_columns(name_shown("question", ground.material.decisions).fill_null(""))
        .select("session", "question", "given", "place", point="id")
        .sort("session", "point")
    )


def feedback_by_question(ground: Ground) -> pl.DataFrame:
    """Count the notes of each live event under each question: session, question, points."""
    return (
        ground.material.feedback.with_columns(name_shown("question", ground.material.decisions).fill_null(""))
        .group_by("session", "question")
        .agg(points=pl.len().cast(pl.Int64))
        .sort("session", "question")
    )


def session_texts(ground: Ground) -> pl.DataFrame:
    """Give the words of live events after the personal-detail check: notes, introductions, key themes, actions agreed.

    Out:  kind, id, idea (the session), title (empty), text, is_held_back.
    """
    live = ground.material.live
    notes = live.points.select(kind=pl.lit("feedback"), id="id", idea="session", text="text")
    parts = [_parts(live.sessions, kind, column) for kind, column in WORDS.items()]
    words = pl.concat([notes, *parts]).with_columns(title=pl.lit(""))
    worded = wording_shown(words, ground.material.decisions)
    return worded.select("kind", "id", "idea", "title", "text", "is_held_back").sort("kind", "id")


def _counts(points: pl.DataFrame) -> pl.DataFrame:
    is_about = pl.col("given") == FeedbackMoment.ABOUT_SESSION
    is_later = pl.col("given") == FeedbackMoment.AFTERWARDS
    return points.group_by("session").agg(
        points=(~is_about).sum().cast(pl.Int64),
        points_afterwards=is_later.sum().cast(pl.Int64),
        points_about=is_about.sum().cast(pl.Int64),
    )


def _safe_link(column: str) -> pl.Expr:
    """Give a link that a browser may open; '' for any other scheme and for one that holds a personal detail."""
    link = pl.col(column).fill_null("").str.strip_chars()
    return (
        pl.when(link.str.contains(r"(?i)^https?://[^\s<>\"]+$"))
        .then(link.map_elements(lambda one: "" if personal_details(one) else one, return_dtype=pl.String))
        .otherwise(pl.lit(""))
        .alias(column)
    )


def _parts(sessions_: pl.DataFrame, kind: str, column: str) -> pl.DataFrame:
    """Give the parts of a text joined by | as rows of their own, their place in the id: 'S1 key theme 02'."""
    text = pl.col(column).fill_null("")
    several = text.str.split("|") if kind != "introduction" else pl.concat_list(text)
    rows = sessions_.select(idea="session", text=several).explode("text").with_columns(pl.col("text").str.strip_chars())
    said = rows.filter(pl.col("text") != "").with_columns(at=pl.int_range(1, pl.len() + 1).over("idea"))
    name = pl.format(f"{{}} {kind} {{}}", "idea", pl.col("at").cast(pl.String).str.zfill(2))
    return said.select(kind=pl.lit(kind), id=name, idea="idea", text="text")
