"""Coding as a release counts it: re-mapped themes, three sources apart, suggestions that are no codes, crossings."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.publishing.count import count, protected
from data_access.vault.schema import Code, ThemeMap
from data_access.vocabulary import ELEMENTS, NOT_CODED

VOICE, SAFE = ELEMENTS[2], ELEMENTS[3]


def coded(vault, kind: str, item: str, theme: str, *, version: int = 1, coder: str = "a", **more) -> None:
    ids = {"import_id": vault.import_id, "conversation_id": 1, "frame_version": version}
    vault.add(Code, **ids, item_kind=kind, item_source_id=item, theme_code=theme, coder=coder, **more)


def mapped(vault, theme: str, to_theme: str) -> None:
    ids = {"import_id": vault.import_id, "conversation_id": 1}
    vault.add(ThemeMap, **ids, from_version=1, from_theme=theme, to_version=2, to_theme=to_theme)


@pytest.fixture
def two_versions(vault):
    """A is coded in version 1 only, B in both, C in none; 'work' became 'rest', 'old' became nothing."""
    for idea in "ABCD":
        vault.idea(idea)
    for theme in ("work", "old"):
        vault.theme(theme, 1)
    for theme in ("rest", "pay"):
        vault.theme(theme, 2)
    mapped(vault, "work", "rest")
    mapped(vault, "old", "")
    coded(vault, "idea", "A", "work")
    coded(vault, "idea", "B", "work")
    coded(vault, "idea", "B", "pay", version=2)
    coded(vault, "idea", "D", "old")
    return vault


def test_earlier_codes_count_in_the_newest_version(two_versions):
    assert two_versions.counted("idea_themes").rows() == [("A", "rest"), ("B", "pay")]


def test_what_cannot_be_carried_is_listed_with_its_posts(two_versions):
    assert two_versions.counted("theme_paths").rows() == [
        (1, "old", "", "not mappable", 1),
        (1, "work", "rest", "re-mapped", 1),
        (2, "pay", "pay", "newest", 1),
        (2, "rest", "rest", "newest", 0),
    ]


def test_the_counts_of_an_earlier_version_can_still_be_told(two_versions):
    frame = two_versions.counted("coding_frame").select("frame_version", "theme", "ideas", "is_newest")
    assert frame.rows() == [(1, "old", 1, False), (1, "work", 2, False), (2, "pay", 1, True), (2, "rest", 0, True)]


def test_three_sources_are_counted_apart_with_what_is_not_yet_coded(two_versions):
    two_versions.comment("c1", "A", 1)
    two_versions.comment("c2", "A", 1)
    two_versions.session("s")
    two_versions.point("p1", "s")
    coded(two_versions, "comment", "c1", "pay", version=2)
    rows = two_versions.counted("coded_by_source").select("source", "theme", "items").rows()
    assert rows == [
        *(("comments", "pay", 1), ("comments", "rest", 0), ("comments", NOT_CODED, 1)),
        *(("feedback points", "pay", 0), ("feedback points", "rest", 0), ("feedback points", NOT_CODED, 1)),
        *(("ideas", "pay", 1), ("ideas", "rest", 1), ("ideas", NOT_CODED, 2)),
    ]


def test_an_accepted_suggestion_is_told_from_a_persons_code(two_versions):
    coded(two_versions, "idea", "C", "rest", version=2, coder="accepted suggestion")
    coded(two_versions, "idea", "A", "pay", version=2, coder="accepted suggestion")
    assert two_versions.counted("item_themes").rows() == [
        ("idea", "A", "rest", "people"),
        ("idea", "B", "pay", "people"),
        ("idea", "C", "rest", "accepted suggestion"),
    ]


def test_a_code_that_was_taken_back_counts_no_more(two_versions):
    coded(two_versions, "idea", "B", "pay", version=2, is_withdrawn=True)
    assert two_versions.counted("idea_themes").rows() == [("A", "rest"), ("B", "rest")]


def test_suggestions_stand_apart_and_are_no_codes(vault):
    vault.theme("rotas", 1, name="Rotas and shifts", element=ELEMENTS[5])
    vault.theme("pay", 1, name="Fair pay", element=ELEMENTS[1])
    vault.idea("A", text="The rota comes out too late")
    vault.idea("B", text="Our pay is below that of others")
    coded(vault, "idea", "B", "pay")
    assert vault.counted("suggested_codes").rows() == [("ideas", "rotas", 1)]
    assert vault.counted("idea_themes").rows() == [("B", "pay")]


def test_coders_are_counted_and_never_named(two_versions):
    coded(two_versions, "idea", "A", "work", coder="b")
    assert two_versions.counted("coder_decisions").rows() == [(1, "old", 0, 0, 0, 1), (1, "work", 1, 0, 0, 0)]
    assert two_versions.counted("coder_overlaps").rows() == [(1, 1, 1, 1, 1)]


def test_a_person_who_voted_on_two_ideas_of_a_pair_counts_once(vault):
    """p0 votes on A and B, p1 on B: 2 people on the two ideas that have both themes."""
    vault.theme("pay")
    vault.theme("rest")
    vault.tell("""
        day | event
          1 | p0 agrees with A
          1 | p0 agrees with B
          1 | p1 disagrees with B
          1 | p2 agrees with C
    """)
    for idea in "AB":
        coded(vault, "idea", idea, "pay")
        coded(vault, "idea", idea, "rest")
    coded(vault, "idea", "C", "rest")
    assert vault.counted("theme_pairs").rows() == [("pay", "rest", 2, 2)]


def test_ideas_without_theme_or_element_stand_under_not_yet_coded(vault):
    vault.theme("pay")
    vault.idea("A", elements=f"{VOICE}|{SAFE}")
    vault.idea("B")
    coded(vault, "idea", "A", "pay")
    assert vault.counted("themes_by_element").rows() == [
        ("pay", VOICE, 1, 0),
        ("pay", SAFE, 1, 0),
        (NOT_CODED, NOT_CODED, 1, 0),
    ]


def test_weeks_add_up_to_the_votes_of_a_theme(vault):
    """1 March 2024 is a Friday: day 4 is the Monday after; the week of day 11 is not over by day 12."""
    vault.theme("pay")
    vault.tell("""
        day | event
          1 | p0 agrees with A
          1 | p1 agrees with A
          4 | p0 disagrees with A
          5 | p2 agrees with B
         12 | p3 agrees with A
    """)
    coded(vault, "idea", "A", "pay")
    weeks = vault.counted("themes_by_week").select("of_theme", "in_week", "votes", "participants")
    first, second = date(2024, 2, 26), date(2024, 3, 4)
    assert weeks.rows() == [
        *(("pay", first, 1, 1), ("pay", second, 1, 1)),
        *((NOT_CODED, first, 0, 0), (NOT_CODED, second, 1, 1)),
    ]


def test_few_people_on_a_crossing_are_hidden_in_a_release(vault):
    vault.theme("pay")
    for number in range(12):
        vault.vote(f"p{number}", "A", 1, 1)
    for number in range(3):
        vault.vote(f"p{number}", "B", 1, 1)
    vault.idea("A", elements=VOICE)
    vault.idea("B", elements=SAFE)
    for idea in "AB":
        coded(vault, "idea", idea, "pay")
    tables = protected(count(vault.ground(), pl.DataFrame({"rows": [0]})), "told", 10)
    rows = tables["themes_by_element"].select("and_element", "ideas", "participants", "is_hidden").rows()
    assert rows == [(VOICE, 1, None, True), (SAFE, 1, None, True)]


IDEAS = "ABCD"
CODINGS = st.sets(st.tuples(st.sampled_from(IDEAS), st.sampled_from(["pay", "rest", "voice"])))
VOTES = st.sets(st.tuples(st.sampled_from(["p0", "p1", "p2"]), st.sampled_from(IDEAS)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CODINGS, VOTES)
def test_crossed_counts_agree_with_counting_by_hand(new_vault, codings, votes):
    vault = new_vault()
    for theme in ("pay", "rest", "voice"):
        vault.theme(theme)
    for idea in IDEAS:
        vault.idea(idea)
    for idea, theme in sorted(codings):
        coded(vault, "idea", idea, theme)
    for person, idea in sorted(votes):
        vault.vote(person, idea, 1, 1)
    ground = vault.ground()
    expected = []
    for first, second in (("pay", "rest"), ("pay", "voice"), ("rest", "voice")):
        both = {idea for idea in IDEAS if {(idea, first), (idea, second)} <= codings}
        if both:
            expected.append((first, second, len(both), len({person for person, idea in votes if idea in both})))
    counted = count(ground, pl.DataFrame({"rows": [0]}))
    assert counted["theme_pairs"].rows() == expected
    by_theme = counted["themes_by_element"].group_by("of_theme").agg(pl.col("ideas").sum())
    slices = counted["votes_by_theme"].filter(pl.col("ideas") > 0).select("theme", "ideas")
    assert sorted(by_theme.rows()) == sorted(slices.rows())
