"""What one conversation is counted from: rows of closed days as the vault has them, integer-coded and wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Connection

from data_access.coding.frame import MAP
from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions
from data_access.progress import Progress
from data_access.publishing.calendar import as_date, close_of, day_of, last_closed_day
from data_access.publishing.live_material import Live, live_material
from data_access.publishing.moderation import Event, Post
from data_access.publishing.vote_reading import read_votes
from data_access.publishing.vote_rows import VoteRows, in_memory
from data_access.reference import staff_group_named, staff_group_scheme_named
from data_access.vault import beside_reading, coding, reading
from data_access.vault.retention import erased_rows, withdrawn_posts
from data_access.vocabulary import SMALLEST_THRESHOLD, ModerationMode


@dataclass(frozen=True)
class Facts:
    """What is fixed for a conversation. `threshold` is never below the smallest allowed."""

    id: int
    key: str
    title: str
    source: str
    opens_on: date | None
    closes_on: date | None
    timezone: str
    threshold: int
    moderation_mode: ModerationMode
    has_pass: bool
    is_demo: bool

    @property
    def closes_at_ms(self) -> int | None:
        """The moment from which votes and comments come too late."""
        return close_of(self.closes_on, self.timezone)


@dataclass(frozen=True)
class Material:
    """Rows of one conversation up to its last closed day.

    votes         every vote as cast, VOTES; `order` is greater the later by (time, import, row), each once
    ideas         idea, id, author, day, title, text, elements, is_seed, moderated
    idea_numbers  idea, id: every idea supplied or pointed at
    comments      id, idea, author, day, is_late, text, posted_at_ms
    events        the moderation log, `post_kind` saying to which posts a line applies
    live          sessions with all their notes, programmes with their bookings; `feedback` are its notes on subjects
    workforce     as loaded; staff groups spelled as `staff_group_scheme` does, the list the conversation declares
    idea_totals   idea, agree, passed, disagree, source: what sources without votes counted; null where they do not
    decisions     what people decided about flagged wordings; withdrawn: posts (kind, id) whose wording is gone
    erased        people, votes, comments: how many went with those who asked to be erased
    """

    facts: Facts
    votes: pl.DataFrame | VoteRows
    ideas: pl.DataFrame
    idea_numbers: pl.DataFrame
    comments: pl.DataFrame
    events: pl.DataFrame
    participants: pl.DataFrame
    themes: pl.DataFrame
    codes: pl.DataFrame
    sessions: pl.DataFrame
    feedback: pl.DataFrame
    theme_map: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MAP))
    opinion_groups: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=beside_reading.OPINION_GROUPS))
    live: Live = field(default_factory=Live)
    survey_scores: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=beside_reading.SURVEY_SCORES))
    workforce: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=beside_reading.WORKFORCE))
    staff_group_scheme: str = ""
    decisions: TextDecisions = UNDECIDED
    idea_totals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=reading.IDEA_TOTALS))
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    erased: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> VoteRows:
        """The votes, wherever they are."""
        return in_memory(self.votes) if isinstance(self.votes, pl.DataFrame) else self.votes

    @property
    def data_to(self) -> date | None:
        """The last closed day on which anything happened, or None where nothing did."""
        days = [frame["day"].max() for frame in (self.ideas, self.comments, self.events)] + list(self.rows.days or ())
        return as_date(max((day for day in days if isinstance(day, int)), default=None))


def facts_of(row: dict[str, Any]) -> Facts:
    """Give the facts of a row of `reading.conversations`."""
    checked = {
        "threshold": max(row["threshold"], SMALLEST_THRESHOLD),
        "moderation_mode": ModerationMode(row["moderation_mode"]),
    }
    return Facts(**{**row, **checked})


def gather(
    connection: Connection,
    facts: Facts,
    *,
    now: datetime,
    progress: Progress,
    decisions: TextDecisions = UNDECIDED,
    scratch: Path | None = None,
) -> Material:
    """Read one conversation. Whatever happened on a day that is not over by `now` is left for later.

    Votes that are too many for memory go into files below `scratch`, where there is one.
    """
    key, zone = facts.id, facts.timezone
    last = last_closed_day(now, zone)
    live = live_material(connection, key)
    scheme = beside_reading.staff_group_scheme(connection, key)
    return Material(
        facts=facts,
        votes=_votes(connection, facts, last, progress, scratch),
        ideas=_closed(reading.ideas(connection, key), "posted_at_ms", zone, last),
        idea_numbers=reading.idea_numbers(connection, key),
        comments=_closed(reading.comments(connection, key), "posted_at_ms", zone, last).with_columns(
            is_late=_is_late("posted_at_ms", facts)
        ),
        events=_closed(reading.moderation_events(connection, key), "happened_at_ms", zone, last),
        participants=listed(_known_by(reading.participants(connection, key), zone, last), scheme),
        themes=coding.themes(connection, key),
        theme_map=coding.theme_map(connection, key),
        codes=coding.codes(connection, key),
        sessions=live.sessions,
        feedback=live.feedback,
        live=live,
        opinion_groups=beside_reading.opinion_groups(connection, key),
        survey_scores=beside_reading.survey_scores(connection, key),
        workforce=listed(beside_reading.workforce(connection, key), scheme),
        staff_group_scheme=scheme,
        decisions=decisions,
        idea_totals=reading.idea_totals(connection, key),
        withdrawn=withdrawn_posts(connection, key),
        erased=erased_rows(connection, key),
    )


def listed(frame: pl.DataFrame, scheme: str) -> pl.DataFrame:
    """Spell staff groups as the declared list does; labels it does not have stay as they are."""
    known = staff_group_scheme_named(scheme)
    if known is None:
        return frame
    spelled = {label: staff_group_named(label, known) or label for label in frame["staff_group"].drop_nulls().unique()}
    return frame.with_columns(pl.col("staff_group").replace(spelled))


def posts(frame: pl.DataFrame) -> list[Post]:
    """Give ideas or comments as moderation sees them."""
    moderated = frame["moderated"] if "moderated" in frame.columns else [None] * frame.height
    return [Post(*row) for row in zip(frame["id"], frame["posted_at_ms"], moderated, strict=True)]


def events(frame: pl.DataFrame, post_kind: str) -> list[Event]:
    """Give the lines of the moderation log that apply to ideas, or to comments."""
    return [
        Event(
            sequence=row["sequence"],
            happened_at_ms=row["happened_at_ms"],
            day=row["day"],
            kind=row["kind"],
            target=row["target"],
            sources=_ids(row["sources"]),
            parts=_ids(row["parts"]),
            inherits=row["inherits"] or None,
            title=row["title"] or "",
            text=row["text"] or "",
            reason=row["reason"] or "",
            has_note=bool(row.get("has_note")),
        )
        for row in frame.filter(pl.col("post_kind") == post_kind).iter_rows(named=True)
    ]


def _ids(joined: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (joined or "").split("|") if part.strip())


def _votes(connection: Connection, facts: Facts, last: int, progress: Progress, scratch: Path | None) -> VoteRows:
    return read_votes(
        connection,
        facts.id,
        keep=pl.col("day") <= last,
        also={"day": day_of("cast_at_ms", facts.timezone), "is_late": _is_late("cast_at_ms", facts)},
        step=f"{facts.key}: read votes",
        progress=progress,
        scratch=scratch,
    )


def _closed(frame: pl.DataFrame, moment: str, timezone: str, last: int) -> pl.DataFrame:
    """Add the local day and keep what happened on closed days; what has no time is kept."""
    dated = frame.with_columns(day=day_of(moment, timezone))
    return dated.filter(pl.col("day").is_null() | (pl.col("day") <= last))


def _known_by(participants: pl.DataFrame, timezone: str, last: int) -> pl.DataFrame:
    """Say who had registered and signed in by the last closed day."""
    return participants.with_columns(
        is_registered=(day_of("registered_at_ms", timezone) <= last).fill_null(value=False),
        is_signed_in=(day_of("signed_in_at_ms", timezone) <= last).fill_null(value=False),
    )


def _is_late(moment: str, facts: Facts) -> pl.Expr:
    if facts.closes_at_ms is None:
        return pl.lit(value=False)
    return (pl.col(moment) >= facts.closes_at_ms).fill_null(value=False)
