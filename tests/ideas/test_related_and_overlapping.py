"""Ideas like one another, complex ideas, elements that ideas share, and words by element."""

from __future__ import annotations

import math
import re

import polars as pl
import pytest

from dashboard.charts import cloud
from dashboard.filters import Selection
from dashboard.metrics._related import related_ideas
from dashboard.results import answer
from data_access.frames import table_named
from data_access.vocabulary import ELEMENTS, NOT_CODED

VOICE, SAFE, FLEXIBLY, TEAM = ELEMENTS[2], ELEMENTS[3], ELEMENTS[5], ELEMENTS[6]


def texts(**wordings):
    rows = [
        {"conversation": "talk", "kind": "idea", "id": key, "idea": key, "title": title, "text": "",
         "is_held_back": title == ""}
        for key, title in wordings.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=table_named("texts").schema)


def themes(*pairs):
    rows = [{"conversation": "talk", "idea": idea, "theme": theme} for idea, theme in pairs]
    return pl.DataFrame(rows, schema=table_named("idea_themes").schema)


WORDINGS = {
    "a": "Publish rotas six weeks ahead",
    "b": "Rotas early",
    "c": "Parking at night",
    "d": "Publish parking charges",
    "e": "",
}


def test_the_idea_that_shares_rare_words_comes_first_and_they_are_named():
    found = related_ideas(texts(**WORDINGS), themes(), "a")
    assert found["idea"].to_list() == ["b", "d"]
    assert dict(found.select("idea", "shared").rows()) == {"b": "rota", "d": "publish"}


def test_a_theme_in_common_counts_a_quarter_more():
    plain = dict(related_ideas(texts(**WORDINGS), themes(), "a").select("idea", "likeness").rows())
    same = related_ideas(texts(**WORDINGS), themes(("a", "T1"), ("b", "T1"), ("c", "T1")), "a")
    assert dict(same.select("idea", "likeness").rows())["b"] == pytest.approx(plain["b"] * 1.25)
    assert dict(same.select("idea", "themes").rows()) == {"b": 1, "d": 0}


def test_likeness_equals_its_slow_twin():
    found = related_ideas(texts(**WORDINGS), themes(), "a", limit=9)
    for idea, likeness in found.select("idea", "likeness").rows():
        assert likeness == pytest.approx(slow_likeness(WORDINGS, "a", idea))


def slow_likeness(wordings, one, other):
    """Cosine of tf · idf, word by word."""

    def words(text):
        stems = [re.sub("s$", "", word) for word in re.findall(r"[^\W\d_][\w'’-]+", text.lower())]
        return [stem for stem in stems if len(stem) >= 3]

    said = {key: words(text) for key, text in wordings.items() if text}
    everything = {word for spoken in said.values() for word in spoken}
    rarity = {
        word: math.log((1 + len(said)) / (1 + sum(word in spoken for spoken in said.values()))) for word in everything
    }

    def vector(key):
        return {word: (1 + math.log(said[key].count(word))) * rarity[word] for word in set(said[key])}

    a, b = vector(one), vector(other)
    length = math.sqrt(sum(v * v for v in a.values())) * math.sqrt(sum(v * v for v in b.values()))
    return sum(a[word] * b[word] for word in set(a) & set(b)) / length


def test_wording_that_is_held_back_or_unknown_is_like_nothing():
    assert related_ideas(texts(**WORDINGS), themes(), "e").is_empty()
    assert related_ideas(texts(**WORDINGS), themes(), "unknown").is_empty()
    assert "e" not in related_ideas(texts(**WORDINGS), themes(("a", "T"), ("e", "T")), "a")["idea"].to_list()


def ideas_of(made_up_release, **elements):
    votes = {"voters": 0, "agree": 0, "pass": 0, "disagree": 0, "comments": 0, "merged_from": 0, "is_seed": False}
    return made_up_release(
        votes_by_idea=[{"idea": key, **votes} for key in elements],
        idea_elements=[{"idea": key, "element": name} for key, names in elements.items() for name in names],
    )


def told(release, key, element=None):
    return answer(key, source=release, selection=Selection("talk", element))


def test_ideas_are_counted_by_the_elements_they_touch(made_up_release):
    release = ideas_of(made_up_release, a=[VOICE], b=[VOICE, TEAM], c=[VOICE, TEAM, SAFE], d=[], e=[*ELEMENTS])
    result = told(release, "elements_per_idea")
    assert result.table.select("elements", "ideas").rows() == [
        ("Not yet coded", 1),
        ("One element", 1),
        ("Two elements", 1),
        ("Three elements or more", 2),
    ]
    assert result.headline == "3 of 5 ideas (60%) touch several elements."
    assert told(release, "elements_per_idea", TEAM).headline == "3 of 3 ideas (100%) touch several elements."
    assert told(release, "elements_per_idea", NOT_CODED).headline == "0 of 1 idea (0%) touch several elements."


def test_pairs_of_elements_are_counted_with_their_shares(made_up_release):
    release = ideas_of(made_up_release, a=[VOICE], b=[VOICE, TEAM], c=[VOICE, TEAM, SAFE])
    result = told(release, "element_overlap")
    assert result.table.row(0) == (f"{VOICE} · {TEAM}", 2, 2 / 3, 1.0)
    assert result.table["ideas"].to_list() == [2, 1, 1]
    assert result.headline == "‘We each have a voice that counts’ and ‘We are a team’ share the most ideas: 2."
    assert told(release, "element_overlap", SAFE).table["ideas"].to_list() == [1, 1]
    assert told(release, "element_overlap", FLEXIBLY).headline == "No idea belongs to two elements here."


def words_of(made_up_release, *words, element=VOICE):
    rows = [{"element": element, "word": word, "used_by_at_least": step} for word, step in words]
    return made_up_release(words_by_element=rows, words=[{"word": "whole", "used_by_at_least": 50}])


def test_words_are_those_of_the_element_chosen(made_up_release):
    release = words_of(made_up_release, ("rota", 20), ("time", 10))
    assert told(release, "words", VOICE).headline == (
        "‘rota’ was used by at least 20 participants on ‘We each have a voice that counts’."
    )
    assert told(release, "words").table["word"].to_list() == ["whole"]
    assert told(release, "words", TEAM).headline == (
        "No word was used by enough participants on ‘We are a team’ to be shown."
    )


def test_words_the_font_lacks_stand_in_the_table_only(made_up_release):
    """Latin, Greek and Cyrillic letters are drawn; Chinese would be boxes."""
    result = told(
        words_of(made_up_release, ("计程车", 20), ("équipe", 10), ("ωρα", 10), ("e-mail", 10)), "words", VOICE
    )
    assert result.table.height == 4
    assert cloud.drawable(result).table["word"].to_list() == ["e-mail", "équipe", "ωρα"]
    assert cloud.picture(cloud.drawable(result)).startswith(b"\x89PNG")
