"""The Participation page: one view at a time, by the link, with formulas and with what is missing said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def words(app: AppTest) -> str:
    shown = (*app.markdown, *app.header, *app.text, *app.warning, *app.subheader)
    return " ".join(str(one.value).replace("\\", "") for one in shown)


def test_the_first_view_has_the_stages_and_the_days(open_page: Open):
    told = words(open_page("participation"))
    assert "120 people took part, 75% of the 160 who registered." in told
    assert "1 October 2026 was the busiest day" in told
    assert "No closed week can be shown." in told


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("places", "Response rate = participants ÷ workforce"),
        ("places", "Share of participants − share of workforce, in percentage points; Wilson interval"),
        ("places", "No workforce is loaded, so no response rate can be given and none is estimated."),
        ("places", "No figures by region, ICB or staff group have been published"),
        ("icbs", "No workforce is loaded, so no response rate can be given and none is estimated."),
        ("groups", "No workforce is loaded to hold participants against, and none is estimated."),
        ("change", "natural process limits = mean ± 2.66 × mean moving range"),
        ("change", "fewer than 10, so no claim about change is made."),
    ],
)
def test_a_view_says_its_formula_and_what_is_missing(open_page: Open, view: str, expected: str):
    assert expected in words(open_page("participation", view=view))


def test_a_view_there_is_not_is_refused_with_those_there_are(open_page: Open):
    app = open_page("participation", view="weather")
    assert "The link asks for view 'weather'. There are: activity, places, icbs, groups and change." in words(app)
    assert not app.table


def test_choosing_a_view_writes_it_into_the_link_and_the_first_is_left_out(open_page: Open):
    app = open_page("participation", view="change")
    choice = app.get("button_group")[0]
    assert choice.value == "More than chance?"
