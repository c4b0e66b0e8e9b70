"""Who asks to be erased is erased, stays erased, and takes nobody else along."""

from __future__ import annotations

from tests.erasure.conftest import FILES, Talk

VOTES = "SELECT source_id, value FROM vote JOIN idea ON idea.id = vote.idea_id ORDER BY vote.id"


def test_an_erased_person_leaves_no_row_and_everybody_else_keeps_theirs(talk: Talk):
    erased = talk.erase(["ann"])
    assert (erased.people, erased.votes, erased.comments, erased.ideas, erased.attributes) == (1, 1, 1, 1, 1)
    assert talk.rows(VOTES) == [("i1", 1), ("i1", -1)]
    assert talk.rows("SELECT source_id FROM comment") == [("c2",)]
    assert talk.rows("SELECT count(*) FROM participant") == [(2,)]
    assert talk.rows("SELECT region FROM participant_version ORDER BY id") == [("Midlands",), ("London",)]


def test_an_erased_persons_idea_stays_without_author_and_with_its_words(talk: Talk):
    talk.erase(["ann"])
    ideas = talk.rows("SELECT text, author_id IS NULL FROM idea_version ORDER BY id")
    assert ideas == [("More time on wards", 1), ("Somewhere to rest", 0)]


def test_their_words_go_too_where_that_was_asked(talk: Talk):
    talk.erase(["ann"], with_text=True)
    assert talk.rows("SELECT title, text FROM idea_version ORDER BY id") == [("", ""), ("Rest", "Somewhere to rest")]


def test_both_posts_of_an_erased_person_are_withdrawn(talk: Talk):
    assert talk.erase(["ann"]).posts == (("comment", "c1"), ("idea", "i1"))


def test_words_can_be_asked_for_afterwards(talk: Talk):
    talk.erase(["ann"])
    again = talk.erase(["ann"], with_text=True)
    assert (again.people, again.posts) == (0, (("comment", "c1"), ("idea", "i1")))
    assert talk.rows("SELECT text FROM idea_version ORDER BY id") == [("",), ("Somewhere to rest",)]


def test_somebody_unknown_changes_nothing(talk: Talk):
    before = talk.everything()
    erased = talk.erase(["zoe", "yan"], with_text=True)
    assert (erased.people, erased.posts) == (0, ())
    assert talk.everything() == before


def test_erasing_twice_is_erasing_once(talk: Talk):
    talk.erase(["ann"])
    once = talk.everything()
    assert talk.erase(["ann"]).people == 0
    assert talk.everything() == once


def test_the_same_files_again_bring_nobody_back(talk: Talk):
    talk.erase(["ann"])
    once = talk.everything()
    assert talk.bring(talk.files()).was_already_imported
    assert talk.everything() == once


def test_later_files_bring_nobody_back(talk: Talk):
    """Ann is in both files; of the later one only Bob's new vote is taken."""
    talk.erase(["ann"])
    later = FILES["votes.csv"] + "ann,i1,agree,2022-02-04T09:00\nbob,i2,pass,2022-02-04T10:00\n"
    report = talk.bring(talk.files("second", votes=later))
    assert talk.rows(VOTES) == [("i1", 1), ("i1", -1), ("i2", 0)]
    assert talk.rows("SELECT count(*) FROM participant") == [(2,)]
    assert talk.rows("SELECT count(*) FROM idea_version WHERE author_id IS NULL") == [(1,)]
    left_out = {line.table: line.quarantined for line in report.ledger}
    assert left_out == {"ideas": 0, "comments": 1, "votes": 2, "participants": 1}
    assert "votes.csv: 2 rows of people who were erased on request were left out." in report.notices


def test_later_files_bring_no_erased_words_back(talk: Talk):
    talk.erase(["ann"], with_text=True)
    talk.bring(talk.files("second", votes=FILES["votes.csv"] + "bob,i2,pass,2022-02-04T10:00\n"))
    assert talk.rows("SELECT DISTINCT text FROM idea_version ORDER BY text") == [("",), ("Somewhere to rest",)]


def test_an_idea_that_arrives_after_its_author_was_erased_is_withdrawn(talk: Talk):
    talk.erase(["ann"], with_text=True)
    more = FILES["ideas.csv"] + "i3,ann,2022-02-05T09:00,Late,A late idea\n"
    talk.bring(talk.files("second", ideas=more))
    assert talk.rows("SELECT post_source_id FROM withdrawn_text ORDER BY post_source_id") == [("c1",), ("i1",), ("i3",)]
    assert talk.rows("SELECT count(*) FROM idea_version WHERE text LIKE '%late%'") == [(0,)]


def test_what_is_kept_of_somebody_erased_is_no_pseudonym_of_theirs(talk: Talk):
    pseudonyms = {name for (name,) in talk.rows("SELECT pseudonym FROM participant")}
    talk.erase(["ann", "bob", "cat"])
    kept = " ".join(str(row) for rows in talk.everything().values() for row in rows)
    assert [name for name in pseudonyms if name in kept] == []
