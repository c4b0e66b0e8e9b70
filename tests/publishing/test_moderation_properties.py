"""The moderation algebra's invariants, on any conversation, and every counted table against a slow twin.

The twin is plain Python that replays the log from the start for every day and counts row by row.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.publishing.count import COUNTS
from data_access.publishing.fates import COUNTED, SUPERSEDED, WITHHELD
from data_access.publishing.ground import Ground, prepare
from data_access.publishing.material import Facts, Material
from data_access.vault import reading
from data_access.vocabulary import ELEMENTS, NOT_CODED, ModerationMode

DAY_MS = 86_400_000
DAYS = 5
PEOPLE = range(7)
SUPPLIED = ("A", "B", "C", "D", "E")
MADE = ("N1", "N2", "P1", "P2")
IDS = (*SUPPLIED, *MADE, "U")
NUMBERS = {name: at for at, name in enumerate(IDS, start=1)}
VOCABULARY = ("flexible", "hours", "the", "kindness")
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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


@st.composite
def worlds(draw: st.DrawFn) -> World:
    steps = draw(st.lists(st.one_of(a_vote, a_vote, a_vote, a_comment, an_event), max_size=30))
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
        themes=pl.DataFrame(
            schema={"frame_version": pl.Int64, "code": pl.String, "name": pl.String, "element": pl.String}
        ),
        codes=pl.DataFrame(
            schema=dict.fromkeys(("item_kind", "item_source_id", "theme_code"), pl.String) | {"frame_version": pl.Int64}
        ),
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


def votes_on(counted: dict[tuple[int, str], int], idea: str) -> list[int]:
    return [value for (_, root), value in counted.items() if root == idea]


def tally(votes: list[int]) -> tuple[int, int, int, int]:
    return (len(votes), votes.count(1), votes.count(0), votes.count(-1))


def ground(world: World) -> Ground:
    return prepare(material(world))


def sum_of_ledger(of: Ground, subject: str) -> dict[tuple[str, str], int]:
    rows = COUNTS["moderation"](of).filter(pl.col("subject") == subject)
    return {(outcome, reason): count for outcome, reason, count in rows.select("outcome", "reason", "count").rows()}


@thorough
@given(worlds())
def test_votes_by_idea_equal_the_slow_twin(world: World):
    twin = Twin(world)
    counted = twin.counted()
    comments = [twin.place(step)[0] for step in world.of("comment")]
    merged = [root for name in twin.known if (root := twin.root(name)[0]) != name and name not in twin.archived]
    expected = [
        (idea, *tally(votes_on(counted, idea)), comments.count(idea), merged.count(idea)) for idea in twin.live()
    ]
    assert COUNTS["votes_by_idea"](ground(world)).drop("is_seed").rows() == expected


@thorough
@given(worlds())
def test_elements_equal_the_slow_twin(world: World):
    twin = Twin(world)
    counted, authors = twin.counted(), twin.authors()
    comments = [twin.place(step)[0] for step in world.of("comment")]
    expected = []
    for element in (*ELEMENTS, NOT_CODED):
        inside = [idea for idea in twin.live() if element in twin.elements(idea)]
        votes = {pair: value for pair, value in counted.items() if pair[1] in inside}
        people = {person for person, _ in votes} | {one for one, root in authors if root in inside and one is not None}
        voters = len({person for person, _ in votes})
        said = sum(root in inside for root in comments)
        expected.append((element, len(inside), said, len(people), voters, *tally(list(votes.values()))[1:]))
    assert COUNTS["votes_by_element"](ground(world)).rows() == expected


@thorough
@given(worlds())
def test_days_equal_the_slow_twin_as_it_stood_at_the_close_of_each(world: World):
    expected = {}
    for day in range(1, DAYS + 1):
        twin = Twin(world, until_day=day)
        votes = {(one.person, twin.place(one)[0]) for one in world.of("vote") if one.day == day and twin.place(one)[0]}
        said = [one for one in world.of("comment") if one.day == day and twin.place(one)[0]]
        posted = [at for at, name in enumerate(SUPPLIED) if day == 1 and twin.root(name)[0]]
        people = {one for one, _ in votes} | {one.person for one in said} | {world.authors[at] for at in posted}
        new = sum(twin.lives(SUPPLIED[at]) for at in posted)
        if votes or said or posted:
            expected[day] = (len(people - {None}), new, len(said), len(votes))
    for day in range(min(expected, default=1), max(expected, default=0) + 1):
        expected.setdefault(day, (0, 0, 0, 0))
    frame = COUNTS["activity_by_day"](ground(world)).with_columns(pl.col("day").cast(pl.Int32))
    assert {day: tuple(counts) for day, *counts in frame.rows()} == expected
    assert frame["day"].is_sorted()


@thorough
@given(worlds())
def test_totals_and_ledgers_equal_the_slow_twin(world: World):
    twin, of = Twin(world), ground(world)
    counted, authors = twin.counted(), twin.authors()
    commenters = {step.person for step in world.of("comment") if twin.place(step)[0]}
    contributors = {one for one, _ in authors if one is not None}
    voters = {person for person, _ in counted}
    said = sum(twin.place(step)[0] is not None for step in world.of("comment"))
    totals = dict(COUNTS["totals"](of).rows())
    assert {name: totals[name] for name in ("voters", "commenters", "contributors", "participants")} == {
        "voters": len(voters),
        "commenters": len(commenters),
        "contributors": len(contributors),
        "participants": len(voters | contributors),
    }
    assert (totals["ideas"], totals["comments"], totals["votes"]) == (len(twin.live()), said, len(counted))
    assert "registered" not in totals
    fates: dict[tuple[str, str], int] = {}
    for step in world.of("vote"):
        why = twin.place(step)[1]
        fates["withheld" if why else "either", why] = fates.get(("withheld" if why else "either", why), 0) + 1
    either = fates.pop(("either", ""), 0)
    assert {key: n for key, n in sum_of_ledger(of, "votes").items() if key[0] == "withheld"} == fates
    assert sum(n for key, n in sum_of_ledger(of, "votes").items() if key[0] != "withheld") == either
    assert sum(sum_of_ledger(of, "comments").values()) == len(world.of("comment"))
    assert sum(n for key, n in sum_of_ledger(of, "events").items() if key[0] == "rejected") == len(twin.rejected)


@thorough
@given(worlds())
def test_words_equal_the_slow_twin(world: World):
    twin = Twin(world)
    used: dict[str, set[int]] = {}
    for name, author, words in zip(SUPPLIED, world.authors, world.wordings, strict=True):
        if twin.lives(name) and author is not None:
            for word in set(words) - {"the"}:
                used.setdefault(word, set()).add(author)
    for step in world.of("comment"):
        if twin.place(step)[0]:
            used.setdefault("kindness", set()).add(step.person)
    expected = [(word, 5) for word, people in sorted(used.items()) if len(people) >= 5]
    assert COUNTS["words"](ground(world)).rows() == expected


@thorough
@given(worlds())
def test_every_vote_has_one_fate_and_only_live_ideas_carry_any(world: World):
    """Invariants 1 to 5 and 8."""
    of = ground(world)
    votes, live = of.votes, set(of.live["idea"])
    counted = votes.filter(pl.col("fate") == COUNTED)
    assert votes.height == len(world.of("vote"))
    assert set(votes["fate"]) <= {COUNTED, SUPERSEDED, WITHHELD}
    assert COUNTS["votes_by_idea"](of).select("agree", "pass", "disagree").sum_horizontal().sum() == counted.height
    superseders = votes.select(by="order", person="participant", on="root", their="fate")
    superseded = votes.filter(pl.col("fate") == SUPERSEDED).join(superseders, on="by", how="left")
    same = (pl.col("person") == pl.col("participant")) & (pl.col("on") == pl.col("root"))
    assert (
        superseded.filter(same & (pl.col("by") > pl.col("order")) & (pl.col("their") == COUNTED)).height
        == superseded.height
    )
    assert set(counted["root"]) <= live
    roots = dict(of.now.select("idea", "root").rows())
    assert all(root is None or roots[root] == root for root in roots.values())
    standing = votes.filter(pl.col("fate") != WITHHELD)
    assert counted.height == standing.select("participant", "root").unique().height
    assert votes.filter((pl.col("fate") == WITHHELD) != pl.col("reason").is_not_null()).is_empty()


@thorough
@given(worlds(), st.integers(1, 9))
def test_the_order_of_files_and_a_second_import_of_the_same_change_nothing(world: World, seed: int):
    """Invariants 6 and 7."""
    for other in (material(world, seed=seed), material(world, seed=seed, times=2)):
        again, first = prepare(other), ground(world)
        for name in ("votes_by_idea", "votes_by_element", "activity_by_day", "totals", "lineage"):
            assert COUNTS[name](again).equals(COUNTS[name](first))


def later(world: World, **step: object) -> World:
    """The world after one more event on its last day."""
    at = len(world.steps)
    return replace(world, steps=(*world.steps, Step(day=DAYS, at=at, **step)))  # type: ignore[arg-type]


@thorough
@given(worlds(), ids)
def test_restoring_after_removing_is_as_if_nothing_happened(world: World, idea: str):
    """Invariant 9, wherever removing was legal."""
    removed = later(world, what="remove", idea=idea)
    restored = later(removed, what="restore", idea=idea)
    if removed.steps[-1].at in Twin(removed).rejected:
        return
    for name in ("votes_by_idea", "lineage", "totals"):
        assert COUNTS[name](ground(restored)).equals(COUNTS[name](ground(world)))


@thorough
@given(worlds(), st.sampled_from(SUPPLIED), st.sampled_from(SUPPLIED))
def test_a_merge_unites_the_voters_and_touches_no_other_idea(world: World, source: str, target: str):
    """Invariants 10 and 11."""
    twin = Twin(world)
    if source == target or not (twin.lives(source) and twin.lives(target)):
        return
    before, after = ground(world), ground(later(world, what="merge", idea=target, sources=(source,)))
    voters = {name: {person for person, root in Twin(world).counted() if root == name} for name in (source, target)}
    tallies = {row[0]: row for row in COUNTS["votes_by_idea"](after).rows()}
    assert tallies[target][1] == len(voters[source] | voters[target])
    others = {row[0]: row for row in COUNTS["votes_by_idea"](before).rows() if row[0] not in (source, target)}
    assert {name: tallies[name] for name in others} == others
    assert source not in tallies


@thorough
@given(worlds())
def test_rejected_events_carry_a_reason_and_might_as_well_not_have_been(world: World):
    """Invariant 12."""
    rejected = set(Twin(world).rejected)
    of = ground(world)
    outcomes = of.resolution.ideas.outcomes
    assert set(outcomes.filter(pl.col("rejection").is_not_null())["sequence"]) == rejected
    without = ground(replace(world, steps=tuple(step for step in world.steps if step.at not in rejected)))
    for name in ("votes_by_idea", "lineage", "totals", "activity_by_day"):
        assert COUNTS[name](without).equals(COUNTS[name](of))


def test_the_vault_gives_votes_in_the_form_the_twin_uses():
    """The made-up frames above have the columns that reading gives, as far as counting uses them."""
    assert {"participant", "idea", "value"} <= set(reading.VOTES)
