"""The tables of a release: what each promises, column by column.

A release holds these tables and nothing else; `data_access.publishing` fills them, `data_access.releases`
checks them on writing and on opening, and every number on screen is one of their cells. Where a table has
`is_hidden`, its measures are null when it is true and never null otherwise (`pass` aside: a source with
thumbs only has no pass, which is absent, not 0).

Every table begins with `conversation`, the key of the conversation its row belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from data_access.problems import NothingThere

DataType = pl.DataType | type[pl.DataType]


@dataclass(frozen=True)
class Table:
    """One table of a release.

    `key` names the columns that identify a row; rows are stored sorted by them. `measures` are the
    columns that become null when a row is hidden. `unit` says what the threshold counts.
    """

    name: str
    about: str
    columns: Mapping[str, DataType]
    key: tuple[str, ...]
    measures: tuple[str, ...] = ()
    unit: str = ""
    is_text: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> pl.Schema:
        """Column names and types, in order."""
        return pl.Schema(self.columns)

    @property
    def has_hidden(self) -> bool:
        """Whether rows of this table can be hidden."""
        return "is_hidden" in self.columns

    def empty(self) -> pl.DataFrame:
        """Give the table without rows."""
        return pl.DataFrame(schema=self.schema)


_BALANCE: Final[dict[str, DataType]] = {
    "voters": pl.Int64,
    "agree": pl.Int64,
    "pass": pl.Int64,
    "disagree": pl.Int64,
}
_MEASURED: Final = ("voters", "agree", "pass", "disagree")

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "conversations",
        "The conversations of this release and the rules each is published by.",
        {
            "conversation": pl.String,
            "title": pl.String,
            "source": pl.String,
            "opens_on": pl.Date,
            "closes_on": pl.Date,
            "data_to": pl.Date,
            "timezone": pl.String,
            "threshold": pl.Int64,
            "moderation_mode": pl.String,
            "has_pass": pl.Boolean,
            "has_places": pl.Boolean,
            "is_demo": pl.Boolean,
            "imports": pl.Int64,
            "rows": pl.Int64,
        },
        key=("conversation",),
        notes={
            "data_to": "last closed day the release counts",
            "has_places": "whether participants carry a region or a staff group",
            "rows": "rows read from the imported files of this conversation, all tables together",
        },
    ),
    Table(
        "totals",
        "Totals of a conversation, one row a measure.",
        {"conversation": pl.String, "measure": pl.String, "count": pl.Int64, "is_hidden": pl.Boolean},
        key=("conversation", "measure"),
        measures=("count",),
        unit="participants, where the measure counts people",
        notes={
            "measure": "registered, signed_in, voters, commenters, contributors, participants (people); "
            "ideas, comments, votes, sessions, feedback_points (things, never hidden)",
        },
    ),
    Table(
        "votes_by_idea",
        "Votes on each idea that stands, every participant's latest vote, merged ideas together.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            **_BALANCE,
            "comments": pl.Int64,
            "merged_from": pl.Int64,
            "is_seed": pl.Boolean,
        },
        key=("conversation", "idea"),
        notes={
            "idea": "the source's own id",
            "merged_from": "how many ideas this one was merged from, 0 for none",
            "voters": "distinct participants; every participant saw these totals, so they are exact",
        },
    ),
    Table(
        "idea_elements",
        "Which People Promise elements an idea belongs to; an idea may belong to several or to none.",
        {"conversation": pl.String, "idea": pl.String, "element": pl.String},
        key=("conversation", "idea", "element"),
    ),
    Table(
        "idea_themes",
        "Which themes of the newest coding frame an idea was given.",
        {"conversation": pl.String, "idea": pl.String, "theme": pl.String},
        key=("conversation", "idea", "theme"),
    ),
    Table(
        "votes_by_element",
        "Ideas, comments and votes on each element of the People Promise, all seven and 'Not yet coded'.",
        {
            "conversation": pl.String,
            "element": pl.String,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "participants": pl.Int64,
            **_BALANCE,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "element"),
        measures=("comments", "participants", *_MEASURED),
        unit="participants who voted, commented or posted on an idea of the element",
        notes={"ideas": "every participant saw them, so never hidden"},
    ),
    Table(
        "votes_by_theme",
        "Ideas, comments and votes on each theme of the newest coding frame, and 'Not yet coded'.",
        {
            "conversation": pl.String,
            "theme": pl.String,
            "name": pl.String,
            "element": pl.String,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "participants": pl.Int64,
            **_BALANCE,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "theme"),
        measures=("comments", "participants", *_MEASURED),
        unit="participants who voted, commented or posted on an idea of the theme",
    ),
    Table(
        "activity_by_day",
        "What happened on each closed day of the conversation, in its own time zone.",
        {
            "conversation": pl.String,
            "day": pl.Date,
            "participants": pl.Int64,
            "ideas": pl.Int64,
            "comments": pl.Int64,
            "votes": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "day"),
        measures=("participants", "ideas", "comments", "votes"),
        unit="participants who did something that day",
        notes={
            "votes": "one per participant and idea, as ideas stood at the end of that day",
            "day": "every day from the first to the last with activity, quiet days at 0",
        },
    ),
    Table(
        "words",
        "Words that at least a threshold of participants used in ideas and comments.",
        {"conversation": pl.String, "word": pl.String, "used_by_at_least": pl.Int64},
        key=("conversation", "word"),
        notes={"used_by_at_least": "lower bound of a step (k, 2k, 5k, 10k, 20k participants), never the count itself"},
    ),
    Table(
        "moderation",
        "The moderation ledger in numbers: what moderators did, and the fate of every vote and comment.",
        {
            "conversation": pl.String,
            "subject": pl.String,
            "outcome": pl.String,
            "reason": pl.String,
            "count": pl.Int64,
        },
        key=("conversation", "subject", "outcome", "reason"),
        notes={
            "subject": "events, ideas, votes or comments; votes and comments each add up to what was imported",
            "reason": "empty where the outcome needs none",
        },
    ),
    Table(
        "lineage",
        "What became of each idea: where it went and what was cast on it before it was merged.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "state": pl.String,
            "stands_as": pl.String,
            "reason": pl.String,
            "voters": pl.Int64,
            "agree": pl.Int64,
            "pass": pl.Int64,
            "disagree": pl.Int64,
        },
        key=("conversation", "idea"),
        notes={
            "stands_as": "id of the idea that carries its votes now; empty if none does",
            "voters": "as if the idea had never been merged; every participant saw these totals",
        },
    ),
    Table(
        "sessions",
        "Live events and how many feedback points each left.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "kind": pl.String,
            "title": pl.String,
            "element": pl.String,
            "held_on": pl.Date,
            "host_roles": pl.String,
            "points": pl.Int64,
        },
        key=("conversation", "session"),
        notes={"points": "notes have no participants, so they are counted exactly"},
    ),
    Table(
        "feedback_by_question",
        "Feedback points of each session under each question that was asked.",
        {
            "conversation": pl.String,
            "session": pl.String,
            "question": pl.String,
            "points": pl.Int64,
        },
        key=("conversation", "session", "question"),
    ),
    Table(
        "texts",
        "Released wordings. An erasure or a later removal blanks them in every release.",
        {
            "conversation": pl.String,
            "kind": pl.String,
            "id": pl.String,
            "idea": pl.String,
            "title": pl.String,
            "text": pl.String,
            "is_held_back": pl.Boolean,
        },
        key=("conversation", "kind", "id"),
        is_text=True,
        notes={
            "kind": "idea, comment or feedback",
            "idea": "the idea a comment stands under now; the session of a feedback point; the idea itself",
            "is_held_back": "a personal-detail check flagged it; wording empty until a person approves it",
        },
    ),
)

BY_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}


def table_named(name: str) -> Table:
    """Give the promised table of that name.

    Raises `NothingThere` listing the names there are.
    """
    if name not in BY_NAME:
        raise NothingThere(f"There is no table '{name}'. Tables: {', '.join(sorted(BY_NAME))}.")
    return BY_NAME[name]


def check_frame(frame: pl.DataFrame, table: Table) -> None:
    """Hold a frame against what its table promises.

    Raises `ValueError` naming the table and the first difference: columns, types, a repeated key, a hidden
    row with a measure or a shown row without one. A difference is a bug of ours, not of the user.
    """
    if frame.schema != table.schema:
        raise ValueError(f"{table.name}: columns are {dict(frame.schema)}, promised {dict(table.schema)}")
    if frame.select(table.key).is_duplicated().any():
        raise ValueError(f"{table.name}: key {table.key} is not unique")
    if table.has_hidden:
        hidden = frame.filter(pl.col("is_hidden"))
        shown = frame.filter(~pl.col("is_hidden"))
        for measure in table.measures:
            if hidden[measure].null_count() != hidden.height:
                raise ValueError(f"{table.name}: a hidden row carries {measure}")
            if measure != "pass" and shown[measure].null_count():
                raise ValueError(f"{table.name}: a shown row lacks {measure}")
