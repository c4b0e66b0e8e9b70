"""Change over closed periods, late ideas, authors' own votes, three sources, and one idea by week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.filters import Selection
from dashboard.metrics.idea_by_week import headline_of_one
from dashboard.periods import period_of
from data_access.vocabulary import ELEMENTS
from tests.sentiment.conftest import element, idea, text, worth

VOICE, SAFE, FLEXIBLY, TEAM = ELEMENTS[2], ELEMENTS[3], ELEMENTS[5], ELEMENTS[6]
MONDAY = date(2021, 2, 1)


def week(name, at, agree, disagree):
    counts = {"agree": agree, "pass": 0 if agree is not None else None, "disagree": disagree}
    return {"element": name, "week": MONDAY + timedelta(weeks=at), **counts, "is_hidden": agree is None}


def four_weeks(name=VOICE):
    return [week(name, 0, 400, 100), week(name, 1, 400, 100), week(name, 2, 250, 250), week(name, 3, 250, 250)]


def test_the_later_half_of_the_weeks_is_held_against_the_earlier(told):
    """500 of 1,000 against 800 of 1,000."""
    result = told("change_by_element", votes_by_element_week=four_weeks(), vote_clustering=[worth(VOICE, 1.0)])
    row = result.table.row(0, named=True)
    assert (row["other_share"], row["share"], row["difference"]) == pytest.approx((0.8, 0.5, -0.3))
    assert (row["earlier_votes"], row["later_votes"], row["verdict"]) == (1000, 1000, "fell")
    assert result.headline == "Agreement fell by 30 percentage points on ‘We each have a voice that counts’."
    assert result.notes == (
        "Earlier: 1 February 2021 to 14 February 2021. Later: 15 February 2021 to 28 February 2021.",
    )


def test_a_chosen_period_is_held_against_as_many_weeks_before_it(told):
    third = period_of(MONDAY + timedelta(weeks=2), MONDAY + timedelta(weeks=2))
    asked = Selection("talk", period=third)
    result = told(
        "change_by_element",
        selection=asked,
        votes_by_element_week=four_weeks(),
        vote_clustering=[worth(VOICE, 1.0)],
    )
    assert result.table.select("earlier_votes", "later_votes").row(0) == (500, 500)
    assert (
        result.notes[-1] == "Earlier: 8 February 2021 to 14 February 2021. Later: 15 February 2021 to 21 February 2021."
    )


def test_the_first_week_has_nothing_before_it(told):
    first = Selection("talk", period=period_of(MONDAY, MONDAY))
    result = told("change_by_element", selection=first, votes_by_element_week=four_weeks())
    assert result.headline == "There are no two closed periods to compare."
    assert result.is_empty


def test_several_changes_are_counted(told):
    rows = [*four_weeks(VOICE), *four_weeks(TEAM)]
    clustering = [worth(VOICE, 1.0), worth(TEAM, 1.0)]
    result = told("change_by_element", votes_by_element_week=rows, vote_clustering=clustering)
    assert result.headline == (
        "Agreement fell by 30 percentage points on ‘We are a team’, and changed on 1 other element."
    )


def test_no_change_beyond_chance_is_said(told):
    rows = [week(VOICE, 0, 50, 50), week(VOICE, 1, 52, 48)]
    result = told("change_by_element", votes_by_element_week=rows, vote_clustering=[worth(VOICE, 1.0)])
    assert result.headline == "On no element did agreement change by more than chance would explain."


def test_a_hidden_week_leaves_its_period_without_a_figure(told):
    rows = [week(VOICE, 0, None, None), week(VOICE, 1, 52, 48)]
    result = told("change_by_element", votes_by_element_week=rows, vote_clustering=[worth(VOICE, 1.0)])
    assert result.table["difference"].to_list() == [None]
    assert result.hidden_rows == (0,)


def could(key, people, at=0):
    return {"idea": key, "posted_week": MONDAY + timedelta(weeks=at), "could_vote": people, "is_hidden": False}


def test_a_late_idea_is_measured_by_those_who_could_have_voted(told):
    """30 of 60 against 50 of 200; adjusted to 200: 100 against 50."""
    result = told(
        "late_ideas",
        votes_by_idea=[idea("early", 40, 10), idea("late", 20, 10)],
        idea_exposure=[could("early", 200), could("late", 60, at=2)],
        texts=[text("early", "Early"), text("late", "Paid handover.")],
    )
    columns = ("idea", "reach", "adjusted_voters", "rank_by_voters", "rank_by_reach")
    assert result.table.select(columns).rows() == [("late", 0.5, 100.0, 2, 1), ("early", 0.25, 50.0, 1, 2)]
    assert result.headline == (
        "By those who could have voted, ‘Paid handover’ ranks 1; by voters alone it ranks 2 of 2."
    )


def test_where_everybody_could_vote_on_everything_no_rank_changes(told):
    result = told(
        "late_ideas",
        votes_by_idea=[idea("1", 40, 10), idea("2", 20, 10), idea("few", 5, 0)],
        idea_exposure=[could("1", 200), could("2", 200), could("few", 200)],
    )
    assert result.headline == (
        "No idea posted late comes among the first 20 when only those who could have voted are counted."
    )
    assert result.notes == ("1 idea has fewer than 10 voters or no known week, and is not ranked.",)


def test_ideas_without_a_known_week_are_not_ranked(told):
    assert told("late_ideas", votes_by_idea=[idea("1", 40, 10)]).headline == (
        "No idea with enough voters has a known week of posting."
    )


def own(authors, votes, band, *, is_hidden=False):
    return {"authors": authors, "votes": votes, "agree_band": band, "is_hidden": is_hidden}


def test_one_agree_vote_is_taken_off_for_each_author(told):
    """The author's, and those of two merged ideas; none of what the organisers posted."""
    ideas = [idea("1", 20, 5, merged_from=2), idea("2", 20, 5), idea("seed", 20, 5, is_seed=True)]
    result = told("top_ideas_without_authors", votes_by_idea=ideas, own_votes=[own(50, 60, "95–100%")])
    agree = dict(result.table.select("idea", "agree").rows())
    assert agree == {"1": 17, "2": 19, "seed": 20}
    assert result.notes[0] == "50 authors cast 60 votes on ideas of their own; 95–100% of these agreed."


