"""From cells to a result: stamp, shorthand, hidden rows and searching."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.metrics._search import holds
from dashboard.results import answer, searched, text_table
from data_access.problems import NothingThere
from data_access.vocabulary import ELEMENTS

TALK = Selection("talk")


def ideas_of(release_class, *wordings):
    balance = {"voters": 12, "agree": 10, "pass": 0, "disagree": 2, "comments": 0, "merged_from": 0}
    return release_class(
        votes_by_idea=[{"idea": str(at), **balance} for at in range(len(wordings))],
        texts=[
            {"kind": "idea", "id": str(at), "idea": str(at), "title": "", "text": wording, "is_held_back": False}
            for at, wording in enumerate(wordings)
        ],
    )


def test_the_stamp_is_read_from_the_release(made_up_release):
    stamp = answer("words", source=made_up_release(), selection=TALK, contact="people.insight@example.nhs.uk").stamp
    assert (stamp.release, stamp.data_from, stamp.data_to) == (3, date(2021, 2, 1), date(2021, 2, 28))
    assert (stamp.conversation_title, stamp.threshold, stamp.rows, stamp.source) == (
        "Staff voice",
        10,
        1234,
        "template",
    )
    assert stamp.contact == "people.insight@example.nhs.uk"


def test_a_conversation_without_a_title_goes_by_its_key(made_up_release):
    assert answer("words", source=made_up_release({"title": ""}), selection=TALK).stamp.conversation_title == "talk"


def test_a_conversation_the_release_does_not_hold_is_refused(made_up_release):
    with pytest.raises(NothingThere, match="Release 3 has no conversation 'other'"):
        answer("words", source=made_up_release(), selection=Selection("other"))


def test_another_conversations_cells_are_left_alone(made_up_release):
    words = [{"word": "ours", "used_by_at_least": 10}, {"word": "theirs", "used_by_at_least": 99, "conversation": "x"}]
    assert answer("words", source=made_up_release(words=words), selection=TALK).table["word"].to_list() == ["ours"]


def test_hidden_absent_and_nought_read_differently(made_up_release):
    release = made_up_release(
        {"has_pass": False},
        votes_by_element=[
            {"element": ELEMENTS[0], "ideas": 1, **dict.fromkeys(("comments", "participants", "voters", "agree"))}
            | {"pass": None, "disagree": None, "is_hidden": True},
            {"element": ELEMENTS[1], "ideas": 1, "comments": 0, "participants": 20, "voters": 20}
            | {"agree": 1250, "pass": None, "disagree": 750},
        ],
    )
    table = text_table(answer("vote_balance", source=release, selection=TALK))
    rows = {row["Element"]: row for row in table.to_dicts()}
    voted, hidden, silent = rows[ELEMENTS[1]], rows[ELEMENTS[0]], rows[ELEMENTS[2]]
    assert (voted["Agree"], voted["Pass"], voted["Agree share"]) == ("1,250", "[z]", "62.5%")
    assert (hidden["Agree"], hidden["Agree share"]) == ("[c]", "[c]")
    assert (silent["Agree"], silent["Agree share"]) == ("0", "[z]")


def test_a_search_keeps_rows_that_hold_every_word(made_up_release):
    release = ideas_of(made_up_release, "Kinder managers", "A manager for each team", "Teams first")
    ideas = answer("ideas", source=release, selection=TALK)
    found = searched(ideas, "MANAGER team")
    assert found.table["wording"].to_list() == ["A manager for each team"]
    assert (found.headline, found.base) == ("1 idea of 3 holds these words.", "1 idea")
    assert searched(ideas, "teams manager").table.equals(found.table)
    assert searched(ideas, "  ").table.equals(ideas.table)
    assert searched(ideas, "parking").headline == "0 ideas of 3 hold these words."


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("idea", "Many ideas", True),
        ("policies", "one policy", True),
        ("class", "two classes", True),
        ("boxes", "a box", True),
        ("age", "manager", False),
        ("team", "teamwork", False),
        ("pass", "pas", False),
        ("café", "the CAFÉ closes", True),
        ("c++", "we write c here", True),
        (".*", "anything", True),
        ("pay.rise", "pay freeze", False),
    ],
)
def test_whole_words_and_simple_plurals_are_found(words, text, is_found):
    found = pl.DataFrame({"text": [text]}).with_columns(found=holds(words, ["text"]))
    assert found["found"].to_list() == [is_found]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_taken_as_words_and_never_as_a_pattern(words):
    found = pl.DataFrame({"text": ["some words"]}).select(found=holds(words, ["text"]))
    assert found["found"].dtype == pl.Boolean
