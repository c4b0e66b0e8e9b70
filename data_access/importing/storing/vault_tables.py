"""Which vault table each table of the template goes to, and which of its columns feed which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

import polars as pl
from sqlalchemy import Boolean, Column, Date, Float, Integer, String, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from data_access.frames.table import DataType
from data_access.importing.checking.cells import LONGEST_TEXT
from data_access.vault.schema import (
    Base,
    Booking,
    Code,
    Cohort,
    Comment,
    Conversation,
    FeedbackPoint,
    IdeaTotal,
    IdeaVersion,
    Interest,
    ModerationEvent,
    ParticipantVersion,
    PostReport,
    Programme,
    Session,
    Theme,
    ThemeMap,
    VoteCast,
)
from data_access.vault.schema.surveys import SurveyScore
from data_access.vault.schema.workforce import WorkforceCount
from data_access.vocabulary import SessionKind

POSITION: Final = "position"


@dataclass(frozen=True)
class VaultTable:
    """Where one table of the template goes.

    `columns` names the template's column behind each of the vault's; `people` and `ideas` those that hold
    a person's or an idea's number; `key` identifies a row across imports; `defaults` fills what a file
    left empty and the vault requires. `uncompared` says nothing about whether a row changed.
    """

    model: type[Base]
    columns: Mapping[str, str]
    key: tuple[str, ...]
    people: Mapping[str, str] = field(default_factory=dict)
    ideas: Mapping[str, str] = field(default_factory=dict)
    bookers: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    uncompared: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The SQLAlchemy table."""
        return cast("Table", self.model.__table__)

    @property
    def stored(self) -> tuple[str, ...]:
        """Names of the vault's columns that an import fills, in their order there."""
        own = {"id", "import_id", "conversation_id"}
        return tuple(column.name for column in self.table.columns if column.name not in own)

    @property
    def is_of_conversation(self) -> bool:
        """Whether rows carry the conversation themselves."""
        return "conversation_id" in self.table.columns

    def default(self, column: str) -> object:
        """Give what stands for an empty cell: None where the vault takes it, else the column's default."""
        if column in self.defaults:
            return self.defaults[column]
        default = self.table.columns[column].default
        return default.arg if isinstance(default, ScalarElementColumnDefault) else None

    def dtype(self, column: str) -> DataType:
        """Give the Polars type of a column of the vault."""
        return polars_type(self.table.columns[column])


def polars_type(column: Column[object]) -> DataType:
    """Give the Polars type that holds what a column of the vault holds."""
    kinds: tuple[tuple[type, DataType], ...] = (
        (Boolean, pl.Boolean),
        (Date, pl.Date),
        (Integer, pl.Int64),
        (Float, pl.Float64),
    )
    return next((dtype for kind, dtype in kinds if isinstance(column.type, kind)), pl.String)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


