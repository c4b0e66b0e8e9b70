"""The Themes page: a theme read through to its ideas, suggestions for analysts alone, decisions kept on the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.metrics import METRICS
from data_access.desk import code_decisions, jobs
from data_access.desk.engine import reading
from data_access.vocabulary import Role

Open = Callable[..., AppTest]
TRAY = "Suggested codes to accept or refuse"


def headings(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def words(app: AppTest) -> str:
    return "\n".join([*(text.value for text in app.markdown), *(text.value for text in app.text)])


def plain(text: str) -> str:
    return text.replace("\\", "")


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def decided(desk: Engine) -> list[tuple[str, str, str, str]]:
    with reading(desk) as connection:
        return code_decisions.standing(connection, "voices").select("item_kind", "item", "code", "decision").rows()


def test_a_theme_leads_to_its_ideas(open_page: Open):
    app = open_page("themes", view="read")
    assert "Read a theme" in headings(app)
    assert [box.value for box in app.selectbox if box.label == "Theme"] == ["rotas"]
    [onwards] = [link.proto for link in app.get("page_link") if link.proto.label == "All of them on the Ideas page"]
    assert (onwards.page, "theme=rotas" in onwards.query_string) == ("ideas", True)


def test_the_link_names_the_theme_and_what_is_not_coded_can_be_read(open_page: Open):
    app = open_page("themes", view="read", theme="not-yet-coded")
    assert "Publish rotas six weeks ahead" in words(app)
    assert "75% agree · 85 votes · 2 comments" in words(app)
    assert "Votes and comments of idea 1" in links(app)


@pytest.mark.parametrize("role", [role.value for role in Role if role not in (Role.ANALYST, Role.ADMINISTRATOR)])
def test_only_analysts_see_suggestions(open_page: Open, role: str):
    app = open_page("themes", role=role, regions="London" if role == "hr" else "", view="coding")
    assert TRAY not in headings(app)
    assert "Because of" not in words(app)


def test_an_analyst_reads_why_and_decides_by_radio(open_page: Open, desk: Engine):
    app = open_page("themes", role="analyst", view="coding")
    assert TRAY in headings(app)
    assert "Suggested: We work flexibly" in words(app)
    assert "rotas" in next(line for line in words(app).splitlines() if "Because of" in line)
    choices = {radio.key: radio for radio in app.radio if radio.key.startswith("suggest-")}
    assert {radio.value for radio in choices.values()} == {"Decide later"}
    choices["suggest-idea-1"].set_value("Accept")
    choices["suggest-idea-2"].set_value("Refuse")
    next(button for button in app.button if button.label == "Save these decisions").click().run()
    assert not app.exception
    accepted, refused = decided(desk)
    assert accepted == ("idea", "1", "we-work-flexibly", "accepted")
    assert (*refused[:2], refused[3]) == ("idea", "2", "refused")
    assert "Saved: 1 accepted, 1 refused." in [said.value for said in app.success]
    assert "suggest-idea-1" not in {radio.key for radio in app.radio}


def test_what_was_accepted_is_handed_to_the_worker(open_page: Open, desk: Engine):
    app = open_page("themes", role="analyst", view="coding")
    next(radio for radio in app.radio if radio.key == "suggest-idea-1").set_value("Accept")
    next(button for button in app.button if button.label == "Save these decisions").click().run()
    next(button for button in app.button if button.label.startswith("Carry 1 accepted code")).click().run()
    assert not app.exception
    with reading(desk) as connection:
        asked = jobs.newest(connection, kinds=["carry codes"], limit=5)
    assert [(job.kind, dict(job.arguments)) for job in asked] == [("carry codes", {"conversation": "voices"})]


def test_the_ideas_of_a_theme_have_a_link_of_their_own_that_the_files_repeat(open_page: Open):
    """Idea 1 alone carries 'rotas'; a theme nobody knows shows no figure."""
    app = open_page("ideas", theme="Not yet coded")
    assert "3 ideas of 3 carry no theme yet." in plain(headings(app)[0])
    assert [box.value for box in app.selectbox if box.label == "Theme"] == ["Not yet coded"]
    unknown = open_page("ideas", theme="parking")
    assert "This link asks for something that is not offered" in headings(unknown)
    assert not [text for text in unknown.text if "rotas" in text.value]


def test_each_view_of_themes_shows_its_cards_and_no_others(open_page: Open):
    keys = {"cross": {"theme_elements", "theme_overlap"}, "when": {"theme_weeks", "theme_regions"}}
    for view, wanted in keys.items():
        app = open_page("themes", view=view)
        alts = {f"Table: {METRICS[key].METRIC.title}" for key in wanted}
        drawn = {table.proto.alt for table in app.table if table.proto.alt.startswith("Table: ")}
        assert drawn <= alts
    assert "This link asks for something that is not offered" in headings(open_page("themes", view="sideways"))
