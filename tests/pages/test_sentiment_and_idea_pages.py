"""Views of sentiment kept in the link, and one idea with its weeks, themes, actions, regions and ideas like it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data_access.frames import table_named
from data_access.releases.store import ReleaseFacts, write_release
from data_access.vocabulary import ELEMENTS
from tests.pages.conftest import small_tables

Open = Callable[..., AppTest]
LATER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ASKS = "This link asks for something that is not offered"


def plain(app: AppTest) -> list[str]:
    return [header.value.replace("\\", "") for header in app.header]


def small_print(app: AppTest) -> str:
    return " ".join(markdown.value.replace("\\", "") for markdown in app.markdown)


def rows(name: str, *given: dict[str, object]) -> pl.DataFrame:
    table = table_named(name)
    shown = {"is_hidden": False} if table.has_hidden else {}
    whole = [{"conversation": "voices", **shown, **row} for row in given]
    return pl.DataFrame(whole, schema=table.schema).sort(table.key)


def texts() -> pl.DataFrame:
    words = {"1": "Publish rotas six weeks ahead", "2": "Publish rotas early", "3": "Parking"}
    held = {"title": "", "is_held_back": False}
    return rows(
        "texts", *({"kind": "idea", "id": key, "idea": key, "text": text, **held} for key, text in words.items())
    )


@pytest.fixture
def open_full(open_page: Open, settings) -> Open:
    """Open a page of a later release that also has weeks, exposure, themes, regions and survey scores."""
    weeks = ((date(2026, 9, 28), 40, 10), (date(2026, 10, 5), 60, 20))
    bands = (("London", "60–80%"), ("Midlands", None))
    extra = {
        "texts": texts(),
        "votes_by_idea_week": rows(
            "votes_by_idea_week",
            *({"idea": "1", "week": week, "agree": agree, "pass": 0, "disagree": no} for week, agree, no in weeks),
        ),
        "idea_exposure": rows("idea_exposure", {"idea": "1", "posted_week": date(2026, 9, 28), "could_vote": 100}),
        "idea_themes": rows("idea_themes", {"idea": "1", "theme": "rotas"}, {"idea": "2", "theme": "rotas"}),
        "region_by_idea": rows(
            "region_by_idea",
            *({"idea": "1", "region": name, "agree_band": band, "is_hidden": band is None} for name, band in bands),
        ),
        "survey_scores": rows(
            "survey_scores",
            {"element": ELEMENTS[5], "year": 2025, "source": "A survey", "score": 6.3, "responses": None},
        ),
        "own_votes": rows("own_votes", {"authors": 12, "votes": 14, "agree_band": "95–100%"}),
    }
    about = ReleaseFacts(published_at=LATER, code_version="test", thresholds={"voices": 10})
    write_release(settings.releases_folder, {**small_tables(), **extra}, about)
    return open_page


def test_one_idea_has_its_weeks_themes_ranks_reach_regions_and_likes(open_full: Open):
    app = open_full("ideas", idea="1")
    headers = plain(app)
    assert headers[0] == "Idea 1"
    assert "75% agreed by the close of the week of 5 October 2026, much as after the first (80%)." in headers
    assert {"Agreement by region, in bands", "Ideas like this one"} <= set(headers)
    said = small_print(app)
    assert "Theme: Rotas in good time" in said
    assert "Rank 1 of 3 by surest agreement" in said
    assert "Posted in the week of 28 September 2026: 85% of the 100 participants who could have voted on it did" in said
    assert (
        "both say: rota, publish · 1 theme in common" in said or "both say: publish, rota · 1 theme in common" in said
    )
    bands = next(table for table in app.table if table.proto.alt == "Table: agreement with this idea by region")
    told = [tuple(str(cell).replace("\\", "") for cell in row) for row in bands.value.to_numpy()]
    assert told == [("London", "60–80%"), ("Midlands", "[c]")]


def test_an_idea_of_two_elements_is_called_complex(open_full: Open):
    said = small_print(open_full("ideas", idea="3"))
    assert "A complex idea: it touches We are always learning and We work flexibly." in said


def test_words_and_order_of_a_search_are_kept_in_the_link(open_full: Open):
    app = open_full("ideas")
    app.text_input(key="idea-search").input("rota NOT early").run()
    assert app.query_params["words"] == "rota NOT early"
    assert plain(app)[0] == "1 idea of 3 holds these words."
    assert "Looking for: rota AND NOT early" in small_print(app)
    app.button_group(key="choice-order").set_value("Surest agreement").run()
    assert (app.query_params["order"], app.query_params["words"]) == ("agreement", "rota NOT early")


def test_a_link_opens_with_its_words_and_order(open_full: Open):
    app = open_full("ideas", words="rota", order="comments")
    assert plain(app)[0] == "2 ideas of 3 hold these words."
    assert app.text_input(key="idea-search").value == "rota"


def test_an_unknown_order_or_view_shows_no_figures(open_full: Open):
    for page, params in (("ideas", {"order": "newest"}), ("sentiment", {"view": "moods"})):
        app = open_full(page, **params)
        assert plain(app)[-1] == ASKS
        assert (list(app.table), list(app.get("plotly_chart"))) == ([], [])


def test_the_five_views_of_sentiment_have_addresses(open_full: Open):
    titles = {}
    for view in ("ideas", "groups", "time", "opinion", "sources"):
        app = open_full("sentiment", view=view)
        titles[view] = plain(app)
    assert "Agreement is highest on" in titles["ideas"][0]
    assert titles["groups"][0] == "No votes by these groups are published that could be compared."
    assert titles["time"][0] == "There are no two closed periods to compare."
    assert titles["opinion"][0].startswith("No opinion groups were supplied")
    assert titles["sources"][0].startswith("The conversation has most ideas on ‘We work flexibly’")


def test_authors_own_votes_are_taken_off_by_a_choice_in_the_link(open_full: Open):
    app = open_full("sentiment")
    assert any("Surest support" in title and "authors" not in title for title in plain(app))
    app.button_group(key="choice-authors").set_value("Authors’ own votes taken off").run()
    assert app.query_params["authors"] == "taken-off"
    assert any("without authors’ own votes" in title for title in plain(app))
    assert "12 authors cast 14 votes on ideas of their own; 95–100% of these agreed." in small_print(app)


def test_three_sources_stand_in_a_table_with_a_column_each(open_full: Open):
    app = open_full("sentiment", view="sources")
    alt = "Table: conversation, sessions and staff survey by element"
    table = next(one for one in app.table if one.proto.alt == alt).value
    told = {str(row["Element"]): row for row in table.to_dict("records")}
    flexibly = told[ELEMENTS[5]]
    assert str(flexibly["Staff survey"]).replace("\\", "") == "6.3 out of 10"
    assert str(flexibly["Live sessions"]).replace("\\", "") == "7 notes in 1 session"
    assert str(told[ELEMENTS[6]]["Staff survey"]).replace("\\", "") == "not loaded"
