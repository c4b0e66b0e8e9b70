"""What two pages do beyond cards: ideas to search and follow, and the plan as at a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

HOSTILE = "<script>alert(1)</script> **bold** [link](https://example.org) $x$ :smile:"
Open = Callable[..., AppTest]


def said(app: AppTest) -> list[str]:
    return [element.value for element in app.text]


def test_ideas_come_with_votes_interval_comments_and_merges(open_page: Open):
    app = open_page("ideas")
    assert said(app) == ["1. Publish rotas six weeks ahead", "2. Paid time for handover", f"3. {HOSTILE}"]
    facts = [element.value.replace("\\", "") for element in app.markdown if "votes" in element.value]
    assert (
        ":small[We work flexibly · 75% agree (64.5% to 83.2%) · 85 votes, net +40 · 2 comments · merged from 2 ideas]"
        in facts
    )


def test_what_people_wrote_is_shown_as_written_and_nowhere_rendered(open_page: Open):
    """Script, link, formula and emoji of idea 3 reach the page as plain text only."""
    for page in ("overview", "sentiment", "ideas"):
        app = open_page(page)
        rendered = [e.value for kind in (app.title, app.header, app.subheader, app.markdown) for e in kind]
        rendered += [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
        for sign in ("<script>", "**bold**", "](https:", "$x$", ":smile:"):
            assert [part for part in rendered if sign in part] == []


def test_searching_keeps_the_ideas_that_hold_the_words(open_page: Open):
    app = open_page("ideas")
    app.text_input(key="idea-search").input("Handovers").run()
    assert said(app) == ["1. Paid time for handover"]
    assert app.header[0].value == "1 idea of 3 holds these words\\."
    app.text_input(key="idea-search").input("unicorn").run()
    assert said(app) == []
    assert any("Try fewer words" in element.value for element in app.markdown)


def test_ideas_can_be_ordered_by_the_surest_agreement(open_page: Open):
    """60 of 80 has the lower end 64.5 %; 9 of 10 only 59.6 %; 30 of 60 37.7 %."""
    app = open_page("ideas")
    app.button_group(key="choice-order").set_value("Surest agreement").run()
    assert [line.split(". ")[0] for line in said(app)] == ["1", "2", "3"]
    assert said(app)[1] == f"2. {HOSTILE}"


def test_one_idea_has_an_address_with_its_merges_and_comments(open_page: Open):
    app = open_page("ideas", idea="1")
    assert [h.value.replace("\\", "") for h in app.header] == [
        "Idea 1",
        "1 other idea merged into this one",
        "1 comment to read",
    ]
    assert {metric.label: metric.value for metric in app.metric}["Voters"] == "85"
    merged = next(table for table in app.table if table.proto.alt == "Table: votes on the ideas that were merged")
    assert merged.value.to_dict("records") == [
        {"Idea number": "1, this one", "Voters": "70", "Agree": "50", "Pass": "5", "Disagree": "15"},
        {"Idea number": "7", "Voters": "20", "Agree": "12", "Pass": "1", "Disagree": "7"},
    ]
    assert said(app) == ["Publish rotas six weeks ahead", "“Six weeks would change my life”"]
    assert any(m.value.startswith("1 comment held back") for m in app.markdown)


def test_an_idea_opens_and_closes_by_the_link(open_page: Open):
    app = open_page("ideas")
    app.button(key="open-2").click().run()
    assert app.query_params["idea"] == "2"
    assert app.header[0].value == "Idea 2"
    app.button(key="idea-back").click().run()
    assert "idea" not in app.query_params
    assert len(said(app)) == 3


def test_an_idea_that_is_not_shown_says_so_without_figures(open_page: Open):
    app = open_page("ideas", idea="4711")
    assert app.header[0].value == "This idea is not among those shown"
    assert (list(app.metric), list(app.table)) == ([], [])


def test_the_board_holds_all_35_actions(open_page: Open):
    app = open_page("plan")
    counts = [heading.value.rsplit(": ", 1)[1] for heading in app.subheader]
    assert sum(int(count.split()[0]) for count in counts) == 35
    tiles = [m.value for m in app.markdown if m.value.startswith("**") and "no status recorded" in m.value]
    assert len(tiles) == 35


def test_one_action_is_shown_in_full_with_what_is_not_known(open_page: Open):
    app = open_page("plan")
    app.selectbox(key="plan-action").select("2").run()
    facts = next(table for table in app.table if table.proto.alt == "Table: action 2").value
    told = {row["What"].strip("*"): row["Known"] for row in facts.to_dict("records")}
    assert (told["Action"], told["Wording"]) == ("2", "wording not loaded")


@pytest.mark.parametrize(
    ("day", "words"), [("yesterday", "none"), ("1999-01-01", "another day"), ("2030-01-01", "another day")]
)
def test_a_day_that_the_plan_cannot_be_shown_as_at_shows_no_figures(open_page: Open, day: str, words: str):
    app = open_page("plan", as_at=day)
    assert [h.value for h in app.header] == ["This link asks for something that is not offered"]
    assert words in app.text[0].value
    assert (list(app.table), list(app.get("plotly_chart"))) == ([], [])


def test_the_plan_is_shown_as_at_the_day_of_the_link(open_page: Open):
    app = open_page("plan", as_at="2022-06-30")
    assert "35 actions as at 30 June 2022" in " ".join(m.value for m in app.markdown)
    assert app.date_input(key="plan-day").value.isoformat() == "2022-06-30"


def test_without_a_register_the_plan_says_what_to_type_and_the_overview_still_answers(open_bare: Open):
    app = open_bare("plan")
    assert app.header[0].value == "The register of actions is not loaded"
    assert "lookforward plan import" in app.text[0].value
    assert any("lookforward plan import" in m.value.replace("\\", "") for m in open_bare("overview").markdown)
