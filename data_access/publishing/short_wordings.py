"""Short wordings that are no posts: titles, hosts, questions, moderators' reasons, names of programmes and themes."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.ground import Ground

_SHAPE: Final = {"kind": pl.String, "id": pl.String, "title": pl.String, "text": pl.String}


def short_wordings(ground: Ground) -> pl.DataFrame:
    """Give every short wording of a conversation as it was supplied, each once where it stands.

    Out:  kind, id (of the session, idea, programme or theme it belongs to), title (empty), text. What a release shows
          of them is for `name_shown` to say.
    """
    material = ground.material
    live, themes = material.live, material.themes
    found = [
        _of("session title", live.sessions, "session", "title"),
        _of("session host", live.sessions, "session", "host_roles"),
        _of("session question", live.points, "session", "question"),
        _of("moderator's reason", material.events, "target", "reason"),
        _of("programme name", live.programmes, "programme", "name"),
        _of("theme name", themes, "code", "name"),
        _of("theme definition", themes, "code", "definition"),
    ]
    return pl.concat(found)


def _of(kind: str, frame: pl.DataFrame, place: str, column: str) -> pl.DataFrame:
    worded = frame.select(
        kind=pl.lit(kind), id=pl.col(place).fill_null(""), title=pl.lit(""), text=pl.col(column).fill_null("")
    )
    return worded.cast(_SHAPE).filter(pl.col("text") != "").unique().sort("id", "text")  # type: ignore[arg-type]