def test_the_headline_says_how_far_ranks_move_without_authors(told):
    """19 of 20 against 18 of 19 and one more: the idea of one author and three merged ones falls behind."""
    ideas = [idea("a", 19, 1, merged_from=3), idea("b", 18, 1)]
    result = told("top_ideas_without_authors", votes_by_idea=ideas, texts=[text("b", "Rotas")])
    assert result.table.select("idea", "rank", "rank_with_authors").rows() == [("b", 1, 2), ("a", 2, 1)]
    assert result.headline == (
        "Surest support: ‘Rotas’ (94.4% agree); without authors’ own votes 2 ranks move, at most from 1 to 2."
    )
    assert result.notes[0] == "How authors voted on their own ideas is not known here."


def test_seeds_have_no_author_so_nothing_moves(told):
    ideas = [idea("a", 30, 1, is_seed=True), idea("b", 18, 12, is_seed=True)]
    result = told("divided_ideas_without_authors", votes_by_idea=ideas, texts=[text("b", "Rotas")])
    assert result.headline == (
        "Most divided: ‘Rotas’ (60% agree, 40% disagree); without authors’ own votes no rank changes."
    )


def session(key, name, points):
    return {"session": key, "kind": "big conversation", "title": key, "element": name, "points": points}


def score(name, year, value, source="NHS Staff Survey"):
    return {"element": name, "year": year, "source": source, "score": value, "responses": None}


def test_three_sources_stand_side_by_side_with_the_newest_score(told):
    result = told(
        "three_sources",
        votes_by_element=[element(VOICE, 75, 25, ideas=9), element(SAFE, 50, 50, ideas=4)],
        sessions=[session("S1", SAFE, 12), session("S2", SAFE, 3)],
        survey_scores=[score(VOICE, 2021, 6.4), score(VOICE, 2022, 6.6), score(SAFE, 2022, 6.1)],
    )
    assert result.table["element"].to_list() == list(ELEMENTS)
    rows = {row["element"]: row for row in result.table.rows(named=True)}
    assert (rows[VOICE]["ideas"], rows[VOICE]["agree_share"], rows[VOICE]["points"]) == (9, 0.75, 0)
    assert (rows[VOICE]["score"], rows[VOICE]["survey"]) == (6.6, "NHS Staff Survey 2022")
    assert (rows[SAFE]["sessions"], rows[SAFE]["points"], rows[SAFE]["score"]) == (2, 15, 6.1)
    assert (rows[TEAM]["score"], rows[TEAM]["survey"]) == (None, "not loaded")
    assert result.headline == (
        "The conversation has most ideas on ‘We each have a voice that counts’; sessions left most notes on "
        "‘We are safe and healthy’; the staff survey scores ‘We are safe and healthy’ lowest."
    )


def test_scores_that_are_not_loaded_are_said_and_how_to_load_them(told):
    result = told("three_sources", votes_by_element=[element(VOICE, 75, 25)])
    assert result.headline == (
        "The conversation has most ideas on ‘We each have a voice that counts’; no staff survey scores are loaded."
    )
    assert result.notes == ("Staff survey scores are not loaded. They come by the template's table survey_scores.",)


def test_one_element_is_told_by_each_source(told):
    tables = {"votes_by_element": [element(SAFE, 50, 50, ideas=4)], "sessions": [session("S1", SAFE, 12)]}
    assert told("three_sources", SAFE, **tables).headline == (
        "On ‘We are safe and healthy’: 4 ideas online, 12 notes from sessions, and no survey score loaded."
    )
    scored = told("three_sources", SAFE, **tables, survey_scores=[score(SAFE, 2022, 6.1)])
    assert scored.headline.endswith("and a survey score of 6.1 out of 10.")


def closes(*counts):
    return [
        {"idea": "1", "week": MONDAY + timedelta(weeks=at), "agree": agree, "pass": 0, "disagree": disagree}
        for at, (agree, disagree) in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ([(6, 4)], "60% agreed by the close of the week of 1 February 2021."),
        (
            [(60, 40), (62, 40)],
            "60.8% agreed by the close of the week of 8 February 2021, much as after the first (60%).",
        ),
        (
            [(90, 10), (110, 90)],
            "55% agreed by the close of the week of 8 February 2021, down from 90% after the first.",
        ),
        ([(10, 90), (110, 90)], "55% agreed by the close of the week of 8 February 2021, up from 10% after the first."),
        ([(0, 0)], "No week with votes for or against is over yet."),
    ],
)
def test_the_weeks_of_one_idea_in_a_sentence(told, counts, headline):
    result = told("idea_by_week", votes_by_idea_week=closes(*counts))
    assert headline_of_one(result.table) == headline


def test_all_ideas_by_week_are_counted(told):
    assert told("idea_by_week", votes_by_idea_week=closes((6, 4), (7, 4))).headline == (
        "1 idea with votes in 2 closed weeks."
    )
    assert told("idea_by_week").headline == "No week with votes is over yet."
