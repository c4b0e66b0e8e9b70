"""The algebra of moderation: what events do to posts of one kind, one event at a time.

    event            legal when                                    effect
    merge(S → t)     every s live; t live or new; t not in S       s and everything merged into s belong to t
    split(s → P)     s live; every part new                        s is archived; parts start empty, unless one
                                                                   part is named to inherit what s carries
    remove(x)        x exists, not removed                         x and all merged through x is withheld
    restore(x)       x removed                                     the inverse of remove
    retitle(x)       x exists                                      presentation only

Anything else is rejected with a reason and changes nothing. A `Board` holds the state while events are
applied in order; it knows ids and links only, neither votes nor words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.vocabulary import EventKind, IdeaState, Withheld

# Platforms create the parts and then write the log line, and exports round times to the minute: a part
# posted up to a minute before its split is still new.
SAME_MOMENT_MS: Final = 60_000


class Rejection(StrEnum):
    """Why an event changes nothing."""

    UNKNOWN_KIND = "not a kind of event"
    UNKNOWN_POST = "the post does not exist"
    NO_SOURCE = "names no source"
    SELF_MERGE = "merged into itself"
    SOURCE_NOT_LIVE = "a source is not live"
    TARGET_NOT_LIVE = "the target is not live"
    NOT_LIVE = "the post is not live"
    NO_PART = "names no part"
    PART_EXISTS = "a part existed before"
    STRANGE_HEIR = "the inheriting part is not one of the parts"
    ALREADY_REMOVED = "removed already"
    NOT_REMOVED = "not removed"


@dataclass(frozen=True)
class Post:
    """An idea or a comment as it came. `moderated` as Polis gives it: -1 rejected, 0 not looked at, 1 accepted."""

    id: str
    posted_at_ms: int | None = None
    moderated: int | None = None


@dataclass(frozen=True)
class Event:
    """One line of the moderation log. `day` counts days since 1970 in the conversation's time zone."""

    sequence: int
    happened_at_ms: int
    day: int
    kind: str
    target: str
    sources: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    inherits: str | None = None
    title: str = ""
    text: str = ""
    reason: str = ""
    has_note: bool = False

    @property
    def concerned(self) -> tuple[str, ...]:
        """The posts an event of its kind is about; columns its kind does not use say nothing."""
        if self.kind == EventKind.MERGE:
            return (self.target, *self.sources)
        return (self.target, *self.parts) if self.kind == EventKind.SPLIT else (self.target,)


@dataclass(frozen=True)
class Standing:
    """What has become of a post: its own state, the post that carries what it gathered, or why none does."""

    state: IdeaState
    root: str | None
    reason: Withheld | None


UNKNOWN: Final = Standing(IdeaState.UNKNOWN, None, Withheld.UNKNOWN)


