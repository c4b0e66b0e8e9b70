"""The letter: one page, accessible, and no sentence without an id that is in its result."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import polars as pl
import pytest

from dashboard.filters import Selection
from dashboard.letters import letter
from dashboard.metrics import METRICS
from dashboard.results import Result, Stamp
from data_access.vocabulary import ELEMENTS

METRIC = METRICS["you_said"].METRIC
FLEXIBLY, TEAM = ELEMENTS[5], ELEMENTS[6]
ROWS = [
    (FLEXIBLY, "done", 2, "theme", "rotas", "Rotas", "They come early", 200, 0.9, 0.85, 0.93),
    (FLEXIBLY, "done", 2, "idea", "1", "Idea <1> & more", "They come early", 100, 0.9, 0.83, 0.94),
    (FLEXIBLY, "cannot do", 4, "idea", "8", "Pay", "National terms decide it", 10, 0.5, 0.24, 0.76),
    (TEAM, "not answered yet", 5, "feedback", "S1-1", "Rotas come late", None, None, None, None, None),
]


@pytest.fixture
def result() -> Result:
    names = [column.name for column in METRIC.columns]
    stamp = Stamp(3, datetime(2024, 3, 1, tzinfo=UTC), None, "Voices", 10, True, 1, 1)
    table = pl.DataFrame(ROWS, schema=names, orient="row")
    return Result(METRIC, Selection("talk"), stamp, table, "3 actions answer.", "4 things said", ("Regions wait.",))


class Outline(HTMLParser):
    """Gather what a screen reader meets: the language, headings and the text of paragraphs and items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language, self.headings, self.texts, self._open = "", [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.language = dict(attrs).get("lang", self.language)
        if tag in ("h1", "h2", "p", "li"):
            self._open = tag
            (self.headings if tag[0] == "h" else self.texts).append("")

    def handle_data(self, data):
        if self._open:
            (self.headings if self._open[0] == "h" else self.texts)[-1] += data

    def handle_endtag(self, tag):
        self._open = "" if tag == self._open else self._open


def test_every_paragraph_and_item_ends_in_the_ids_it_comes_from(result):
    outline = Outline(letter(result).decode())
    ids = [re.search(r"\[([^\]]+)\]$", text) for text in outline.texts]
    assert [found[1] for found in ids if found] == [
        "release 3",
        "release 3",
        "action 2; theme rotas; idea 1",
        "action 4; idea 8",
        "action 5; note S1-1",
    ]
    assert len(ids) == len(outline.texts)


def test_the_answers_are_said_in_plain_words(result):
    texts = Outline(letter(result).decode()).texts[2:]
    assert texts == [
        "You said: ‘Rotas’ (90% of 200 votes agree) and 1 more point. We did: They come early "
        "[action 2; theme rotas; idea 1]",
        "You said: ‘Pay’ (50% of 10 votes agree). We cannot, and say why: National terms decide it [action 4; idea 8]",
        "You said: ‘Rotas come late’. We have not answered yet. [action 5; note S1-1]",
    ]


def test_headings_are_in_order_and_the_language_is_named(result):
    outline = Outline(letter(result).decode())
    assert outline.language == "en-GB"
    assert outline.headings == ["You said, we did: Voices", FLEXIBLY, TEAM]


def test_what_people_wrote_cannot_become_markup(result):
    said = pl.when(pl.col("item") == "8").then(pl.lit("<script>alert(1)</script>")).otherwise("said").alias("said")
    html = letter(replace(result, table=result.table.with_columns(said))).decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_letter_needs_nothing_but_itself_and_is_the_same_each_time(result):
    html = letter(result)
    assert re.findall(rb"(?:src|href|url)\s*[=(]", html) == []
    assert letter(result) == html


def test_made_up_data_says_so_first(result):
    assert Outline(letter(result).decode()).texts[0].startswith("This is made-up data")
