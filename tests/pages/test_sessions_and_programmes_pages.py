"""The pages of sessions and programmes over a release whose sums are done by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


def words(app: AppTest) -> str:
    parts = [part.value for kind in (app.title, app.header, app.subheader, app.markdown, app.text) for part in kind]
    return plain("\n".join(parts))


def headers(app: AppTest) -> list[str]:
    return [plain(header.value) for header in app.header]


def table(app: AppTest, alt: str) -> list[dict[str, str]]:
    found = next(one for one in app.table if one.proto.alt == alt)
    return [{plain(str(k)): plain(str(v)) for k, v in row.items()} for row in found.value.to_dict("records")]


@pytest.mark.parametrize("page", ["sessions", "programmes"])
def test_a_page_has_one_title_and_charts_with_tables(open_page: Open, page: str):
    app = open_page(page)
    assert [title.value for title in app.title] == [page.capitalize()]
    tabs = [tab.label for tab in app.tabs]
    assert tabs.count("Table") == tabs.count("Download") == tabs.count("About")
    alts = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert all(20 <= len(alt) <= 250 for alt in alts)


def test_the_sessions_are_tiles_and_one_opens_by_its_button(open_page: Open):
    app = open_page("sessions")
    assert "1 session, in order of date" in headers(app)
    app.button(key="open-session-1").click().run()
    assert not app.exception
    assert app.query_params["session"] == "S1"
    assert "Working flexibly" in headers(app)
    app.button(key="session-back").click().run()
    assert "session" not in app.query_params


@pytest.mark.parametrize("link", ["S1", "s1"])
def test_a_session_is_told_in_the_form_trusts_publish(open_page: Open, link: str):
    app = open_page("sessions", session=link)
    said = words(app)
    assert "Big conversation · 2 October 2026 · We work flexibly · 31 people came" in said
    assert "Hosted by: HR director" in said
    assert "Thank you for coming" in said
    assert headers(app)[:5] == [
        "Working flexibly",
        "What was said: 5 points",
        "Added afterwards: 1 point",
        "Actions agreed",
        "On the session itself: 1 point",
    ]
    lists = [plain(part.value) for part in app.markdown if part.value.startswith("- ")]
    assert lists[:1] == ["- Rotas"]
    assert lists[1].splitlines()[:3] == ["- Point 1", "- Point 2", "- Point 3"]
    assert "1 point is held back until somebody has checked for personal details." in said
    assert next(expander.label for expander in app.expander).startswith("What helps?")


def test_words_of_points_are_never_markdown(open_page: Open):
    app = open_page("sessions", session="S1")
    raw = "\n".join(part.value for part in app.markdown)
    assert "**bold**" not in raw
    assert "[link](" not in raw


def test_points_are_counted_by_question_and_by_theme(open_page: Open):
    app = open_page("sessions", session="S1")
    rows = table(app, "Table: points by question")
    assert rows == [{"Question": "What helps?", "Feedback points": "6"}]
    assert table(app, "Table: points by theme") == [{"Theme": "Not yet coded", "Feedback points": "6"}]


def test_a_session_that_is_not_there_is_said_to_be(open_page: Open):
    app = open_page("sessions", session="S9")
    assert "This session is not among those shown" in headers(app)


def test_an_element_leaves_only_its_sessions(open_page: Open):
    app = open_page("sessions", element="we-are-a-team")
    assert "No sessions are published here" in headers(app)


def test_the_formula_of_the_dna_rate_is_on_the_page_with_its_base(open_page: Open):
    app = open_page("programmes")
    said = words(app)
    assert "DNA rate = did not attend ÷ (attended + did not attend)" in said
    assert "25% did not attend: 15 of 60 expected." in headers(app)
    assert "Non-attendance cost £675 in 1 of 2 programmes." in headers(app)


def test_missing_places_are_said_in_the_open(open_page: Open):
    said = words(open_page("programmes"))
    assert "Making sense: 2 of 2 cohorts do not say how many places they have; none is assumed." in said


def test_a_reflective_group_shows_attendance_and_no_answers(open_page: Open):
    app = open_page("programmes", programme="making-sense")
    said = words(app)
    assert "Of reflective groups only attendance is kept." in said
    assert "The groups met at least once in each of 2 months: 2 meetings." in headers(app)
    assert not [header for header in headers(app) if "confident" in header.casefold()]
    assert "24 bookings were attended; 0 did not." in headers(app)


def test_an_unknown_programme_is_an_error_and_not_the_first_one(open_page: Open):
    app = open_page("programmes", programme="juggling")
    assert headers(app) == ["This link asks for something that is not offered"]
    assert "making-sense" in words(app)


def test_choosing_a_programme_writes_it_into_the_link(open_page: Open):
    app = open_page("programmes")
    app.selectbox(key="programme-choice").select("Making sense").run()
    assert app.query_params["programme"] == "making-sense"
    assert "24 bookings were attended; 0 did not." in headers(app)


def test_faults_of_bookings_are_on_the_page(open_page: Open):
    app = open_page("programmes")
    assert "Bookings of unknown cohorts were found; all were kept as they came." in headers(app)
