"""The table of words: ideas, comments and what was written of sessions, as they may be shown."""

from __future__ import annotations

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.sessions import session_texts


def texts(ground: Ground) -> pl.DataFrame:
    """Give the wording of every idea and comment that stands, and of sessions, after the personal-detail check.

    Out:  kind (idea, comment, feedback …), id, idea (where it stands now; the session), title, text,
          is_held_back. No author, place or time.
    """
    live = ground.live.select("idea", root_id="id")
    ideas = ground.ideas.join(live, on="idea").select(_kind("idea"), "id", _under("root_id"), *_WORDING)
    comments = (
        ground.comments.filter("is_live")
        .join(live.rename({"idea": "root"}), on="root")
        .select(_kind("comment"), "id", _under("root_id"), *_WORDING)
    )
    return pl.concat([ideas, comments, session_texts(ground)]).sort("kind", "id")


_WORDING = ("title", "text", "is_held_back")


def _kind(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("kind")


def _under(column: str) -> pl.Expr:
    return pl.col(column).alias("idea")
