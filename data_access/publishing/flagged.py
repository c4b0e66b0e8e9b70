"""The wordings a release holds back: what a person must look at before they may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from sqlalchemy import Connection

from data_access.disclosure.personal_details import Detail, details_of_post, personal_details
from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions, wording_hash
from data_access.progress import Progress
from data_access.publishing.ground import prepare
from data_access.publishing.material import facts_of, gather
from data_access.publishing.short_wordings import short_wordings
from data_access.publishing.wordings import texts
from data_access.vault import reading
from data_access.vault.retention import states


@dataclass(frozen=True)
class Flagged:
    """One wording that waits, what the check found in it, and the name the desk knows it by.

    `id` is that of the post, or of what a short wording belongs to.
    """

    conversation: str
    kind: str
    id: str
    title: str
    text: str
    details: tuple[str, ...]
    text_hash: str


def flagged(
    connection: Connection, *, now: datetime, progress: Progress, decisions: Mapping[str, TextDecisions]
) -> list[Flagged]:
    """Give every wording that the next release would hold back and nobody has decided on.

    Only what would be shown otherwise: posts that were removed, and conversations that were completed, are left out.
    No author, place or time.
    """
    ended = {state.conversation for state in states(connection) if state.completed_at}
    rows = [row for row in reading.conversations(connection).sort("key").rows(named=True) if row["key"] not in ended]
    found: list[Flagged] = []
    for done, row in enumerate(rows):
        progress("look for personal details", done, len(rows))
        facts = facts_of(row)
        known = decisions.get(facts.key, UNDECIDED)
        ground = prepare(
            gather(connection, facts, now=now, progress=progress, decisions=TextDecisions(passes_all=True))
        )
        both = [*_of(facts.key, texts(ground), details_of_post), *_of(facts.key, short_wordings(ground), _of_name)]
        found += [one for one in both if one.text_hash not in known.released | known.kept_back]
    progress("look for personal details", len(rows), len(rows))
    return found


def _of_name(_: str, wording: str) -> tuple[Detail, ...]:
    return personal_details(wording)


def _of(conversation: str, frame: pl.DataFrame, check: Callable[[str, str], tuple[Detail, ...]]) -> list[Flagged]:
    return [
        Flagged(conversation, kind, post, title, text, tuple(map(str, details)), wording_hash(title, text))
        for kind, post, title, text in frame.select("kind", "id", "title", "text").rows()
        if (details := check(title, text))
    ]
