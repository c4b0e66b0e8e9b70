"""Made-up conversations: votes, comments and moderation over a few days, and a slow twin that resolves them.

The twin is plain Python that replays the log from the start and counts row by row.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from data_access.coding.frame import CODES, THEMES
from data_access.publishing.material import Facts, Material
from data_access.vocabulary import ELEMENTS, NOT_CODED, ModerationMode

DAY_MS = 86_400_000
DAYS = 5
PEOPLE = range(7)
SUPPLIED = ("A", "B", "C", "D", "E")
MADE = ("N1", "N2", "P1", "P2")
IDS = (*SUPPLIED, *MADE, "U")
NUMBERS = {name: at for at, name in enumerate(IDS, start=1)}
VOCABULARY = ("flexible", "hours", "the", "kindness")


@dataclass(frozen=True)
class Step:
    """One thing that happened: a vote, a comment or an event, on a day (from 1), in order of the list."""

    what: str
    day: int
    person: int = 0
    idea: str = "A"
    value: int = 0
    sources: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    inherits: str | None = None
    at: int = 0

    @property
    def moment(self) -> int:
        return self.day * DAY_MS + self.at


@dataclass(frozen=True)
class World:
    steps: tuple[Step, ...]
    moderated: tuple[int | None, ...]
    authors: tuple[int | None, ...]
    elements: tuple[tuple[str, ...], ...]
    wordings: tuple[tuple[str, ...], ...]
    is_strict: bool
    last_day: int | None

    def of(self, *kinds: str) -> list[Step]:
        return [step for step in self.steps if step.what in kinds]


EVENTS = ("merge", "split", "remove", "restore", "retitle")
ids = st.sampled_from(IDS)
a_vote = st.builds(
    Step, st.just("vote"), st.integers(1, DAYS), st.sampled_from(PEOPLE), ids, st.sampled_from([-1, 0, 1])
)
a_comment = st.builds(Step, st.just("comment"), st.integers(1, DAYS), st.sampled_from(PEOPLE), ids)
an_event = st.builds(
    Step,
    st.sampled_from([*EVENTS, "merge", "merge", "remove"]),
    st.integers(1, DAYS),
    idea=ids,
    sources=st.lists(ids, max_size=2).map(tuple),
    parts=st.lists(st.sampled_from(MADE), max_size=2, unique=True).map(tuple),
    inherits=st.sampled_from([None, None, *MADE]),
)


# Few people and few ideas, so that people meet on ideas that are merged, split and removed: chance alone seldom does.
FEW = SUPPLIED[:3]
a_likely_vote = st.builds(
    Step,
    st.just("vote"),
    st.integers(1, DAYS),
    st.sampled_from(PEOPLE[:2]),
    st.sampled_from([*FEW, *FEW, "N1"]),
    st.sampled_from([-1, 0, 1]),
)
a_likely_merge = st.builds(
    Step,
    st.just("merge"),
    st.integers(2, DAYS),
    idea=st.sampled_from([*FEW, "N1"]),
    sources=st.lists(st.sampled_from(FEW), min_size=1, max_size=2).map(tuple),
)
a_likely_split = st.builds(
    Step, st.just("split"), st.integers(3, DAYS), idea=st.sampled_from(FEW), parts=st.just(MADE[2:])
)
anything = st.one_of(a_vote, a_vote, a_vote, a_comment, an_event)
busy = st.one_of(a_likely_vote, a_likely_vote, a_likely_merge, a_likely_split, an_event)
quiet_worlds = st.lists(anything, max_size=30)
busy_worlds = st.lists(busy, min_size=12, max_size=24)


@st.composite
def worlds(draw: st.DrawFn, happenings: st.SearchStrategy[list[Step]] = quiet_worlds) -> World:
    steps = draw(happenings)
    ordered = sorted(steps, key=lambda step: step.day)
    per_idea = {"min_size": len(SUPPLIED), "max_size": len(SUPPLIED)}
    return World(
        steps=tuple(replace(step, at=at) for at, step in enumerate(ordered)),
        moderated=tuple(draw(st.lists(st.sampled_from([None, None, 1, 0, -1]), **per_idea))),
        authors=tuple(draw(st.lists(st.sampled_from([None, *PEOPLE]), **per_idea))),
        elements=tuple(
            draw(st.lists(st.lists(st.sampled_from(ELEMENTS[:2]), unique=True, max_size=2).map(tuple), **per_idea))
        ),
        wordings=tuple(draw(st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=3).map(tuple), **per_idea))),
        is_strict=draw(st.booleans()),
        last_day=draw(st.sampled_from([None, None, 3])),
    )


def material(world: World, *, seed: int = 0, times: int = 1) -> Material:
    """The world as the vault would give it; rows in a shuffled order, each `times` times."""
    shuffle = random.Random(seed)
    votes = [step for step in world.of("vote") for _ in range(times)]
    order = {id_: at for at, id_ in enumerate(range(len(votes)))}
    rows = [
        (step.person, NUMBERS[step.idea], order[at], step.day, step.value, late(world, step))
        for at, step in enumerate(votes)
    ]
    shuffle.shuffle(rows)
    events = [step for step in world.of(*EVENTS) for _ in range(times)]
    shuffle.shuffle(events)
    closes = None if world.last_day is None else date(1970, 1, 1) + timedelta(days=world.last_day)
    mode = ModerationMode.STRICT if world.is_strict else ModerationMode.PERMISSIVE
    facts = Facts(1, "made", "Made", "template", None, closes, "UTC", 5, mode, True, False)
    return Material(
        facts=facts,
        votes=pl.DataFrame(
            rows,
            schema={"participant": pl.Int64, "idea": pl.Int64, "order": pl.Int64, "day": pl.Int32, "value": pl.Int8}
            | {"is_late": pl.Boolean},
            orient="row",
        ),
        ideas=ideas_frame(world),
        idea_numbers=pl.DataFrame({"idea": list(NUMBERS.values()), "id": list(NUMBERS)}),
        comments=comments_frame(world),
        events=events_frame(events),
        participants=no_rows("participant", "region", "staff_group", "registered_at_ms", "signed_in_at_ms"),
        themes=pl.DataFrame(schema=THEMES),
        codes=pl.DataFrame(schema=CODES),
        sessions=no_rows("session"),
        feedback=no_rows("id", "session", "question", "text"),
    )


def late(world: World, step: Step) -> bool:
    return world.last_day is not None and step.day > world.last_day


def no_rows(*columns: str) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))


def ideas_frame(world: World) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "idea": [NUMBERS[name] for name in SUPPLIED],
            "id": SUPPLIED,
            "author": world.authors,
            "posted_at_ms": [DAY_MS] * len(SUPPLIED),
            "day": [1] * len(SUPPLIED),
            "title": [""] * len(SUPPLIED),
            "text": [" ".join(words) for words in world.wordings],
            "elements": ["|".join(elements) for elements in world.elements],
            "is_seed": [False] * len(SUPPLIED),
            "moderated": world.moderated,
        },
        schema_overrides={"author": pl.Int64, "moderated": pl.Int64, "day": pl.Int32},
    )


def comments_frame(world: World) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (f"c{step.at}", NUMBERS[step.idea], step.person, step.moment, step.day, late(world, step), "kindness")
            for step in world.of("comment")
        ],
        schema={"id": pl.String, "idea": pl.Int64, "author": pl.Int64, "posted_at_ms": pl.Int64, "day": pl.Int32}
        | {"is_late": pl.Boolean, "text": pl.String},
        orient="row",
    )


def events_frame(steps: list[Step]) -> pl.DataFrame:
    texts = ("kind", "post_kind", "target", "sources", "parts", "inherits", "title", "text", "reason")
    return pl.DataFrame(
        [
            (
                *(step.at, step.moment, step.day, step.what, "idea", step.idea),
                *("|".join(step.sources), "|".join(step.parts), step.inherits, "new title", "", ""),
            )
            for step in steps
        ],
        schema={"sequence": pl.Int64, "happened_at_ms": pl.Int64, "day": pl.Int32} | dict.fromkeys(texts, pl.String),
        orient="row",
    )


class Twin:
    """The slow twin: ideas as a list of facts, replayed from the start up to the close of a day."""

    def __init__(self, world: World, until_day: int = DAYS) -> None:
        self.world = world
        self.known = {name: dict(zip(("removed", "unseen"), flags, strict=True)) for name, flags in self._start()}
        self.carried_by: dict[str, str] = {}
        self.archived: set[str] = set()
        self.rejected: list[int] = []
        for step in world.of(*EVENTS):
            if step.day <= until_day and not self.apply(step):
                self.rejected.append(step.at)

    def _start(self):
        for name, moderated in zip(SUPPLIED, self.world.moderated, strict=True):
            yield name, (moderated == -1, self.world.is_strict and moderated == 0)

    def lives(self, name: str) -> bool:
        fine = name in self.known and not any(self.known[name].values())
        return fine and name not in self.carried_by and name not in self.archived

    def apply(self, step: Step) -> bool:
        return bool(getattr(self, step.what)(step))

    def merge(self, step: Step) -> bool:
        target_fine = step.idea not in self.known or self.lives(step.idea)
        if not step.sources or step.idea in step.sources or not target_fine:
            return False
        if any(not self.lives(name) for name in step.sources):
            return False
        self.known.setdefault(step.idea, {"removed": False, "unseen": False})
        for name in step.sources:
            self.carried_by[name] = step.idea
        return True

    def split(self, step: Step) -> bool:
        if not self.lives(step.idea) or not step.parts or any(part in self.known for part in step.parts):
            return False
        if step.inherits is not None and step.inherits not in step.parts:
            return False
        for part in step.parts:
            self.known[part] = {"removed": False, "unseen": False}
        self.archived.add(step.idea)
        if step.inherits:
            self.carried_by[step.idea] = step.inherits
        return True

    def remove(self, step: Step) -> bool:
        return self._flag(step, wanted=False)

    def restore(self, step: Step) -> bool:
        return self._flag(step, wanted=True)

    def _flag(self, step: Step, *, wanted: bool) -> bool:
        if step.idea not in self.known or self.known[step.idea]["removed"] != wanted:
            return False
        self.known[step.idea]["removed"] = not wanted
        return True

    def retitle(self, step: Step) -> bool:
        return step.idea in self.known

    def root(self, name: str) -> tuple[str | None, str]:
        """The idea that carries what was cast on this one, or None and why."""
        if name not in self.known:
            return None, "unknown idea"
        path = [name]
        while path[-1] in self.carried_by:
            path.append(self.carried_by[path[-1]])
        for flag, why in (("removed", "removed"), ("unseen", "not shown (strict)")):
            if any(self.known[one][flag] for one in path):
                return None, why
        return (None, "split") if path[-1] in self.archived else (path[-1], "")

    def place(self, step: Step) -> tuple[str | None, str]:
        return (None, "cast after the close") if late(self.world, step) else self.root(step.idea)

    def counted(self) -> dict[tuple[int, str], int]:
        votes: dict[tuple[int, str], int] = {}
        for step in self.world.of("vote"):
            root, _ = self.place(step)
            if root is not None:
                votes[step.person, root] = step.value
        return votes

    def authors(self) -> list[tuple[int | None, str]]:
        """Author and root of every comment and every supplied idea that stands."""
        found: list[tuple[int | None, str | None]] = [
            (step.person, self.place(step)[0]) for step in self.world.of("comment")
        ]
        found += [(author, self.root(name)[0]) for name, author in zip(SUPPLIED, self.world.authors, strict=True)]
        return [(author, root) for author, root in found if root is not None]

    def live(self) -> list[str]:
        return sorted(name for name in self.known if self.lives(name))

    def elements(self, idea: str) -> set[str]:
        own = dict(zip(SUPPLIED, self.world.elements, strict=True))
        if own.get(idea):
            return set(own[idea])
        gathered = {element for name in SUPPLIED if self.root(name)[0] == idea for element in own[name]}
        return gathered or {NOT_CODED}


def later(world: World, **step: object) -> World:
    """The world after one more event on its last day."""
    at = len(world.steps)
    return replace(world, steps=(*world.steps, Step(day=DAYS, at=at, **step)))  # type: ignore[arg-type]
