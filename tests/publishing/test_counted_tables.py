"""What a release says, table by table, from conversations small enough to add up by eye."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from data_access.problems import NothingThere
from data_access.publishing.publish import withdraw_after
from data_access.releases.store import current_number
from data_access.vocabulary import ELEMENTS, NOT_CODED

COMPASSIONATE, RECOGNISED, VOICE, SAFE, LEARNING, FLEXIBLE, TEAM = ELEMENTS


def by_element(vault):
    return {row["element"]: row for row in vault.counted("votes_by_element").rows(named=True)}


def totals(vault, now=None):
    frame = vault.counted("totals", now) if now else vault.counted("totals")
    return dict(frame.rows())


def test_all_elements_appear_in_official_order_even_at_nought(vault):
    vault.tell("1 | p0 agrees with A")
    frame = vault.counted("votes_by_element")
    assert frame["element"].to_list() == [*ELEMENTS, NOT_CODED]
    assert frame.filter(pl.col("element") == TEAM).row(0)[1:] == (0, 0, 0, 0, 0, 0, 0)


def test_a_person_counts_once_in_an_element_and_in_each_of_several(vault):
    """p0 voted on two ideas of one element, and one of them belongs to a second element too."""
    vault.idea("A", elements=f"{VOICE}|{TEAM}", author="p5")
    vault.idea("B", elements=VOICE)
    vault.tell("1 | p0 agrees with A\n1 | p0 disagrees with B\n1 | p1 passes on B\n2 | p2 comments c1 on A")
    voice, team = by_element(vault)[VOICE], by_element(vault)[TEAM]
    assert (voice["ideas"], voice["comments"], voice["participants"], voice["voters"]) == (2, 1, 4, 2)
    assert (voice["agree"], voice["pass"], voice["disagree"]) == (1, 1, 1)
    assert (team["ideas"], team["comments"], team["participants"], team["voters"]) == (1, 1, 3, 1)


def test_a_merged_idea_takes_its_elements_from_the_idea_that_remains(vault):
    vault.idea("A", elements=VOICE)
    vault.idea("B", elements=TEAM)
    vault.tell("2 | moderator merges B into A")
    assert vault.counted("idea_elements").rows() == [("A", VOICE)]


def test_an_idea_made_by_a_merge_takes_the_elements_of_what_went_into_it(vault):
    vault.idea("A", elements=VOICE)
    vault.idea("B", elements=TEAM)
    vault.tell("2 | moderator merges A, B into new")
    assert vault.counted("idea_elements").rows() == [("new", VOICE), ("new", TEAM)]


def test_only_the_newest_coding_frame_counts(vault):
    for version, code in ((1, "old"), (2, "pay"), (2, "rota")):
        vault.theme(code, version, element=VOICE if code == "pay" else None)
    vault.tell("1 | p0 agrees with A\n1 | p1 agrees with B")
    vault.code("A", "old", 1)
    vault.code("A", "pay", 2)
    vault.code("A", "pay", 2, coder="b")
    assert vault.counted("idea_themes").rows() == [("A", "pay")]
    frame = vault.counted("votes_by_theme").select("theme", "name", "element", "ideas", "voters")
    assert frame.rows() == [
        ("pay", "Pay", VOICE, 1, 1),
        ("rota", "Rota", None, 0, 0),
        (NOT_CODED, NOT_CODED, None, 1, 1),
    ]


def test_a_day_keeps_moderation_as_it_stood_at_its_close(conversation):
    """Day 1 had two ideas; on day 2 they are one; the vote of p0 on each was two votes on day 1."""
    vault = conversation("""
        1 | p0 agrees with A
        1 | p0 agrees with B
        2 | moderator merges B into A
        2 | p1 agrees with A
        2 | p1 disagrees with B
        4 | moderator removes A
        4 | p2 agrees with A
        5 | p3 agrees with C
    """)
    frame = vault.counted("activity_by_day").filter(pl.col("day") >= date(2024, 3, 1))
    assert frame.select("day", "participants", "votes").rows() == [
        (date(2024, 3, 1), 1, 2),
        (date(2024, 3, 2), 1, 1),
        (date(2024, 3, 3), 0, 0),
        (date(2024, 3, 4), 0, 0),
        (date(2024, 3, 5), 1, 1),
    ]


def test_days_are_those_of_the_conversations_own_clock(new_vault):
    """A quarter to midnight UTC on 30 June is 00:45 on 1 July in London."""
    vault = new_vault(timezone="Europe/London")
    vault.idea("A", day=None)
    moment = int(datetime(2024, 6, 30, 23, 45, tzinfo=UTC).timestamp() * 1000)
    vault.vote("p0", "A", 1, 1, at_ms=moment)
    assert vault.counted("activity_by_day")["day"].to_list() == [date(2024, 7, 1)]


def test_a_day_that_is_not_over_counts_nowhere(vault):
    """Otherwise the totals less the days would give today away."""
    vault.idea("A", day=None)
    vault.tell("1 | p0 agrees with A\n2 | p1 agrees with A\n2 | moderator removes A")
    during_day_2 = datetime(2024, 3, 2, 20, tzinfo=UTC)
    assert totals(vault, during_day_2)["votes"] == 1
    assert vault.counted("activity_by_day", during_day_2)["day"].to_list() == [date(2024, 3, 1)]
    assert vault.counted("moderation", during_day_2).filter(pl.col("subject") == "votes")["count"].sum() == 1
    conversations = vault.cells("conversations", during_day_2)
    assert conversations["data_to"].to_list() == [date(2024, 3, 1)]


def test_totals_count_people_once_and_things_as_they_stand(conversation):
    vault = conversation("""
        1 | p0 posts A
        1 | p0 agrees with A
        1 | p1 agrees with A
        1 | p2 comments c1 on A
        1 | p3 comments c2 on B
        2 | moderator removes B
    """)
    assert totals(vault) == {
        "commenters": 1,
        "comments": 1,
        "contributors": 2,
        "feedback_points": 0,
        "ideas": 1,
        "participants": 3,
        "sessions": 0,
        "voters": 2,
        "votes": 2,
    }


def test_registered_and_signed_in_are_absent_where_the_source_does_not_say(vault):
    vault.door("p0", registered_at_ms=vault.moment(1), region="Midlands")
    vault.door("p1", region="Midlands")
    assert {"registered": totals(vault)["registered"], "has": "signed_in" in totals(vault)} == {
        "registered": 1,
        "has": False,
    }


def test_a_source_with_thumbs_only_has_no_pass(new_vault):
    vault = new_vault(has_pass=False)
    vault.tell("1 | p0 agrees with A\n1 | p1 disagrees with A")
    assert vault.counted("votes_by_idea").select("agree", "pass", "disagree").rows() == [(1, None, 1)]
    assert vault.counted("votes_by_element")["pass"].null_count() == len(ELEMENTS) + 1


def test_a_word_enters_at_the_threshold_and_gives_only_the_bound_of_its_step(vault):
    """Eleven people wrote 'rota', twenty-one 'hours', nine 'kindness'; 'the' says nothing."""
    for at in range(21):
        words = "the hours" + (" ROTA's" if at < 11 else "") + (" kindness" if at < 9 else "")
        vault.idea(f"i{at}", author=f"p{at}", text=words)
    assert vault.counted("words").rows() == [("hours", 20), ("rota", 10)]


def test_a_word_used_twice_by_one_person_counts_once(vault):
    for at in range(12):
        vault.idea(f"i{at}", author=f"p{at % 9}", text="kindness kindness")
    assert vault.counted("words").rows() == []


def test_wording_that_is_held_back_or_removed_gives_no_words(vault):
    for at in range(20):
        vault.idea(f"i{at}", author=f"p{at}", text="kindness" + (" ask dr Jane, Dr Jane Smith" if at < 11 else ""))
    assert vault.counted("words").rows() == []


def test_flagged_wording_is_held_back_and_its_id_kept(vault):
    vault.idea("A", text="My manager Jane Smith never listens", title="Listening")
    vault.idea("B", text="Listen to night staff", title="Nights")
    vault.session("s1")
    vault.point("f1", "s1", text="ring 07700 900123")
    assert vault.counted("texts").rows() == [
        ("feedback", "f1", "s1", "", "", True),
        ("idea", "A", "A", "", "", True),
        ("idea", "B", "B", "Nights", "Listen to night staff", False),
    ]


def test_a_moderators_wording_replaces_the_authors_before_the_check(vault):
    vault.idea("A", text="My manager Jane Smith never listens")
    vault.event("retitle", "A", 2, title="Listening", text="Managers should listen")
    assert vault.counted("texts").rows() == [("idea", "A", "A", "Listening", "Managers should listen", False)]


def test_sessions_count_their_notes_at_nought_too(vault):
    vault.session("s1", element=VOICE, held_on=date(2024, 3, 4), host_roles="Chief people officer")
    vault.session("s2", title="With Dr Jane Smith")
    vault.point("f1", "s1")
    vault.point("f2", "s1", question="What next?")
    vault.point("f3", "s1")
    columns = ("session", "kind", "title", "element", "held_on", "host_roles", "points")
    assert vault.counted("sessions").select(columns).rows() == [
        ("s1", "big conversation", "A session", VOICE, date(2024, 3, 4), "Chief people officer", 3),
        ("s2", "big conversation", "[held back]", None, None, "", 0),
    ]
    assert vault.counted("feedback_by_question").rows() == [("s1", "What helps?", 2), ("s1", "What next?", 1)]


def test_a_later_import_of_the_same_idea_replaces_it_and_an_undone_one_never_was(vault):
    vault.idea("A", text="first")
    vault.new_import()
    vault.idea("A", text="second")
    vault.new_import(state="undone")
    vault.idea("A", text="third")
    vault.vote("p0", "A", 1, 1)
    assert vault.counted("texts")["text"].to_list() == ["second"]
    assert totals(vault)["votes"] == 0


def test_a_release_says_what_it_was_made_from(vault):
    vault.tell("1 | p0 agrees with A")
    vault.ledger(rows=7)
    vault.new_import(content_hash="another")
    vault.ledger(rows=5)
    vault.door("p0", staff_group="HR")
    row = vault.cells("conversations").row(0, named=True)
    assert {name: row[name] for name in ("imports", "rows", "threshold", "has_places", "data_to")} == {
        "imports": 2,
        "rows": 12,
        "threshold": 10,
        "has_places": True,
        "data_to": date(2024, 3, 1),
    }


def test_a_threshold_below_the_smallest_allowed_is_raised_to_it(new_vault):
    vault = new_vault(threshold=2)
    vault.tell("1 | p0 agrees with A")
    assert vault.cells("conversations")["threshold"].to_list() == [5]


def test_nothing_imported_is_nothing_to_publish(new_vault):
    vault = new_vault()
    vault.new_import(state="undone")
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE import_run SET state = 'undone'")
    with pytest.raises(NothingThere, match="lookforward import"):
        vault.publish()


def test_an_unchanged_vault_publishes_nothing_new_unless_forced(vault):
    vault.tell("1 | p0 agrees with A")
    first = vault.publish()
    assert vault.publish(datetime(2031, 5, 5, tzinfo=UTC)) == first
    assert vault.publish(is_forced=True).number == 2
    vault.new_import(content_hash="another")
    vault.vote("p1", "A", 1, 2)
    assert vault.publish().number == 3


def test_undoing_an_import_withdraws_the_releases_that_rest_on_it(vault):
    vault.tell("1 | p0 agrees with A")
    vault.publish()
    second = vault.new_import(content_hash="another")
    vault.vote("p1", "A", 1, 2)
    vault.publish()
    assert withdraw_after(engine=vault.engine, releases_folder=vault.releases, undone_import=second) == []
    with vault.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE import_run SET state = 'undone' WHERE id = {second}")
    assert withdraw_after(engine=vault.engine, releases_folder=vault.releases, undone_import=second) == [2]
    assert current_number(vault.releases) == 1
    assert vault.publish().number == 1
    assert withdraw_after(engine=vault.engine, releases_folder=vault.releases, undone_import=99) == []
