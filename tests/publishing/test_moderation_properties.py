"""The moderation algebra's invariants, on any conversation, and every counted table against a slow twin."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.publishing.count import COUNTS
from data_access.publishing.fates import COUNTED, SUPERSEDED, WITHHELD
from data_access.publishing.ground import Ground, prepare
from data_access.vault import reading
from data_access.vocabulary import ELEMENTS, NOT_CODED
from tests.publishing.worlds import DAYS, SUPPLIED, Twin, World, ids, later, material, worlds

thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
