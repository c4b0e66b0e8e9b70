"""Resolve: from posts and a moderation log to what every post stands as, on every day.

A pure function that loops over events, never over votes: what becomes of a vote is a join afterwards
(`publishing.fates`). State is piecewise constant, so it is kept as intervals of days: what a post stood as
at the close of a day is the row with `since_day <= day < until_day`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import polars as pl

from data_access.publishing.moderation import UNKNOWN, Board, Event, Post, Standing
from data_access.vocabulary import EventKind, ModerationMode

ALWAYS: Final = -(2**31)
EVER_AFTER: Final = 2**31 - 1

STANDINGS: Final = pl.Schema(
    {
        "id": pl.String,
        "since_day": pl.Int32,
        "until_day": pl.Int32,
        "state": pl.String,
        "root": pl.String,
        "reason": pl.String,
    }
)
RETITLED: Final = pl.Schema({"id": pl.String, "new_title": pl.String, "new_text": pl.String})
LINKS: Final = pl.Schema({"id": pl.String, "to": pl.String, "kind": pl.String})
REMOVALS: Final = pl.Schema({"id": pl.String, "reason": pl.String, "has_note": pl.Boolean})
OUTCOMES: Final = pl.Schema(
    {"sequence": pl.Int64, "kind": pl.String, "post_kind": pl.String, "rejection": pl.String, "reason": pl.String}
)


@dataclass(frozen=True)
class Resolved:
    """Posts of one kind, resolved.

    standings  STANDINGS: one row a post and period; `root` null where nothing carries its votes, and why
    retitled   RETITLED: the newest wording a moderator gave a post; null keeps the author's
    outcomes   OUTCOMES: one row an event, `rejection` null where it was applied
    links      LINKS: one row a source of a merge and its target, and one row a part of what was split
    removals   REMOVALS: one row a post that is removed: the reason its newest removal gave, and whether a
               moderator left a note, which stays in the vault
    """

    standings: pl.DataFrame
    retitled: pl.DataFrame
    outcomes: pl.DataFrame
    links: pl.DataFrame
    removals: pl.DataFrame

    @property
    def final(self) -> pl.DataFrame:
        """Give the last standing of every post: one row a post."""
        return self.standings.filter(pl.col("until_day") == EVER_AFTER)


@dataclass(frozen=True)
class Resolution:
    """Ideas and comments, resolved, and the moment the conversation closed (milliseconds; None: never)."""

    ideas: Resolved
    comments: Resolved
    closes_at_ms: int | None


def resolve(
    ideas: Iterable[Post],
    comments: Iterable[Post],
    idea_events: Iterable[Event],
    comment_events: Iterable[Event],
    *,
    moderation_mode: ModerationMode,
    closes_at_ms: int | None,
) -> Resolution:
    """Resolve the ideas and comments of one conversation.

    Order of the inputs does not matter: events are applied by (time, sequence), a repeated sequence number
    once. Votes cast at `closes_at_ms` or later do not count.
    """
    is_strict = moderation_mode is ModerationMode.STRICT
    return Resolution(
        ideas=resolve_posts(ideas, idea_events, is_strict=is_strict, kind="idea"),
        comments=resolve_posts(comments, comment_events, is_strict=is_strict, kind="comment"),
        closes_at_ms=closes_at_ms,
    )


def resolve_posts(posts: Iterable[Post], events: Iterable[Event], *, is_strict: bool, kind: str) -> Resolved:
    """Apply the events to posts of one kind and keep every post's standing at the close of each day."""
    board = Board(sorted(posts, key=lambda post: post.id), is_strict=is_strict)
    history = {post: [(ALWAYS, board.standing(post))] for post in board.ids}
    wordings: dict[str, tuple[str | None, str | None]] = {}
    outcomes: list[tuple[int, str, str, str | None, str]] = []
    applied: list[Event] = []
    for day, of_the_day in groupby(in_order(events), key=lambda event: event.day):
        touched: set[str] = set()
        for event in of_the_day:
            rejection = board.apply(event)
            outcomes.append((event.sequence, event.kind, kind, rejection, event.reason))
            if rejection is None:
                applied.append(event)
                touched |= board.touched_by(event)
                _reword(wordings, event)
        _remember(history, board, touched, day)
    return Resolved(
        standings=_standings(history),
        retitled=pl.DataFrame([(post, *words) for post, words in sorted(wordings.items())], RETITLED, orient="row"),
        outcomes=pl.DataFrame(outcomes, OUTCOMES, orient="row"),
        links=pl.DataFrame(sorted(set(_links(applied))), LINKS, orient="row"),
        removals=_removals(applied),
    )


def in_order(events: Iterable[Event]) -> list[Event]:
    """Sort events by (time, sequence); of a repeated sequence number keep the first."""
    kept: dict[int, Event] = {}
    for event in sorted(events, key=_order):
        kept.setdefault(event.sequence, event)
    return list(kept.values())


def _order(event: Event) -> tuple[int, int, str, str, Sequence[str], Sequence[str]]:
    return (event.happened_at_ms, event.sequence, event.kind, event.target, event.sources, event.parts)


def _links(applied: Iterable[Event]) -> Iterator[tuple[str, str, str]]:
    """Give where each post went that was merged or split."""
    for event in applied:
        if event.kind == EventKind.MERGE:
            yield from ((source, event.target, event.kind) for source in event.sources)
        elif event.kind == EventKind.SPLIT:
            yield from ((event.target, part, event.kind) for part in event.parts)


def _removals(applied: Iterable[Event]) -> pl.DataFrame:
    """Give the reason of the newest removal of each post that was not restored since."""
    reasons: dict[str, tuple[str, bool]] = {}
    for event in applied:
        if event.kind == EventKind.REMOVE:
            reasons[event.target] = (event.reason, event.has_note)
        elif event.kind == EventKind.RESTORE:
            reasons.pop(event.target, None)
    return pl.DataFrame([(post, *why) for post, why in sorted(reasons.items())], REMOVALS, orient="row")


def _reword(wordings: dict[str, tuple[str | None, str | None]], event: Event) -> None:
    """Keep the newest title and text an event gives: a part it leaves empty keeps what it was."""
    if event.kind in (EventKind.RETITLE, EventKind.MERGE) and (event.title or event.text):
        title, text = wordings.get(event.target, (None, None))
        wordings[event.target] = (event.title or title, event.text or text)


def _remember(history: dict[str, list[tuple[int, Standing]]], board: Board, touched: Iterable[str], day: int) -> None:
    for post in sorted(touched):
        now = board.standing(post)
        earlier = history.setdefault(post, [(ALWAYS, UNKNOWN)])
        if earlier[-1][1] != now:
            earlier.append((day, now))


def _standings(history: dict[str, list[tuple[int, Standing]]]) -> pl.DataFrame:
    rows = []
    for post, periods in sorted(history.items()):
        ends = [since for since, _ in periods[1:]] + [EVER_AFTER]
        for (since, standing), until in zip(periods, ends, strict=True):
            rows.append((post, since, until, standing.state, standing.root, standing.reason))
    return pl.DataFrame(rows, STANDINGS, orient="row")
