"""Where ideas come from, and totals that sources supplied instead of votes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.publishing.ground import prepare
from data_access.publishing.supplied import supplied_votes_by_idea
from data_access.vault import reading
from data_access.vault.schema import IdeaTotal
from tests.publishing.worlds import NUMBERS, SUPPLIED, Twin, World, busy_worlds, material, worlds

TOLD = ("idea", "source", "parts", "agree_low", "agree_high", "pass_low", "disagree_low", "disagree_high")


def add_total(vault, idea: str, agree: int | None, disagree: int | None = None, source: str = "decidim") -> None:
    counts = {"agree": agree, "passed": None, "disagree": disagree, "source": source}
    vault.add(IdeaTotal, import_id=vault.import_id, idea_id=vault.number(idea), **counts)


def supplied(vault) -> list[tuple[object, ...]]:
    return vault.counted("supplied_votes_by_idea").select(TOLD).rows()


def test_one_ideas_total_is_what_the_source_says_and_null_what_it_does_not_count(new_vault):
    vault = new_vault(has_pass=False)
    vault.idea("A")
    add_total(vault, "A", 12)
    assert supplied(vault) == [("A", "decidim", 1, 12, 12, None, None, None)]


def test_merged_ideas_have_at_least_the_largest_total_and_at_most_the_sum(new_vault):
    """12, 30 and 6 agreed; whether anybody agreed with two of them nobody can tell: 30 to 48."""
    vault = new_vault(has_pass=False)
    for idea, agree in (("A", 12), ("B", 30), ("C", 6)):
        vault.idea(idea)
        add_total(vault, idea, agree, disagree=1)
    vault.event("merge", "A", 2, sources="B|C")
    assert supplied(vault) == [("A", "decidim", 3, 30, 48, None, 1, 3)]


def test_a_total_that_one_of_merged_ideas_lacks_is_not_known(new_vault):
    vault = new_vault(has_pass=False)
    vault.idea("A")
    vault.idea("B")
    add_total(vault, "A", 12, disagree=4)
    add_total(vault, "B", 3, source="go vocal")
    vault.event("merge", "A", 2, sources="B")
    assert supplied(vault) == [("A", "decidim; go vocal", 2, 12, 15, None, None, None)]


def test_totals_of_removed_ideas_are_withheld_with_them(new_vault):
    vault = new_vault(has_pass=False)
    vault.idea("A")
    add_total(vault, "A", 12)
    vault.event("remove", "A", 2)
    assert supplied(vault) == []
    vault.event("restore", "A", 3)
    assert supplied(vault) == [("A", "decidim", 1, 12, 12, None, None, None)]


def test_votes_cast_on_an_idea_with_totals_are_one_more_part(vault):
    vault.tell("1 | p0 agrees with A\n1 | p1 agrees with A")
    vault.idea("B")
    add_total(vault, "B", 5)
    vault.event("merge", "A", 2, sources="B")
    assert supplied(vault)[0][:5] == ("A", "decidim", 2, 5, 7)


def test_a_newer_import_replaces_a_total_and_an_undone_one_never_was(new_vault):
    vault = new_vault(has_pass=False)
    vault.idea("A")
    add_total(vault, "A", 12)
    vault.new_import()
    add_total(vault, "A", 14)
    vault.new_import(state="undone")
    add_total(vault, "A", 99)
    assert supplied(vault)[0][3:5] == (14, 14)


def test_supplied_totals_reach_a_release(new_vault):
    vault = new_vault(has_pass=False)
    vault.idea("A")
    add_total(vault, "A", 12)
    assert vault.cells("supplied_votes_by_idea").select("idea", "agree_low", "agree_high").rows() == [("A", 12, 12)]


people = st.sets(st.integers(0, 6), max_size=5)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(busy_worlds), st.lists(people, min_size=len(SUPPLIED), max_size=len(SUPPLIED)))
def test_the_true_number_of_supporters_lies_in_the_range_whatever_moderators_did(world: World, liked: list[set[int]]):
    """The source counts each idea; who liked an idea that stands is the union over all it took in."""
    fans = dict(zip(SUPPLIED, liked, strict=True))
    totals = pl.DataFrame(
        [(NUMBERS[idea], len(who), None, None, "made up") for idea, who in fans.items()],
        reading.IDEA_TOTALS,
        orient="row",
    )
    quiet = replace(world, steps=tuple(step for step in world.steps if step.what != "vote"))
    ranges = supplied_votes_by_idea(prepare(replace(material(quiet), idea_totals=totals)))
    twin = Twin(quiet)
    carried = {idea: [name for name in SUPPLIED if twin.root(name)[0] == idea] for idea in twin.live()}
    assert ranges.select("idea", "parts").rows() == [(idea, len(of)) for idea, of in carried.items() if of]
    for idea, low, high in ranges.select("idea", "agree_low", "agree_high").rows():
        assert low <= len(set().union(*(fans[name] for name in carried[idea]))) <= high
        assert (low, high) == (
            max(len(fans[one]) for one in carried[idea]),
            sum(len(fans[one]) for one in carried[idea]),
        )


def origins(vault, *columns: str) -> list[tuple[object, ...]]:
    return vault.counted("idea_origins").select("idea", *columns).rows()


def test_lineage_says_what_replaced_an_idea_and_what_a_part_was_split_from(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p0 agrees with B
        1 | p0 agrees with C
        2 | moderator merges B into A
        3 | moderator splits C into C1, C2 (C1 inherits)
        4 | moderator merges A into C1
        5 | moderator merges B into C1
    """)
    assert origins(vault, "edited_from", "replaced_by") == [
        ("A", "", "C1"),
        ("B", "", "A"),
        ("C", "", "C1|C2"),
        ("C1", "C", ""),
        ("C2", "C", ""),
    ]


