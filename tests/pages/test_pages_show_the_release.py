"""Every page, run as the app runs it, over a release whose sums are done by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports import FORMATS
from dashboard.metrics import METRICS

PAGES = ("overview", "themes", "sentiment", "ideas", "participation", "plan", "method", "accessibility")
WITH_FILTERS = ("overview", "themes", "sentiment", "ideas", "participation")
Open = Callable[..., AppTest]


def plain(text: str) -> str:
    """What a reader sees of escaped Markdown."""
    return text.replace("\\", "").replace("\u2060", "")


def words(app: AppTest) -> str:
    parts = [
        element.value for kind in (app.title, app.header, app.subheader, app.markdown, app.text) for element in kind
    ]
    return plain("\n".join(parts))


def headlines(app: AppTest) -> list[str]:
    return [plain(header.value) for header in app.header]


def figures(app: AppTest) -> dict[str, str]:
    return {plain(metric.label): plain(metric.value) for metric in app.metric}


def table_of(app: AppTest, key: str) -> list[dict[str, str]]:
    """The table on the card of a metric, as read."""
    alt = f"Table: {METRICS[key].METRIC.title}"
    found = next(table for table in app.table if table.proto.alt == alt)
    frame = found.value
    return [{plain(str(k)): plain(str(v)) for k, v in row.items()} for row in frame.to_dict("records")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_title_and_no_level_is_skipped(open_page: Open, page: str):
    app = open_page(page)
    assert [title.value for title in app.title] == [page.capitalize()]
    assert all(heading.proto.hide_anchor for kind in (app.title, app.header, app.subheader) for heading in kind)
    assert not app.subheader or app.header


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_says_what_it_shows_and_has_the_same_numbers_as_a_table(open_page: Open, page: str):
    app = open_page(page)
    alts = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert all(20 <= len(alt) <= 250 for alt in alts)
    tabs = [tab.label for tab in app.tabs]
    assert tabs.count("Table") == tabs.count("Download") == tabs.count("About")
    assert tabs.count("Chart") == len(alts) + len(app.get("image"))


@pytest.mark.parametrize("page", PAGES)
def test_help_the_stamp_and_the_statement_are_on_every_page(open_page: Open, page: str):
    app = open_page(page)
    assert "Data to 3 October 2026 · Published 20 November 2026, 09:14 · Source: template, 1,234 rows" in words(app)
    assert "Help and feedback: ask whoever gave you your account." in words(app)
    links = [(link.proto.label, link.proto.page) for link in app.get("page_link")][-2:]
    assert links == [("How numbers are counted", "method"), ("Accessibility statement", "accessibility")]
    assert "**Made-up data.**" in words(app)


def test_the_overview_answers_from_the_release(open_page: Open):
    app = open_page("overview")
    assert figures(app) == {
        "Participants": "120",
        "Ideas": "3",
        "Comments": "3",
        "Votes": "160",
        "Sessions": "1",
        "Feedback points": "7",
    }
    assert "120 people took part, 75% of the 160 who registered." in words(app)
    assert "Showing: England, all elements (120 participants)" in words(app)


def test_the_balance_of_an_element_is_its_votes(open_page: Open):
    rows = {row["Element"]: row for row in table_of(open_page("sentiment"), "vote_balance")}
    flexibly = rows["We work flexibly"]
    assert (flexibly["Agree"], flexibly["Disagree"], flexibly["Pass"]) == ("69", "21", "8")
    assert flexibly["Agree share"] == "76.7%"  # 69 / (69 + 21)


def test_a_hidden_row_shows_c_and_why_never_nought(open_page: Open):
    app = open_page("sentiment")
    rows = {row["Element"]: row for row in table_of(app, "vote_balance")}
    assert rows["We are always learning"]["Agree"] == "[c]"
    assert rows["We are a team"]["Agree"] == "30"
    assert "1 row shows **[c]**: confidential, because fewer than 10 people took part there, or because" in words(app)


def test_a_filter_changes_numbers_headline_and_link(open_page: Open):
    app = open_page("sentiment")
    before = headlines(app)[0]
    app.selectbox(key="filter-element").select("We work flexibly").run()
    assert not app.exception
    assert app.query_params["element"] == "we-work-flexibly"
    assert headlines(app)[0] != before
    assert headlines(app)[0].startswith("76.7% of votes for or against agree on ‘We work flexibly’")
    assert "Showing: England, We work flexibly (95 participants)" in words(app)
    assert [row["Element"] for row in table_of(app, "vote_balance")] == [
        "We work flexibly",
        "All ideas, for comparison",
    ]


@pytest.mark.parametrize("way", ["remove-element", "clear-filters"])
def test_a_filter_can_be_taken_away(open_page: Open, way: str):
    app = open_page("overview", element="we-work-flexibly")
    assert figures(app)["Participants"] == "95"
    app.button(key=way).click().run()
    assert "element" not in app.query_params
    assert figures(app)["Participants"] == "120"


def test_a_small_element_hides_its_figures(open_page: Open):
    app = open_page("overview", element="we-are-always-learning")
    assert figures(app)["Participants"] == "[c]"
    assert figures(app)["Ideas"] == "1"


@pytest.mark.parametrize("page", WITH_FILTERS)
def test_an_unknown_filter_shows_a_message_and_no_figures(open_page: Open, page: str):
    app = open_page(page, element="we-are-a-tem")
    assert headlines(app) == ["This link asks for something that is not offered"]
    assert "Did you mean 'we-are-a-team'?" in words(app)
    assert (list(app.metric), list(app.table), list(app.get("plotly_chart"))) == ([], [], [])
    app.button(key="bad-selection-clear").click().run()
    assert [title.value for title in app.title] == [page.capitalize()]


def test_leaders_may_download_every_card_and_auditors_are_told_why_not(open_page: Open):
    def offered(role: str) -> list[str]:
        return [button.proto.label for button in open_page("sentiment", role=role).get("download_button")]

    every = [f"Download {medium.key.upper()}" for medium in FORMATS]
    assert offered("leader") == every * 3
    assert offered("auditor") == []
    assert "The role auditor may look at numbers but not take them away." in words(
        open_page("sentiment", role="auditor")
    )


def test_words_stand_in_a_cloud_with_their_ranked_table(open_page: Open):
    app = open_page("themes")
    assert [image.proto.imgs[0].alt for image in app.get("image")] == [
        "Word cloud: words of ideas and comments by the number of participants who used them, in steps. "
        "‘rota’ was used by at least 20 participants."
    ]
    assert table_of(app, "words") == [
        {"Word": "rota", "Used by at least": "20"},
        {"Word": "handover", "Used by at least": "10"},
        {"Word": "shift", "Used by at least": "10"},
    ]


def test_the_method_defines_every_metric_and_proves_the_ledger(open_page: Open):
    ledger = "Every vote is accounted for: 164 cast = 160 counted + 4 superseded."
    assert ledger in headlines(open_page("method", view="moderation"))
    app = open_page("method")
    assert {expander.label for expander in app.expander} == {module.METRIC.title for module in METRICS.values()}
    assert "Counts of fewer than 10 people are hidden" in words(app)
    assert app.code[-1].value == (
        "Made-up data. Voices of autumn, LookForward release 1, published 20 November 2026. Data to 3 October 2026."
    )
