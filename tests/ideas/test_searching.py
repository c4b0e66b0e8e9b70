"""Searching: operators, quotes and brackets, and a slow twin of what a search means."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.metrics._search import Joined, Phrase, forms, holds, spelled, wanted


def found(words, *texts):
    frame = pl.DataFrame({"text": list(texts)}).with_columns(found=holds(words, ["text"]))
    return frame["found"].to_list()


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("pay team", "pay AND team"),
        ("pay AND team", "pay AND team"),
        ("pay OR team", "pay OR team"),
        ("pay OR team NOT parking", "pay OR team AND NOT parking"),
        ("(pay OR reward) NOT parking", "(pay OR reward) AND NOT parking"),
        ("NOT (pay OR team)", "NOT (pay OR team)"),
        ('"flexible hours" rota', "“flexible hours” AND rota"),
        ("“flexible hours”", "“flexible hours”"),
        ("NOT NOT pay", "NOT NOT pay"),
        ("bread and butter", "bread AND and AND butter"),
    ],
)
def test_what_is_typed_is_read_so(words, read):
    assert spelled(wanted(words)) == read


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("pay AND", "pay AND and"),
        ("OR pay", "or AND pay"),
        ("pay OR", "pay AND or"),
        ("(pay", "pay"),
        ("pay)", "pay"),
        ("() pay", "pay"),
        ('"flexible hours', "flexible AND hours"),
        ("NOT", "not"),
        ("pay ) team (", "pay AND team"),
    ],
)
def test_what_does_not_fit_together_is_taken_as_words(words, read):
    assert spelled(wanted(words)) == read


@pytest.mark.parametrize("words", ["", "   ", "()", "!?", '""', "( ( ) )"])
def test_nothing_to_look_for_keeps_everything(words):
    assert wanted(words) is None
    assert found(words, "a", "b") == [True, True]


def test_operators_decide_what_is_found():
    texts = ("Pay and rotas", "Pay for parking", "A team award", "Parking at night")
    assert found("pay OR team", *texts) == [True, True, True, False]
    assert found("pay NOT parking", *texts) == [True, False, False, False]
    assert found("(pay OR team) NOT (parking OR rota)", *texts) == [False, False, True, False]


def test_words_in_quotes_stand_together_with_plurals():
    texts = ("Flexible hours for all", "Hours that are flexible", "a flexible hour", "flexible, hours")
    assert found('"flexible hour"', *texts) == [True, False, True, True]


def test_a_long_search_is_cut():
    assert len(spelled(wanted("a" * 500))) == 200


WORDS = st.sampled_from(["pay", "team", "rotas", "hour", "AND", "OR", "NOT", "(", ")", '"', "night shift"])
TEXTS = st.lists(st.sampled_from(["pay", "teams", "rota", "hours", "night", "shift"]), max_size=5).map(" ".join)


def slowly(asked, text):
    """The twin: one text, looked at word by word."""
    if asked is None:
        return True
    if isinstance(asked, Phrase):
        spoken = re.findall(r"[\w'’]+", text.casefold())
        return any(
            all(spoken[at + step] in forms(word) for step, word in enumerate(asked.words))
            for at in range(len(spoken) - len(asked.words) + 1)
        )
    assert isinstance(asked, Joined)
    told = [slowly(part, text) for part in asked.parts]
    return {"and": all(told), "or": any(told), "not": not told[0]}[asked.how]


@settings(max_examples=300)
@given(words=st.lists(WORDS, max_size=8).map(" ".join), text=TEXTS)
def test_a_search_finds_what_its_slow_twin_finds(words, text):
    assert found(words, text) == [slowly(wanted(words), text)]


@settings(max_examples=200)
@given(words=st.lists(WORDS, max_size=8).map(" ".join))
def test_what_was_read_reads_the_same_again(words):
    asked = wanted(words)
    if asked is not None and "and" not in words and "or" not in words:
        assert found(spelled(asked).replace("“", '"').replace("”", '"'), "pay rota", "team") == found(
            words, "pay rota", "team"
        )
