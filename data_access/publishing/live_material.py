"""Live events and programmes as the vault has them, nothing counted yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl
from sqlalchemy import Connection

from data_access.frames.table import DataType
from data_access.vault import reading_live
from data_access.vocabulary import FeedbackMoment, ProgrammeKind


def _nobody(schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema)


_PLACED: dict[str, DataType] = {
    "id": pl.String,
    "session": pl.String,
    "question": pl.String,
    "text": pl.String,
    "given": pl.String,
    "place": pl.Int64,
}


@dataclass(frozen=True)
class Live:
    """Sessions with their notes, programmes with their bookings.

    points  id, session, question, text, given, place (1, 2 … within a session): never of a reflective group
    others  as `vault.reading_live` gives them
    """

    sessions: pl.DataFrame = field(default_factory=lambda: _nobody(reading_live.SESSIONS))
    points: pl.DataFrame = field(default_factory=lambda: _nobody(pl.Schema(_PLACED)))
    programmes: pl.DataFrame = field(default_factory=lambda: _nobody(reading_live.PROGRAMMES))
    cohorts: pl.DataFrame = field(default_factory=lambda: _nobody(reading_live.COHORTS))
    bookings: pl.DataFrame = field(default_factory=lambda: _nobody(reading_live.BOOKINGS))
    interests: pl.DataFrame = field(default_factory=lambda: _nobody(reading_live.INTERESTS))

    @property
    def feedback(self) -> pl.DataFrame:
        """Give the notes on a session's subject: id, session, question, text. Notes on the session itself are none."""
        on_subject = self.points.filter(pl.col("given") != FeedbackMoment.ABOUT_SESSION)
        return on_subject.select("id", "session", "question", "text").sort("id")


def live_material(connection: Connection, conversation: int) -> Live:
    """Read what one conversation has of live events and programmes."""
    programmes = reading_live.programmes(connection, conversation)
    cohorts = reading_live.cohorts(connection, conversation)
    return Live(
        sessions=reading_live.sessions(connection, conversation),
        points=_placed(reading_live.points(connection, conversation), programmes, cohorts),
        programmes=programmes,
        cohorts=cohorts,
        bookings=reading_live.bookings(connection, conversation),
        interests=reading_live.interests(connection, conversation),
    )


def _placed(points: pl.DataFrame, programmes: pl.DataFrame, cohorts: pl.DataFrame) -> pl.DataFrame:
    """Give each note its place in its session, and drop what a reflective group may have left.

    Import refuses such notes where it knows the group; one that came before its group is dropped here.
    """
    groups = programmes.filter(pl.col("kind") == ProgrammeKind.REFLECTIVE)["programme"].to_list()
    meetings = cohorts.filter(pl.col("programme").is_in(groups))["cohort"].to_list()
    return (
        points.filter(~pl.col("session").is_in([*groups, *meetings]))
        .sort("import", "position", "number", nulls_last=True)
        .with_columns(place=pl.int_range(1, pl.len() + 1).over("session").cast(pl.Int64))
        .select(list(_PLACED))
    )
