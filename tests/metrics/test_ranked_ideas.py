"""The ideas people agree on most, and those that divide them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from dashboard.filters import Selection
from dashboard.results import answer
from data_access.vocabulary import ELEMENTS, NOT_CODED

TALK = Selection("talk")


def idea(key, agree, disagree, passed=0, merged_from=0):
    return {
        "idea": key,
        "voters": agree + passed + disagree,
        "agree": agree,
        "pass": passed,
        "disagree": disagree,
        "comments": 0,
        "merged_from": merged_from,
        "is_seed": False,
    }


def text(key, title="", words="", *, is_held_back=False):
    return {"kind": "idea", "id": key, "idea": key, "title": title, "text": words, "is_held_back": is_held_back}


def result_of(key, release, selection=TALK):
    return answer(key, source=release, selection=selection)


def test_much_support_from_many_comes_before_full_support_from_few(made_up_release):
    """10 of 10 has the lower end 72%, 95 of 100 has 89%."""
    release = made_up_release(votes_by_idea=[idea("few", 10, 0), idea("many", 95, 5)])
    assert result_of("top_ideas", release).table["idea"].to_list() == ["many", "few"]


def test_ranks_are_ranges_where_intervals_overlap(made_up_release):
    """The first two cannot be told apart; both are surely ahead of the third."""
    release = made_up_release(votes_by_idea=[idea("a", 90, 10), idea("b", 88, 12), idea("c", 10, 90)])
    ranks = result_of("top_ideas", release).table.select("idea", "best_rank", "worst_rank").rows()
    assert ranks == [("a", 1, 2), ("b", 1, 2), ("c", 3, 3)]


def test_ideas_with_fewer_than_ten_votes_are_not_ranked_and_that_is_said(made_up_release):
    release = made_up_release(votes_by_idea=[idea("a", 9, 1), idea("b", 9, 0, passed=50)])
    result = result_of("top_ideas", release)
    assert result.table["idea"].to_list() == ["a"]
    assert result.notes == ("1 idea has fewer than 10 votes for or against and is not ranked.",)


def test_the_headline_quotes_the_first_idea_and_says_how_many_share_its_place(made_up_release):
    alone = made_up_release(votes_by_idea=[idea("1", 50, 0), idea("2", 0, 50)], texts=[text("1", "More time.")])
    assert result_of("top_ideas", alone).headline == "Surest support: ‘More time’ (100% agree)."
    tied = made_up_release(votes_by_idea=[idea("1", 50, 0), idea("2", 49, 1)], texts=[text("1", "More time.")])
    assert result_of("top_ideas", tied).headline == "Surest support: ‘More time’ (100% agree); 2 ideas could be first."


def test_merged_ideas_are_pointed_out(made_up_release):
    release = made_up_release(votes_by_idea=[idea("1", 50, 0, merged_from=3), idea("2", 50, 1)])
    result = result_of("top_ideas", release)
    assert result.table["merged_from"].to_list() == [3, 0]
    assert result.notes == ("1 idea was merged from others; everybody counts once.",)


def test_wording_is_the_title_or_else_the_text_or_else_says_why_it_is_missing(made_up_release):
    release = made_up_release(
        votes_by_idea=[idea(key, 50 - place, 0) for place, key in enumerate("abcde")],
        texts=[
            text("a", "A title", "and a text"),
            text("b", "", "only a text"),
            text("c", "", ""),
            text("d", "a name in it", is_held_back=True),
        ],
    )
    assert result_of("top_ideas", release).table["wording"].to_list() == [
        "A title",
        "only a text",
        "Wording withdrawn",
        "Wording held back until somebody has checked it for personal details",
        "Wording withdrawn",
    ]
    full = dict(result_of("ideas", release).table.select("idea", "wording").rows())
    assert full["a"] == "A title: and a text"


def test_an_element_keeps_its_own_ideas_and_ideas_of_several_elements_stay_in_each(made_up_release):
    release = made_up_release(
        votes_by_idea=[idea("1", 50, 0), idea("2", 40, 0), idea("3", 30, 0)],
        idea_elements=[
            {"idea": "1", "element": ELEMENTS[0]},
            {"idea": "1", "element": ELEMENTS[1]},
            {"idea": "2", "element": ELEMENTS[1]},
        ],
    )
    found = {
        element: result_of("top_ideas", release, Selection("talk", element)).table["idea"].to_list()
        for element in (*ELEMENTS[:2], NOT_CODED, None)
    }
    assert found == {ELEMENTS[0]: ["1"], ELEMENTS[1]: ["1", "2"], NOT_CODED: ["3"], None: ["1", "2", "3"]}
    elements = result_of("ideas", release).table["elements"].to_list()
    assert elements == [f"{ELEMENTS[0]}; {ELEMENTS[1]}", ELEMENTS[1], NOT_CODED]


def test_an_even_split_of_many_divides_more_surely_than_one_of_few(made_up_release):
    release = made_up_release(votes_by_idea=[idea("few", 5, 5), idea("many", 490, 510), idea("none", 100, 0)])
    table = result_of("divided_ideas", release).table
    assert table["idea"].to_list() == ["many", "few", "none"]
    first = table.row(0, named=True)
    assert (first["division"], first["controversy"]) == (2 * 490 / 1000, 490 / 510)


def test_the_headline_of_division_gives_both_sides(made_up_release):
    release = made_up_release(votes_by_idea=[idea("1", 40, 60, passed=900)], texts=[text("1", "Remote first")])
    assert result_of("divided_ideas", release).headline == "Most divided: ‘Remote first’ (40% agree, 60% disagree)."
    agreed = made_up_release(votes_by_idea=[idea("1", 40, 0)])
    assert result_of("divided_ideas", agreed).headline == "No idea divides people: on each, everybody is on one side."


def test_a_release_without_ideas_ranks_nothing_and_says_so(made_up_release):
    for key in ("top_ideas", "divided_ideas"):
        assert result_of(key, made_up_release()).headline.startswith("No idea has the 10 votes for or against")


def slowly_ranked(ideas):
    """The twin of top_ideas: every pair of intervals compared."""
    known = []
    for one in ideas:
        n = one["agree"] + one["disagree"]
        if n >= 10:
            low, high = proportion_confint(one["agree"], n, method="wilson")
            known.append((one["idea"], low, high, n + one["pass"]))
    told = []
    for name, low, high, votes in known:
        ahead = sum(other[1] > high + 1e-12 for other in known)
        behind = sum(other[2] < low - 1e-12 for other in known)
        told.append((name, 1 + ahead, len(known) - behind, low, votes))
    return sorted(told, key=lambda r: (-round(r[3], 10), -r[4], r[0]))


def slowly_divided(ideas):
    """The twin of divided_ideas."""
    told = []
    for one in ideas:
        small, large = sorted((one["agree"], one["disagree"]))
        if small + large >= 10:
            low = proportion_confint(small, small + large, method="wilson")[0]
            told.append((one["idea"], 2 * small / (small + large), small / large, low, small + large + one["pass"]))
    return sorted(told, key=lambda r: (-round(r[3], 10), -r[4], r[0]))


IDEAS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 9)), max_size=12)


@settings(max_examples=40)
@given(votes=IDEAS)
def test_rankings_equal_their_slow_twins(made_up_release, votes):
    ideas = [idea(f"{at:02}", *counts) for at, counts in enumerate(votes)]
    release = made_up_release(votes_by_idea=ideas)
    top = result_of("top_ideas", release).table.select("idea", "best_rank", "worst_rank").rows()
    assert top == [row[:3] for row in slowly_ranked(ideas)]
    divided = result_of("divided_ideas", release).table.select("idea", "division", "controversy").rows()
    for found, expected in zip(divided, slowly_divided(ideas), strict=True):
        assert found[0] == expected[0]
        assert found[1:] == pytest.approx(expected[1:3])