VAULT_TABLES: Final[Mapping[str, VaultTable]] = {
    "participants": VaultTable(
        ParticipantVersion,
        _same("participant_type", "region", "icb", "organisation", "staff_group", "opinion_group")
        | {"registered_at_ms": "registered_at", "signed_in_at_ms": "signed_in_at"},
        key=("participant_id",),
        people={"participant_id": "participant"},
    ),
    "ideas": VaultTable(
        IdeaVersion,
        _same("title", "text", "elements", "is_seed", "is_meta", "moderated") | {"posted_at_ms": "posted_at"},
        key=("idea_id",),
        people={"author_id": "author"},
        ideas={"idea_id": "idea"},
    ),
    "votes": VaultTable(
        VoteCast,
        {"cast_at_ms": "cast_at", "value": "vote", POSITION: "row"},
        key=("idea_id", "participant_id", "cast_at_ms", "value"),
        people={"participant_id": "participant"},
        ideas={"idea_id": "idea"},
        uncompared=(POSITION,),
    ),
    "idea_totals": VaultTable(
        IdeaTotal,
        _same("agree", "passed", "disagree", "source"),
        key=("idea_id",),
        ideas={"idea_id": "idea"},
        defaults={"source": ""},
    ),
    "comments": VaultTable(
        Comment,
        _same("reply_to", "text") | {"source_id": "comment", "posted_at_ms": "posted_at"},
        key=("source_id",),
        people={"author_id": "author"},
        ideas={"idea_id": "idea"},
    ),
    "reports": VaultTable(
        PostReport,
        _same("post_kind", "reason")
        | {"source_id": "report", "post_source_id": "post", "reported_at_ms": "reported_at"},
        key=("source_id",),
        people={"reporter_id": "reporter"},
    ),
    "moderation_log": VaultTable(
        ModerationEvent,
        _same(
            "sequence", "kind", "post_kind", "target", "sources", "parts", "inherits", "title", "text", "reason", "note"
        )
        | {"happened_at_ms": "happened_at"},
        key=("sequence",),
    ),
    "themes": VaultTable(
        Theme,
        _same("frame_version", "name", "element", "parent", "definition") | {"code": "theme"},
        key=("frame_version", "code"),
    ),
    "codes": VaultTable(
        Code,
        _same("frame_version", "item_kind", "coder", "is_withdrawn")
        | {"item_source_id": "item", "theme_code": "theme"},
        key=("frame_version", "item_kind", "item_source_id", "theme_code", "coder"),
    ),
    "theme_map": VaultTable(
        ThemeMap,
        _same("from_version", "from_theme", "to_version", "to_theme", "note"),
        key=("from_version", "from_theme", "to_version", "to_theme"),
    ),
    "sessions": VaultTable(
        Session,
        _same("kind", "title", "element", "region", "held_on", "host_roles", "recording_link", "slides_link")
        | _same("notes_link", "input_link", "introduction", "key_themes", "actions_agreed", "attended")
        | {"source_id": "session"},
        key=("source_id",),
        defaults={"kind": str(SessionKind.BIG_CONVERSATION)},
    ),
    "feedback": VaultTable(
        FeedbackPoint,
        _same("question", "text", "given") | {"source_id": "point", "session_source_id": "session", POSITION: "row"},
        key=("source_id",),
        uncompared=(POSITION,),
    ),
    "programmes": VaultTable(
        Programme,
        _same("kind", "name", "cost_per_place_pence", "notice_days") | {"source_id": "programme"},
        key=("source_id",),
    ),
    "cohorts": VaultTable(
        Cohort,
        _same("held_on", "region", "capacity", "minutes") | {"source_id": "cohort", "programme_source_id": "programme"},
        key=("source_id",),
    ),
    "bookings": VaultTable(
        Booking,
        _same("role", "region", "booked_on", "status", "confidence_after")
        | {"source_id": "booking", "cohort_source_id": "cohort"},
        key=("source_id",),
        bookers={"person": "person"},
    ),
    "interests": VaultTable(
        Interest,
        _same("role", "region", "registered_on") | {"source_id": "interest", "programme_source_id": "programme"},
        key=("source_id",),
        bookers={"person": "person"},
    ),
    "survey_scores": VaultTable(
        SurveyScore, _same("element", "year", "source", "score", "responses"), key=("element", "year", "source")
    ),
    "workforce": VaultTable(
        WorkforceCount,
        _same("region", "icb", "staff_group", "as_at", "headcount", "source"),
        key=("region", "icb", "staff_group", "as_at"),
    ),
}


def longest_texts(table: str) -> dict[str, int]:
    """Give the longest text the vault takes for each text column of a table of the template."""
    if table == "conversation":
        return _limits(cast("Table", Conversation.__table__), _same(*Conversation.__table__.columns.keys()))
    if table not in VAULT_TABLES:
        return {}
    target = VAULT_TABLES[table]
    return _limits(target.table, target.columns)


def _limits(table: Table, columns: Mapping[str, str]) -> dict[str, int]:
    return {
        source: column.type.length or LONGEST_TEXT
        for stored, source in columns.items()
        if isinstance((column := table.columns[stored]).type, String)
    }
