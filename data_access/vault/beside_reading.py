"""Reading what stands beside a conversation: opinion groups the source supplied, survey scores, the workforce."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, select

from data_access.vault.reading import newest_versions
from data_access.vault.schema import Conversation, ParticipantVersion, WorkforceCount
from data_access.vault.schema.surveys import SurveyScore

OPINION_GROUPS = pl.Schema({"participant": pl.Int64, "opinion_group": pl.String})
SURVEY_SCORES = pl.Schema(
    {"element": pl.String, "year": pl.Int64, "source": pl.String, "score": pl.Float64, "responses": pl.Int64}
)

WORKFORCE = pl.Schema(
    {
        "region": pl.String,
        "icb": pl.String,
        "staff_group": pl.String,
        "as_at": pl.Date,
        "headcount": pl.Int64,
        "source": pl.String,
    }
)


def opinion_groups(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read which opinion group the source put each participant in: one row a participant who is in one."""
    return newest_versions(
        connection,
        ParticipantVersion.__table__,
        conversation,
        ("participant_id",),
        OPINION_GROUPS,
        names={"participant": "participant_id"},
        with_a="opinion_group",
    )


def survey_scores(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the staff survey scores loaded beside a conversation: one row an element, year and source."""
    return newest_versions(
        connection, SurveyScore.__table__, conversation, ("element", "year", "source"), SURVEY_SCORES
    )


def workforce(connection: Connection, conversation: int) -> pl.DataFrame:
    """Read the workforce loaded beside a conversation: one row a region, board, staff group or England, and day."""
    key = ("region", "icb", "staff_group", "as_at")
    return newest_versions(connection, WorkforceCount.__table__, conversation, key, WORKFORCE)


def staff_group_scheme(connection: Connection, conversation: int) -> str:
    """Read which list of staff groups a conversation declares, '' for none."""
    said = connection.scalar(select(Conversation.staff_group_scheme).where(Conversation.id == conversation))
    return said or ""
