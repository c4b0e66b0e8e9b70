"""Reading what stands beside a conversation: opinion groups the source supplied, and survey scores."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection

from data_access.vault.reading import newest_versions
from data_access.vault.schema import ParticipantVersion
from data_access.vault.schema.surveys import SurveyScore

OPINION_GROUPS = pl.Schema({"participant": pl.Int64, "opinion_group": pl.String})
SURVEY_SCORES = pl.Schema(
    {"element": pl.String, "year": pl.Int64, "source": pl.String, "score": pl.Float64, "responses": pl.Int64}
)


def opinion_groups(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read which opinion group the source put each participant in: one row a participant who is in one."""
    rows = newest_versions(
        connection,
        ParticipantVersion.__table__,
        conversation,
        ("participant_id",),
        OPINION_GROUPS,
        names={"participant": "participant_id"},
    )
    return rows.filter(pl.col("opinion_group").fill_null("") != "")


def survey_scores(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the staff survey scores loaded beside a conversation: one row an element, year and source."""
    return newest_versions(
        connection, SurveyScore.__table__, conversation, ("element", "year", "source"), SURVEY_SCORES
    )