class Board:
    """Every post of one kind while events are applied; `standing` reads it at any moment."""

    def __init__(self, posts: Iterable[Post], *, is_strict: bool) -> None:
        """Begin with the posts as they came: rejected ones removed, unseen ones not shown where strict."""
        self._posted: dict[str, int | None] = {}
        self._parent: dict[str, str] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        self._split: set[str] = set()
        self._removed: set[str] = set()
        self._unseen: set[str] = set()
        self._mentioned: set[str] = set()
        for post in posts:
            self._posted[post.id] = post.posted_at_ms
            if post.moderated == -1:
                self._removed.add(post.id)
            if is_strict and post.moderated == 0:
                self._unseen.add(post.id)

    @property
    def ids(self) -> list[str]:
        """Give every post there is, those that came and those that events created, in order of appearance."""
        return list(self._posted)

    def apply(self, event: Event) -> Rejection | None:
        """Apply one event; give the reason if it is rejected, having changed nothing."""
        rules = {
            EventKind.MERGE: (self._why_no_merge, self._merge),
            EventKind.SPLIT: (self._why_no_split, self._split_up),
            EventKind.REMOVE: (self._why_no_removal, self._remove),
            EventKind.RESTORE: (self._why_no_restoring, self._restore),
            EventKind.RETITLE: (self._why_no_retitling, self._retitle),
        }
        if event.kind not in set(EventKind):
            return Rejection.UNKNOWN_KIND
        refuse, effect = rules[EventKind(event.kind)]
        rejection = refuse(event)
        if rejection is None:
            effect(event)
            self._mentioned.update(event.concerned)
        return rejection

    def is_live(self, post: str) -> bool:
        """Whether a post exists and was neither merged, split, removed nor held back as unseen."""
        gone = (self._parent, self._split, self._removed, self._unseen)
        return post in self._posted and not any(post in place for place in gone)

    def standing(self, post: str) -> Standing:
        """Give what has become of a post."""
        if post not in self._posted:
            return UNKNOWN
        chain = [post]
        while chain[-1] in self._parent:
            chain.append(self._parent[chain[-1]])
        root, state = chain[-1], self._own_state(post)
        if not self._removed.isdisjoint(chain):
            return Standing(state, None, Withheld.REMOVED)
        if not self._unseen.isdisjoint(chain):
            return Standing(state, None, Withheld.NOT_SHOWN)
        if root in self._split:
            return Standing(state, None, Withheld.SPLIT)
        return Standing(state, root, None)

    def touched_by(self, event: Event) -> set[str]:
        """Give every post whose standing an applied event may have changed."""
        waiting = list(event.concerned)
        found: set[str] = set()
        while waiting:
            post = waiting.pop()
            if post not in found:
                found.add(post)
                waiting.extend(self._children[post])
        return found

    def _own_state(self, post: str) -> IdeaState:
        if post in self._removed:
            return IdeaState.REMOVED
        if post in self._unseen:
            return IdeaState.NOT_SHOWN
        if post in self._split:
            return IdeaState.SPLIT
        return IdeaState.MERGED if post in self._parent else IdeaState.LIVE

    def _why_no_merge(self, event: Event) -> Rejection | None:
        if not event.sources:
            return Rejection.NO_SOURCE
        if event.target in event.sources:
            return Rejection.SELF_MERGE
        if not all(self.is_live(source) for source in event.sources):
            return Rejection.SOURCE_NOT_LIVE
        is_new = event.target not in self._posted
        return None if is_new or self.is_live(event.target) else Rejection.TARGET_NOT_LIVE

    def _merge(self, event: Event) -> None:
        self._posted.setdefault(event.target, event.happened_at_ms)
        for source in dict.fromkeys(event.sources):
            self._belongs(source, event.target)

    def _why_no_split(self, event: Event) -> Rejection | None:
        if event.target not in self._posted:
            return Rejection.UNKNOWN_POST
        if not self.is_live(event.target):
            return Rejection.NOT_LIVE
        if not event.parts:
            return Rejection.NO_PART
        if not all(self._is_new(part, event) for part in event.parts):
            return Rejection.PART_EXISTS
        is_heir_strange = event.inherits is not None and event.inherits not in event.parts
        return Rejection.STRANGE_HEIR if is_heir_strange else None

    def _split_up(self, event: Event) -> None:
        for part in event.parts:
            self._posted.setdefault(part, event.happened_at_ms)
        self._split.add(event.target)
        if event.inherits is not None:
            self._belongs(event.target, event.inherits)

    def _is_new(self, post: str, event: Event) -> bool:
        """Whether a post came into being with the event: exports list parts among the ideas, as they must."""
        if post == event.target or post in self._mentioned:
            return False
        posted = self._posted.get(post)
        return post not in self._posted or posted is None or posted >= event.happened_at_ms - SAME_MOMENT_MS

    def _why_no_removal(self, event: Event) -> Rejection | None:
        if event.target not in self._posted:
            return Rejection.UNKNOWN_POST
        return Rejection.ALREADY_REMOVED if event.target in self._removed else None

    def _remove(self, event: Event) -> None:
        self._removed.add(event.target)

    def _why_no_restoring(self, event: Event) -> Rejection | None:
        if event.target not in self._posted:
            return Rejection.UNKNOWN_POST
        return None if event.target in self._removed else Rejection.NOT_REMOVED

    def _restore(self, event: Event) -> None:
        self._removed.discard(event.target)

    def _why_no_retitling(self, event: Event) -> Rejection | None:
        return None if event.target in self._posted else Rejection.UNKNOWN_POST

    def _retitle(self, event: Event) -> None:
        """Change nothing here: wording is not this board's business."""

    def _belongs(self, post: str, to: str) -> None:
        self._parent[post] = to
        self._children[to].append(post)
