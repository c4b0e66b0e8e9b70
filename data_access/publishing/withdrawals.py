"""Wording that was published once and must go: removed, taken back to be shown again, reworded, kept back, erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from data_access.publishing.fates import REASONS
from data_access.publishing.ground import Ground
from data_access.releases.redacting import NOTHING, Post, Redacted, redact
from data_access.vocabulary import IdeaState, Withheld

REASON: Final = "removed, reworded or kept back since"
_GONE_IDEAS: Final = (str(IdeaState.REMOVED), str(IdeaState.NOT_SHOWN))
_GONE_COMMENTS: Final = (REASONS.index(Withheld.REMOVED), REASONS.index(Withheld.NOT_SHOWN))


@dataclass(frozen=True)
class Withdrawals:
    """Posts whose wording earlier releases must not show, and the only wording they may show of others."""

    posts: frozenset[Post] = frozenset()
    reworded: Mapping[Post, tuple[str, str]] = field(default_factory=dict)

    def __or__(self, other: Withdrawals) -> Withdrawals:
        """Put two conversations' together."""
        return Withdrawals(self.posts | other.posts, {**self.reworded, **other.reworded})


def withdrawals(ground: Ground) -> Withdrawals:
    """Give what the moderation, the decisions and the erasures of one conversation withdraw."""
    ideas = ground.now.filter(pl.col("state").is_in(_GONE_IDEAS))["id"]
    comments = ground.comments.filter(pl.col("reason").is_in(_GONE_COMMENTS))["id"]
    gone = {("idea", one) for one in ideas} | {("comment", one) for one in comments}
    for kind, frame in (("idea", ground.ideas), ("comment", ground.comments)):
        gone |= {(kind, one) for one in frame.filter("is_withdrawn")["id"]}
    key = ground.facts.key
    return Withdrawals(frozenset((key, kind, one) for kind, one in gone), _reworded(ground))


def blank_withdrawn(releases_folder: Path, gone: Withdrawals, *, keys_folder: Path, now: datetime) -> Redacted:
    """Blank what is withdrawn in every release there is; give how many wordings by release, and the wordings."""
    if not gone.posts and not gone.reworded:
        return NOTHING
    every = gone.posts | frozenset(gone.reworded)
    return redact(releases_folder, every, reason=REASON, keys_folder=keys_folder, now=now, may_say=gone.reworded)


def _reworded(ground: Ground) -> dict[Post, tuple[str, str]]:
    """Give the wording of every post a moderator reworded: an earlier one may hold what was taken out."""
    kinds = (
        ("idea", ground.ideas, ground.resolution.ideas.retitled),
        ("comment", ground.comments, ground.resolution.comments.retitled),
    )
    return {
        (ground.facts.key, kind, post): (title, text)
        for kind, frame, retitled in kinds
        for post, title, text in frame.join(retitled, on="id", how="semi").select("id", "title", "text").rows()
    }
