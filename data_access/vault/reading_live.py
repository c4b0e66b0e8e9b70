"""Reading live events and programmes from the vault, as `reading` does the rest."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection

from data_access.vault.reading import newest_versions
from data_access.vault.schema import Booking, Cohort, FeedbackPoint, Interest, Programme, Session

_TEXTS = ("recording_link", "slides_link", "notes_link", "input_link", "introduction", "key_themes", "actions_agreed")
SESSIONS = pl.Schema(
    {
        "session": pl.String,
        "kind": pl.String,
        "title": pl.String,
        "element": pl.String,
        "region": pl.String,
        "held_on": pl.Date,
        "host_roles": pl.String,
        **dict.fromkeys(_TEXTS, pl.String),
        "attended": pl.Int64,
    }
)
POINTS = pl.Schema(
    {
        "id": pl.String,
        "session": pl.String,
        "question": pl.String,
        "text": pl.String,
        "given": pl.String,
        "import": pl.Int64,
        "position": pl.Int64,
        "number": pl.Int64,
    }
)
PROGRAMMES = pl.Schema(
    {
        "programme": pl.String,
        "kind": pl.String,
        "name": pl.String,
        "cost_per_place_pence": pl.Int64,
        "notice_days": pl.Int64,
    }
)
COHORTS = pl.Schema(
    {
        "cohort": pl.String,
        "programme": pl.String,
        "held_on": pl.Date,
        "region": pl.String,
        "capacity": pl.Int64,
        "minutes": pl.Int64,
    }
)
BOOKINGS = pl.Schema(
    {
        "booking": pl.String,
        "cohort": pl.String,
        "person": pl.String,
        "role": pl.String,
        "region": pl.String,
        "status": pl.String,
        "confidence_after": pl.Int64,
    }
)
INTERESTS = pl.Schema(
    {"interest": pl.String, "programme": pl.String, "person": pl.String, "role": pl.String, "region": pl.String}
)
_ID = ("source_id",)


def sessions(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the live events."""
    return newest_versions(connection, Session.__table__, conversation, _ID, SESSIONS, names={"session": "source_id"})


def points(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the notes of live events, of every moment; import, position and number give the order they came in."""
    names = {"id": "source_id", "session": "session_source_id", "import": "import_id", "number": "id"}
    return newest_versions(connection, FeedbackPoint.__table__, conversation, _ID, POINTS, names=names)


def programmes(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the programmes."""
    return newest_versions(
        connection, Programme.__table__, conversation, _ID, PROGRAMMES, names={"programme": "source_id"}
    )


def cohorts(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the cohorts; `programme` is the source's own id, which may be unknown."""
    names = {"cohort": "source_id", "programme": "programme_source_id"}
    return newest_versions(connection, Cohort.__table__, conversation, _ID, COHORTS, names=names)


def bookings(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the bookings; `cohort` is the source's own id, which may be unknown."""
    names = {"booking": "source_id", "cohort": "cohort_source_id"}
    return newest_versions(connection, Booking.__table__, conversation, _ID, BOOKINGS, names=names)


def interests(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read who registered interest in what."""
    names = {"interest": "source_id", "programme": "programme_source_id"}
    return newest_versions(connection, Interest.__table__, conversation, _ID, INTERESTS, names=names)