def test_a_removal_gives_its_reason_until_it_is_undone_and_of_its_note_only_that_there_is_one(vault):
    vault.tell("1 | p0 agrees with A\n1 | p0 agrees with B")
    note = "Called Jane Smith a liar"
    vault.event("remove", "A", 2, reason="abusive", note=note)
    vault.event("remove", "B", 2, reason="off topic")
    vault.event("restore", "B", 3)
    assert origins(vault, "reject_reason", "has_note") == [("A", "abusive", True), ("B", "", False)]
    release = vault.release()
    told = [str(release.table(facts.table).to_dicts()) for facts in release.manifest.files]
    assert [table for table in told if "liar" in table or "Jane" in table] == []


def test_a_week_is_told_once_it_is_over_and_enough_people_took_part(vault):
    """Day 1 is Friday 1 March 2024: its week ends on the 3rd; ten take part then, nine in the week of the 4th."""
    for at in range(10):
        vault.idea(f"a{at}", day=1, author=f"p{at}")
    for at in range(9):
        vault.idea(f"b{at}", day=5, author=f"p{at}")
    vault.idea("c", day=12, author="p0")
    weeks = dict(origins(vault, "posted_week"))
    assert {weeks[idea] for idea in weeks if idea[0] == "a"} == {date(2024, 2, 26)}
    assert {weeks[idea] for idea in weeks if idea[0] != "a"} == {None}


def test_no_word_of_an_idea_stands_in_its_origins(vault):
    vault.idea("A", text="kindness", title="Kind")
    table = vault.cells("idea_origins")
    assert {column for column in table.columns if table.schema[column] == pl.String} == {
        "conversation",
        "idea",
        "reject_reason",
        "edited_from",
        "replaced_by",
    }
    assert "ind" not in str(table.drop("conversation", "idea").to_dicts()[0].values())


@pytest.mark.parametrize("is_seed", [True, False])
def test_ideas_of_the_organisers_are_told_apart(*, vault, is_seed: bool):
    vault.idea("A", is_seed=is_seed)
    assert origins(vault, "is_seed") == [("A", is_seed)]
