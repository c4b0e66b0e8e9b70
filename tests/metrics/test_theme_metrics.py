"""Themes crossed, coded by source, by version and by agreement, from release cells small enough to add up by eye."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import charts
from dashboard.filters import Selection
from dashboard.results import answer, text_table
from data_access.vocabulary import ELEMENTS, NOT_CODED

FLEXIBLY, TEAM = ELEMENTS[5], ELEMENTS[6]
VOTES = {"voters": 20, "agree": 30, "pass": 5, "disagree": 10, "is_hidden": False}


def theme(code: str, name: str, element: str | None, ideas: int) -> dict[str, object]:
    return {"theme": code, "name": name, "element": element, "ideas": ideas, "comments": 2, "participants": 25, **VOTES}


THEMES = [
    theme("rotas", "Rotas", FLEXIBLY, 5),
    theme("huddles", "Huddles", TEAM, 3),
    theme(NOT_CODED, NOT_CODED, None, 1),
]


def asked(release, key: str, element: str | None = None):
    return answer(key, source=release, selection=Selection("talk", element))


def crossed(of_theme: str, ideas: int, people: int | None, **other: object) -> dict[str, object]:
    return {"of_theme": of_theme, "ideas": ideas, "participants": people, "is_hidden": people is None, **other}


@pytest.fixture
def by_element(made_up_release):
    return made_up_release(
        votes_by_theme=THEMES,
        themes_by_element=[
            crossed("rotas", 4, 22, and_element=FLEXIBLY),
            crossed("rotas", 2, None, and_element=TEAM),
            crossed("huddles", 3, 15, and_element=TEAM),
            crossed(NOT_CODED, 1, 11, and_element=NOT_CODED),
        ],
    )


def test_themes_stand_beside_elements_the_largest_first(by_element):
    result = asked(by_element, "theme_elements")
    assert result.table.select("name", "and_element", "ideas", "participants").rows() == [
        ("Rotas", FLEXIBLY, 4, 22),
        ("Rotas", TEAM, 2, None),
        ("Huddles", TEAM, 3, 15),
        (NOT_CODED, NOT_CODED, 1, 11),
    ]
    assert result.headline == "‘Rotas’ reaches furthest beyond its own element: 2 times under another."
    assert text_table(result)["Participants"].to_list() == ["22", "[c]", "15", "11"]


def test_an_element_keeps_its_own_themes(by_element):
    assert asked(by_element, "theme_elements", TEAM).table["name"].to_list() == ["Huddles"]
    assert asked(by_element, "theme_elements", TEAM).headline == "No theme reaches beyond its own element here."


def test_the_grid_writes_every_count_and_marks_what_is_missing(by_element):
    figure = charts.figure(asked(by_element, "theme_elements"))
    said = [note.text for note in figure.layout.annotations]
    assert said[:3] == ["Work flexibly", "A team", NOT_CODED]
    assert said.count("–") == 5  # nine cells, four of them counted
    assert {"4", "2", "3", "1", "Rotas", "Huddles"} <= set(said)


def test_pairs_give_the_share_of_each_theme(made_up_release):
    """2 of 5 and 2 of 3."""
    pairs = [crossed("huddles", 2, None, and_theme="rotas")]
    result = asked(made_up_release(votes_by_theme=THEMES, theme_pairs=pairs), "theme_overlap")
    assert result.table.rows() == [("Huddles · Rotas", 2, None, 2 / 3, 0.4)]
    assert result.headline == "‘Huddles’ and ‘Rotas’ share the most ideas: 2."
    assert result.hidden_rows == (0,)


def test_weeks_name_the_theme_that_gained_most(made_up_release):
    """Rotas: 40 to 30 votes, down a quarter; huddles: 20 to 30, up a half."""
    first, second = date(2021, 2, 1), date(2021, 2, 8)
    rows = [
        crossed(code, 1, 12, in_week=week, comments=1, votes=votes)
        for code, week, votes in (
            *(("rotas", first, 40), ("rotas", second, 30)),
            *(("huddles", first, 20), ("huddles", second, 30)),
        )
    ]
    result = asked(made_up_release(votes_by_theme=THEMES, themes_by_week=rows), "theme_weeks")
    assert result.headline == "‘Huddles’ gained most votes from the week of 1 Feb to that of 8 Feb: up 50%."
    assert result.base == "2 closed weeks, 2 themes"


def test_without_two_closed_weeks_nothing_is_compared(made_up_release):
    assert asked(made_up_release(votes_by_theme=THEMES), "theme_weeks").headline == (
        "There are no two closed weeks to set beside each other yet."
    )


def test_regions_say_which_theme_leads_in_how_many(made_up_release):
    rows = [
        {"theme": code, "region": region, "participants": people, "has_votes": False, "is_hidden": people is None}
        for code, region, people in (
            *(("rotas", "London", 30), ("huddles", "London", 20)),
            *(("rotas", "Midlands", 12), ("huddles", "Midlands", None)),
            ("rotas", "Not stated", 99),
        )
    ]
    result = asked(made_up_release(votes_by_theme=THEMES, region_by_theme=rows), "theme_regions")
    assert result.headline == "‘Rotas’ had the most participants in every region shown."
    assert result.base == "4 of 5 cells shown"
    assert result.table["region"].to_list() == ["London", "Midlands", "Not stated", "London", "Midlands"]


def test_an_ungrouped_release_has_no_themes_by_region(made_up_release):
    assert asked(made_up_release(votes_by_theme=THEMES), "theme_regions").headline == (
        "No figures by region are published here."
    )


def sources(*rows: tuple[str, str, int, int]) -> list[dict[str, object]]:
    return [dict(zip(("source", "theme", "items", "accepted"), row, strict=True)) for row in rows]


def test_three_sources_are_never_added_up(made_up_release):
    coded = sources(
        *(("ideas", "rotas", 5, 0), ("ideas", "huddles", 3, 1), ("ideas", NOT_CODED, 1, 0)),
        *(("comments", "huddles", 4, 0), ("comments", NOT_CODED, 9, 0), ("feedback points", NOT_CODED, 7, 0)),
    )
    result = asked(made_up_release(votes_by_theme=THEMES, coded_by_source=coded), "theme_sources")
    assert result.table.select("name", "ideas", "comments", "points").rows() == [
        ("Rotas", 5, 0, 0),
        ("Huddles", 3, 4, 0),
        (NOT_CODED, 1, 9, 7),
    ]
    assert result.headline == "Coded as: ideas most often ‘Rotas’; comments most often ‘Huddles’."
    assert result.base == "not yet coded: 1 idea, 9 comments, 7 feedback points"
    assert result.notes == ("1 code among these rests on accepted suggestions.",)


def test_what_is_not_coded_stands_apart_from_what_is_suggested(made_up_release):
    texts = [
        {"kind": kind, "id": f"{kind}{at}", "idea": "1", "title": "", "text": "x", "is_held_back": False}
        for kind, many in (("idea", 4), ("comment", 2))
        for at in range(many)
    ]
    coded = [
        {"kind": "idea", "item": f"idea{at}", "theme": "rotas", "basis": basis}
        for at, basis in enumerate(("people", "people", "accepted suggestion"))
    ]
    rest = sources(("ideas", NOT_CODED, 1, 0), ("comments", NOT_CODED, 2, 0), ("feedback points", NOT_CODED, 0, 0))
    suggested = [{"source": "comments", "theme": "rotas", "items": 2}]
    release = made_up_release(texts=texts, item_themes=coded, coded_by_source=rest, suggested_codes=suggested)
    result = asked(release, "not_coded")
    assert result.table.rows() == [
        ("ideas", 1, 0.25, 4, 2, 1, 0),
        ("comments", 2, 1.0, 2, 0, 0, 2),
        ("feedback points", 0, None, 0, 0, 0, 0),
    ]
    assert result.headline == "Not yet coded are 1 idea (25%) and 2 comments (100%)."
    assert result.base == "2 suggested by machine, not confirmed by anybody"


def decision(code: str, both: int, first: int, second: int, neither: int) -> dict[str, object]:
    return {
        "frame_version": 2,
        "theme": code,
        "both": both,
        "only_first": first,
        "only_second": second,
        "neither": neither,
    }


def test_agreement_names_kappa_f1_the_posts_and_the_benchmark(made_up_release):
    """20 of 50 posts rotas to both, 5 and 10 to one, 15 to neither: kappa 0.4; of 35 shared, F1 of 50 posts 0.7."""
    overlaps = [
        {"frame_version": 2, "given_first": 1, "given_second": 1, "shared": shared, "items": items}
        for shared, items in ((1, 35), (0, 15))
    ]
    release = made_up_release(
        votes_by_theme=THEMES, coder_decisions=[decision("rotas", 20, 5, 10, 15)], coder_overlaps=overlaps
    )
    result = asked(release, "coder_agreement")
    every, rotas = result.table.to_dicts()
    assert (every["posts"], every["both"], every["only_one"], every["neither"]) == (50, 20, 15, 15)
    assert every["kappa"] == pytest.approx(0.4)
    assert every["f1"] == pytest.approx(0.7)
    assert rotas["f1"] == pytest.approx(40 / 55)
    assert result.headline.endswith("the mean F1 is 0.70, not surely above or below the benchmark of 0.75.")
    assert result.base == "50 posts coded by two people; benchmark of F1 0.75"
    assert text_table(result)["Cohen's kappa"][0] == "0.40"


def test_without_posts_coded_twice_agreement_is_not_known(made_up_release):
    assert asked(made_up_release(votes_by_theme=THEMES), "coder_agreement").is_empty


def test_versions_say_what_has_to_be_read_again(made_up_release):
    frame = [
        {"frame_version": version, "theme": code, "name": code.title(), "definition": "", "is_newest": version == 2,
         "ideas": ideas, "comments": 0, "feedback_points": 0}
        for version, code, ideas in ((1, "work", 3), (1, "old", 2), (2, "rotas", 4))
    ]  # fmt: skip
    paths = [
        {"from_version": version, "from_theme": code, "to_theme": to_theme, "state": state, "items": items}
        for version, code, to_theme, state, items in (
            *((1, "old", "", "not mappable", 2), (1, "work", "rotas", "re-mapped", 1)),
            (2, "rotas", "rotas", "newest", 4),
        )
    ]
    result = asked(made_up_release(coding_frame=frame, theme_paths=paths), "theme_versions")
    assert result.table.select("frame_version", "name", "state", "became", "ideas", "items").rows() == [
        (2, "Rotas", "newest", "Rotas", 4, 4),
        (1, "Old", "not mappable", None, 2, 2),
        (1, "Work", "re-mapped", "Rotas", 3, 1),
    ]
    assert result.headline == (
        "Version 2 of the coding frame counts; 1 earlier theme cannot be carried into it: 2 posts to read again."
    )
