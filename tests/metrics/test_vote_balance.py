"""How people voted on each element."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.results import answer
from data_access.vocabulary import ELEMENTS, NOT_CODED

TALK = Selection("talk")
COMPASSION, REWARD, VOICE = ELEMENTS[:3]


def row(element, agree, passed, disagree):
    return {
        "element": element,
        "ideas": 3,
        "comments": 5,
        "participants": 30,
        "voters": 20,
        "agree": agree,
        "pass": passed,
        "disagree": disagree,
    }


def hidden(element):
    gone = dict.fromkeys(("comments", "participants", "voters", "agree", "pass", "disagree"))
    return {"element": element, "ideas": 1, **gone, "is_hidden": True}


def balance(release, selection=TALK):
    return answer("vote_balance", source=release, selection=selection)


def test_every_element_has_a_row_even_without_votes(made_up_release):
    result = balance(made_up_release(votes_by_element=[row(VOICE, 30, 5, 10)]))
    assert result.table["element"].to_list() == [VOICE, *[name for name in ELEMENTS if name != VOICE], NOT_CODED]
    assert result.table["votes"].to_list() == [45, 0, 0, 0, 0, 0, 0, 0]


def test_the_agree_share_leaves_passes_out_and_gross_counts_them(made_up_release):
    first = balance(made_up_release(votes_by_element=[row(VOICE, 30, 5, 10)])).table.row(0, named=True)
    assert (first["votes"], first["net"], first["agree_share"]) == (30 + 5 + 10, 30 - 10, 30 / (30 + 10))


def test_a_source_with_thumbs_only_has_no_pass_and_says_so(made_up_release):
    release = made_up_release({"has_pass": False}, votes_by_element=[row(VOICE, 30, None, 10)])
    result = balance(release)
    assert result.table.row(0, named=True)["pass"] is None
    assert result.table.row(0, named=True)["votes"] == 40
    assert "The source has no pass: people could agree or disagree only." in result.notes


def test_a_hidden_element_stays_hidden_in_everything_worked_out_from_it(made_up_release):
    result = balance(made_up_release(votes_by_element=[row(VOICE, 30, 5, 10), hidden(REWARD)]))
    place = result.table["element"].to_list().index(REWARD)
    assert result.hidden_rows == (place,)
    assert set(result.table.row(place)[1:]) == {None}
    assert (
        "1 of 8 elements is hidden [c]: fewer than 10 participants, or it would give such a number away."
        in result.notes
    )


def test_elements_come_in_order_of_agreement_and_uncoded_ideas_last(made_up_release):
    rows = [row(NOT_CODED, 99, 0, 1), row(COMPASSION, 50, 0, 50), row(VOICE, 70, 0, 30), row(REWARD, 60, 0, 40)]
    names = balance(made_up_release(votes_by_element=rows)).table["element"].to_list()
    assert (names[:3], names[-1]) == ([VOICE, REWARD, COMPASSION], NOT_CODED)


def test_the_headline_names_the_extremes_when_their_intervals_are_apart(made_up_release):
    rows = [row(VOICE, 900, 0, 100), row(REWARD, 600, 0, 400)]
    headline = balance(made_up_release(votes_by_element=rows)).headline
    assert headline == f"Agreement is highest on ‘{VOICE}’ (90%) and lowest on ‘{REWARD}’ (60%)."


def test_the_headline_claims_no_difference_that_the_votes_do_not_carry(made_up_release):
    rows = [row(VOICE, 11, 0, 9), row(REWARD, 10, 0, 10)]
    headline = balance(made_up_release(votes_by_element=rows)).headline
    assert headline == "No element stands out: 50% to 55% agree on each."


def test_one_element_is_held_against_all_ideas(made_up_release):
    release = made_up_release(
        votes_by_element=[row(VOICE, 30, 5, 10), row(REWARD, 1, 0, 9)],
        votes_by_idea=[
            {"idea": "1", "voters": 30, "agree": 30, "pass": 5, "disagree": 10, "comments": 0, "merged_from": 0},
            {"idea": "2", "voters": 10, "agree": 1, "pass": 0, "disagree": 9, "comments": 0, "merged_from": 0},
        ],
        totals=[{"measure": "voters", "count": 32}],
    )
    result = balance(release, Selection("talk", VOICE))
    assert result.table.select("element", "voters", "agree", "disagree").rows() == [
        (VOICE, 20, 30, 10),
        ("All ideas, for comparison", 32, 31, 19),
    ]
    assert result.headline == f"75% of votes for or against agree on ‘{VOICE}’, against 62% over all ideas."
    assert result.base == "45 votes"


def test_nothing_to_say_is_said(made_up_release):
    assert balance(made_up_release()).headline == "No votes on any element can be shown."
    only_uncoded = made_up_release(votes_by_element=[row(NOT_CODED, 5, 0, 5)])
    assert balance(only_uncoded).headline == "No idea was given an element yet."


def slowly(rows):
    """The twin: plain Python, straight from the definitions."""
    told = []
    for element in (*ELEMENTS, NOT_CODED):
        agree, passed, disagree = rows.get(element, (0, 0, 0))
        n = agree + disagree
        share = low = high = None
        if n:
            share, z = agree / n, 1.959963984540054
            middle, reach = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
            low = max(0.0, (middle - reach) / (1 + z * z / n))
            high = min(1.0, (middle + reach) / (1 + z * z / n))
        told.append((element, agree + passed + disagree, agree - disagree, share, low, high))
    order = [*ELEMENTS, NOT_CODED]
    return sorted(told, key=lambda r: (r[0] == NOT_CODED, r[3] is None, -(r[3] or 0), order.index(r[0])))


COUNTS = st.tuples(st.integers(0, 500), st.integers(0, 90), st.integers(0, 500))


@given(votes=st.dictionaries(st.sampled_from((*ELEMENTS, NOT_CODED)), COUNTS, max_size=8))
def test_the_table_equals_its_slow_twin(made_up_release, votes):
    release = made_up_release(votes_by_element=[row(name, *counts) for name, counts in votes.items()])
    table = balance(release).table.select("element", "votes", "net", "agree_share", "agree_low", "agree_high")
    for found, expected in zip(table.rows(), slowly(votes), strict=True):
        assert found[:3] == expected[:3]
        assert found[3:] == pytest.approx(expected[3:], abs=1e-12)
