"""A conversation written as a table of what happened on which day, put into a vault and published from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.pool import StaticPool

from data_access.progress import silent
from data_access.publishing.count import COUNTS
from data_access.publishing.ground import Ground, prepare
from data_access.publishing.material import facts_of, gather
from data_access.publishing.publish import publish
from data_access.releases.store import Manifest, Release, open_release
from data_access.vault import reading
from data_access.vault.engine import open_vault
from data_access.vault.schema import (
    Base,
    Code,
    Comment,
    Conversation,
    FeedbackPoint,
    Idea,
    IdeaVersion,
    ImportLedger,
    ImportRun,
    ModerationEvent,
    Participant,
    ParticipantVersion,
    Session,
    Theme,
    VoteCast,
)
from tests import databases

FIRST = date(2024, 3, 1)  # day 1 of every told conversation; GMT, so local days are UTC days
AFTER = datetime(2030, 1, 1, tzinfo=UTC)
VALUES = {"agrees with": 1, "passes on": 0, "disagrees with": -1}


@dataclass
class Vault:
    """Rows put into a vault one at a time, each at a later second of its day than the one before."""

    engine: Engine
    releases: Path
    seconds: int = 0
    import_id: int = 1
    people: dict[str, int] = field(default_factory=dict)
    ideas: dict[str, int] = field(default_factory=dict)
    supplied: set[str] = field(default_factory=set)

    def moment(self, day: float) -> int:
        """Milliseconds of a day of the conversation (day 1 is the first), later at every call."""
        self.seconds += 1
        start = datetime(FIRST.year, FIRST.month, FIRST.day, 9, tzinfo=UTC)
        return int((start + timedelta(days=day - 1, seconds=self.seconds)).timestamp() * 1000)

    def add(self, table: type[Base], /, **values: Any) -> int:
        with self.engine.begin() as connection:
            key = connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def begin(self, **values: Any) -> None:
        usual = {"id": 1, "key": "told", "title": "Told", "source": "template"}
        self.add(Conversation, **{**usual, **values})
        self.new_import()

    def new_import(self, state: str = "committed", content_hash: str = "") -> int:
        self.import_id = self.add(
            ImportRun,
            conversation_id=1,
            adapter="template",
            state=state,
            content_hash=content_hash or f"hash {self.import_id}",
            started_at_ms=0,
            finished_at_ms=0,
            started_by="a test",
            proof="{}",
        )
        return self.import_id

    def ledger(self, rows: int) -> None:
        counts = {"rows": rows, "accepted": rows, "duplicate": 0, "quarantined": 0}
        self.add(ImportLedger, import_id=self.import_id, file="votes.csv", table="votes", **counts)

    def person(self, name: str) -> int:
        if name not in self.people:
            self.people[name] = self.add(Participant, conversation_id=1, pseudonym=name)
        return self.people[name]

    def door(self, name: str, **values: Any) -> None:
        self.add(ParticipantVersion, import_id=self.import_id, participant_id=self.person(name), **values)

    def number(self, idea: str) -> int:
        if idea not in self.ideas:
            self.ideas[idea] = self.add(Idea, conversation_id=1, source_id=idea)
        return self.ideas[idea]

    def idea(self, idea: str, day: float | None = 0, author: str = "", **values: Any) -> None:
        self.supplied.add(idea)
        self.add(
            IdeaVersion,
            import_id=self.import_id,
            idea_id=self.number(idea),
            author_id=self.person(author) if author else None,
            posted_at_ms=None if day is None else self.moment(day),
            **{"text": f"words of {idea}", **values},
        )

    def vote(
        self, person: str, idea: str, value: int, day: float, *, at_ms: int | None = None, position: int = 0
    ) -> None:
        self.add(
            VoteCast,
            import_id=self.import_id,
            idea_id=self.number(idea),
            participant_id=self.person(person),
            cast_at_ms=self.moment(day) if at_ms is None else at_ms,
            position=position,
            value=value,
        )

    def comment(self, comment: str, idea: str, day: float, author: str = "", text: str = "") -> None:
        self.add(
            Comment,
            import_id=self.import_id,
            conversation_id=1,
            source_id=comment,
            idea_id=self.number(idea),
            author_id=self.person(author) if author else None,
            posted_at_ms=self.moment(day),
            text=text or f"words of {comment}",
        )

    def event(self, kind: str, target: str, day: float, **values: Any) -> None:
        moment = self.moment(day)
        usual = {"sequence": moment, "happened_at_ms": moment, "post_kind": "idea"}
        self.add(
            ModerationEvent,
            import_id=self.import_id,
            conversation_id=1,
            kind=kind,
            target=target,
            **{**usual, **values},
        )

    def theme(self, code: str, version: int = 1, **values: Any) -> None:
        ids = {"import_id": self.import_id, "conversation_id": 1}
        self.add(Theme, frame_version=version, code=code, **ids, **{"name": code.title(), **values})

    def code(self, idea: str, theme: str, version: int = 1, coder: str = "a") -> None:
        ids = {"import_id": self.import_id, "conversation_id": 1}
        item = {"item_kind": "idea", "item_source_id": idea, "theme_code": theme, "coder": coder}
        self.add(Code, frame_version=version, **ids, **item)

    def session(self, session: str, **values: Any) -> None:
        ids = {"import_id": self.import_id, "conversation_id": 1, "source_id": session}
        self.add(Session, **ids, **{"kind": "big conversation", "title": "A session", **values})

    def point(self, point: str, session: str, question: str = "What helps?", text: str = "time") -> None:
        ids = {"import_id": self.import_id, "conversation_id": 1, "source_id": point}
        self.add(FeedbackPoint, session_source_id=session, question=question, text=text, **ids)

    def tell(self, story: str) -> None:
        """Put in what a story says, in its order; ideas it votes on or posts under were posted on day 0."""
        lines = [tuple(part.strip() for part in line.split("|")) for line in story.strip().splitlines()]
        told = [(int(day), event) for day, event in lines if day != "day"]
        made = {name for _, event in told for name in _made_by(event)}
        for name in dict.fromkeys(name for _, event in told for name in _needed_by(event)):
            if name not in made | self.supplied and not name.startswith("unknown"):
                self.idea(name)
        for day, event in told:
            self._happen(day, event)

    def _happen(self, day: int, event: str) -> None:
        if match := re.fullmatch(r"(\w+) (agrees with|passes on|disagrees with) (.+)", event):
            self.vote(match[1], match[3], VALUES[match[2]], day)
        elif match := re.fullmatch(r"(\w+) posts (\w+)", event):
            self.idea(match[2], day, match[1])
        elif match := re.fullmatch(r"(\w+) comments (\w+) on (.+)", event):
            self.comment(match[2], match[3], day, match[1])
        elif match := re.fullmatch(r"moderator merges (.+) into (.+)", event):
            self.event("merge", match[2], day, sources=_joined(match[1]))
        elif match := re.fullmatch(r"moderator splits (\w+) into (.+?)(?: \((\w+) inherits\))?", event):
            self.event("split", match[1], day, parts=_joined(match[2]), inherits=match[3])
        elif match := re.fullmatch(r"moderator (remove|restore)s (comment )?(\w+)(?: for (.+))?", event):
            kind = "comment" if match[2] else "idea"
            self.event(match[1], match[3], day, post_kind=kind, reason=match[4] or "")
        elif match := re.fullmatch(r"moderator retitles (\w+) as (.+)", event):
            self.event("retitle", match[1], day, title=match[2])
        else:
            raise ValueError(f"the story says '{event}', which nobody understands")

    def ground(self, now: datetime = AFTER) -> Ground:
        """The only conversation, resolved, before anything is counted."""
        with self.engine.connect() as connection:
            facts = facts_of(reading.conversations(connection).row(0, named=True))
            return prepare(gather(connection, facts, now=now, progress=silent))

    def counted(self, table: str, now: datetime = AFTER) -> pl.DataFrame:
        """One table as counted, before protection."""
        return COUNTS[table](self.ground(now))

    def publish(self, now: datetime = AFTER, *, is_forced: bool = False) -> Manifest:
        return publish(engine=self.engine, releases_folder=self.releases, now=now, progress=silent, is_forced=is_forced)

    def release(self, now: datetime = AFTER) -> Release:
        return open_release(self.releases, self.publish(now).number)

    def cells(self, table: str, now: datetime = AFTER) -> pl.DataFrame:
        """One table as a release of this vault holds it."""
        return self.release(now).table(table)

    def balance(self, idea: str) -> dict[str, int]:
        """Voters, agree, pass and disagree of an idea that stands."""
        rows = self.counted("votes_by_idea").filter(pl.col("idea") == idea)
        return dict(rows.select("voters", "agree", "pass", "disagree").row(0, named=True))


def _joined(names: str) -> str:
    return "|".join(name.strip() for name in re.split(r",| and ", names))


def _made_by(event: str) -> list[str]:
    """Ideas an event brings into being: posted by somebody, or parts of a split."""
    if match := re.fullmatch(r"\w+ posts (\w+)", event):
        return [match[1]]
    if match := re.fullmatch(r"moderator splits \w+ into (.+?)(?: \(\w+ inherits\))?", event):
        return _joined(match[1]).split("|")
    if match := re.fullmatch(r"moderator merges .+ into (new\w*)", event):
        return [match[1]]
    return []


def _needed_by(event: str) -> list[str]:
    """Ideas that must have been there: voted on, commented on or moderated."""
    patterns = (
        r"\w+ (?:agrees with|passes on|disagrees with) (.+)",
        r"\w+ comments \w+ on (.+)",
        r"moderator merges (.+) into (.+)",
        r"moderator splits (\w+) into .+",
        r"moderator retitles (\w+) as .+",
        r"moderator (?:remove|restore)s (\w+)(?: for .+)?",
    )
    for pattern in patterns:
        if match := re.fullmatch(pattern, event):
            return [name for group in match.groups() for name in _joined(group).split("|")]
    return []


@pytest.fixture
def new_vault(tmp_path: Path) -> Iterator[Callable[..., Vault]]:
    """Make a vault with one conversation ('told', k = 10) and one committed import; the facts may be set."""
    made: list[Vault] = []

    def new(**facts: Any) -> Vault:
        folder = tmp_path / f"vault {len(made)}"
        folder.mkdir()
        made.append(bare_vault(folder))
        made[-1].begin(**facts)
        return made[-1]

    yield new
    for one in made:
        one.engine.dispose()


@pytest.fixture
def vault(new_vault: Callable[..., Vault]) -> Vault:
    """A vault with the usual conversation."""
    return new_vault()


@pytest.fixture
def conversation(vault: Vault) -> Callable[[str], Vault]:
    """Tell a conversation as a table of day and event; give the vault it is in."""

    def told(story: str) -> Vault:
        vault.tell(story)
        return vault

    return told


def bare_vault(folder: Path) -> Vault:
    """A vault without any conversation."""
    if databases.IS_ON_SERVER:
        return Vault(open_vault(databases.vault_url(folder)), folder / "releases")
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    return Vault(engine, folder / "releases")
