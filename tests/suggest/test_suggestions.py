"""Suggested elements: words that decide, the same every time, and nothing where nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.coding.lexicon import lexicon
from data_access.coding.suggest import NOTHING, Suggester, suggester
from data_access.coding.suggest_themes import FrameTheme, ThemeSuggester, people_promise_frame
from data_access.coding.wording import phrase_finder, stem, words
from data_access.reference import people_promise
from data_access.vocabulary import ELEMENTS


def element_of(text: str) -> str | None:
    return suggester().suggest([text])[0].element


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("Colleagues make racist jokes and nobody steps in", ELEMENTS[0]),
        ("Nobody said thank you for the extra shifts we covered", ELEMENTS[1]),
        ("I raised a concern with the guardian and never heard back", ELEMENTS[2]),
        ("We are exhausted and cannot even take our breaks", ELEMENTS[3]),
        ("There is no funding for courses and appraisals are rushed", ELEMENTS[4]),
        ("My request to work from home two days a week was refused", ELEMENTS[5]),
        ("Departments work in silos and we have no team meetings", ELEMENTS[6]),
    ],
)
def test_plain_sentences_are_given_their_element(text: str, element: str):
    assert element_of(text) == element


def test_the_words_that_decided_are_words_of_the_text():
    text = "Flexible working should not depend on who your manager is"
    found = suggester().suggest([text])[0]
    assert found.words[0] == "flexible working"
    assert all(word in text.lower() for word in found.words)


def test_a_text_that_says_nothing_gets_no_suggestion():
    assert suggester().suggest(["", "…", "12345", "xyzzy"]) == [NOTHING] * 4
    assert suggester().suggest([]) == []


def test_suggestions_do_not_depend_on_what_stands_beside_them():
    texts = ["Pay and pensions", "A quiet room to rest", "Yes please", "Mentors for new starters"]
    together = suggester().suggest(texts)
    assert together == [suggester().suggest([text])[0] for text in texts]
    assert Suggester().suggest(texts) == together


def test_the_lexicon_covers_every_measure_of_the_staff_survey():
    assert list(lexicon().elements) == people_promise()["element"].unique(maintain_order=True).to_list()
    written = {(entry.element, entry.kind) for entry in lexicon().entries}
    assert written >= {(element, kind) for element in lexicon().elements for kind in ("phrases", "examples")}


def test_an_element_taught_by_examples_of_its_own_words_is_learned():
    lessons = [(f"grommet {number}", ELEMENTS[6]) for number in range(30)]
    assert Suggester(lessons).suggest(["grommet"])[0].element == ELEMENTS[6]


def test_a_label_that_is_no_element_is_refused():
    with pytest.raises(ValueError, match="Lunch"):
        Suggester([("soup", "Lunch")])


def test_the_longest_phrase_is_found_once_and_takes_its_words():
    found = list(phrase_finder(["flexible working", "flexib*", "work*", "day"])("Flexible working, two days; flexibly"))
    assert found == [("flexible working", "flexible working"), ("day", "days"), ("flexib*", "flexibly")]


PHRASES = st.lists(st.sampled_from(["pay", "pay*", "fair pay", "team", "team meet*", "a b c"]), unique=True)


@given(PHRASES, st.lists(st.sampled_from(["pay", "pays", "payroll", "fair", "team", "meeting", "a", "b", "c"])))
def test_phrases_agree_with_looking_for_each_by_hand(phrases: list[str], spoken: list[str]):
    def fits(said: str, wanted: str, is_open: bool) -> bool:
        return said.startswith(wanted) if is_open else said in (wanted, wanted + "s")

    spans = []
    for phrase in phrases:
        parts = phrase.rstrip("*").split()
        for at in range(len(spoken) - len(parts) + 1):
            piece = spoken[at : at + len(parts)]
            if piece[:-1] == parts[:-1] and fits(piece[-1], parts[-1], phrase.endswith("*")):
                spans.append((-len(parts), at, phrase))
    taken: set[int] = set()
    expected = []
    for length, at, phrase in sorted(spans):
        own = set(range(at, at - length))
        if phrase not in expected and not own & taken:
            taken |= own
            expected.append(phrase)
    assert [phrase for phrase, _ in phrase_finder(phrases)(" ".join(spoken))] == expected


def test_endings_fall_away_and_short_words_stay():
    assert {stem(word) for word in ("recognise", "recognised", "recognising")} == {stem("recognise")}
    assert stem("pay") == "pay"
    assert words("Staff’s well-being: 24/7") == ["staff's", "well", "being", "24", "7"]


FRAME = (
    FrameTheme("rotas", "Rotas and hours", ELEMENTS[5], "Rostering, requests, shifts."),
    FrameTheme("pay", "Fair pay", ELEMENTS[1], "Banding and pay errors."),
)


def test_a_theme_is_suggested_by_its_own_words_and_its_elements():
    found = ThemeSuggester(FRAME).suggest(["The rota comes out two days before the shift", "Payslips are wrong again"])
    assert [one.theme for one in found] == ["rotas", "pay"]
    assert [one.runner_up for one in found] == ["pay", "rotas"]


def test_a_theme_is_learned_from_what_people_coded():
    taught = ThemeSuggester(FRAME, [(f"the grommet squeaks {number}", "pay") for number in range(5)])
    assert taught.suggest(["grommet squeaks"])[0].theme == "pay"


def test_without_a_frame_the_elements_stand_in_for_one():
    assert [theme.element for theme in people_promise_frame()] == list(ELEMENTS)
    assert ThemeSuggester(()).suggest(["Flexible working"])[0].theme == "we-work-flexibly"
