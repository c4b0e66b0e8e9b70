"""From the first page down to ideas, and away with a board pack; what cannot be drawn says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import Found, grouped
from dashboard.components.glossary import WORDS
from dashboard.components.result_card import has_marks, subtitle
from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.specs import Page

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
Open = Callable[..., AppTest]


def links(app: AppTest) -> dict[str, tuple[str, str]]:
    return {
        link.proto.label.replace("\\", ""): (link.proto.page, link.proto.query_string) for link in app.get("page_link")
    }


def test_the_first_page_ranks_themes_and_each_leads_to_its_ideas(open_page: Open):
    """Two themes of one idea each: the first by name comes first."""
    found = {label: where for label, where in links(open_page("overview")).items() if label[:2] in ("1.", "2.")}
    assert list(found) == ["1. Rotas in good time: 1 idea", "2. Time for handover: 1 idea"]
    assert found["1. Rotas in good time: 1 idea"] == ("ideas", "theme=rotas")


def test_a_ranked_theme_keeps_the_filters(open_page: Open):
    found = links(open_page("overview", element="we-are-a-team"))
    assert found["1. Time for handover: 1 idea"] == ("ideas", "element=we-are-a-team&theme=handover")


def test_a_page_without_filters_says_that_those_set_are_kept(open_page: Open):
    app = open_page("plan", element="we-are-a-team")
    told = " ".join(text.value.replace("\\", "") for text in app.markdown)
    assert "No filter changes this page. Your filters (England, We are a team) are kept for the other pages." in told


@pytest.fixture
def shares(made_up_release):
    """The balance of one element, to be emptied."""
    votes = {"ideas": 1, "comments": 0, "participants": 20, "voters": 20, "agree": 12, "pass": 0, "disagree": 8}
    release = made_up_release(votes_by_element=[{"element": "We are a team", **votes}])
    return answer("vote_balance", source=release, selection=Selection("talk"))


def test_a_card_has_a_chart_only_where_a_mark_would_be_drawn(shares):
    assert has_marks(shares)
    drawn = shares.metric.chart.values
    empty = shares.table.with_columns(pl.lit(None, shares.table.schema[name]).alias(name) for name in drawn)
    assert not has_marks(replace(shares, table=empty))


def test_a_card_of_a_programme_names_no_place_and_one_for_all_elements_names_no_element(shares):
    assert "England, all elements" in subtitle(shares).replace("\\", "")
    of_programme = replace(shares, metric=replace(shares.metric, key="programme_places"))
    assert "England" not in subtitle(of_programme)
    for_all = replace(shares, metric=replace(shares.metric, takes_element=False))
    assert "all elements" not in subtitle(for_all)
    assert "England" in subtitle(for_all)


def test_a_group_of_one_page_stands_in_the_bar():
    def found(title: str, section: str, order: int) -> Found:
        return Found(Page(title=title, url=title.lower(), section=section, order=order), lambda _context: None)

    groups = grouped(
        [found("Overview", "", 1), found("Method", "About", 2), found("You", "About", 3), found("Data", "Run", 4)]
    )
    assert {name: [one.page.title for one in members] for name, members in groups.items()} == {
        "": ["Overview", "Data"],
        "About": ["Method", "You"],
    }


def test_the_glossary_on_the_page_uses_the_words_of_the_house_in_order(open_page: Open):
    """Every word but 'interval', which each card explains, stands in docs/glossary.md."""
    known = {line.split("**")[1] for line in GLOSSARY.read_text().splitlines() if line.startswith("| **")}
    assert list(WORDS) == sorted(WORDS)
    assert set(WORDS) - known == {"interval"}
    app = open_page("method", view="words")
    assert "Words used on these pages" in [header.value for header in app.header]
    [table] = [table.value for table in app.table if table.proto.alt == "Words and their meaning"]
    assert len(table) == len(WORDS)
