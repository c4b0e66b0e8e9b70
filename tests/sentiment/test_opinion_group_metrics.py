"""What sets opinion groups apart and what bridges them, on screen only where every group is shown."""

from __future__ import annotations

import pytest

from data_access.vocabulary import ELEMENTS
from tests.sentiment.conftest import idea, text

NONE = "No opinion groups were supplied, or no two have enough voters to be shown."


def group(key, name, agree, disagree, passed=0, *, is_hidden=False):
    votes = {"voters": agree + passed + disagree, "agree": agree, "pass": passed, "disagree": disagree}
    shown = dict.fromkeys(votes) if is_hidden else votes
    return {"idea": key, "opinion_group": name, **shown, "is_hidden": is_hidden}


def two_groups():
    """Group 0 is for idea 1, group 1 against it; both are for idea 2; idea 3 is hidden."""
    return {
        "votes_by_opinion_group": [
            group("1", "0", 40, 0), group("1", "1", 0, 40),
            group("2", "0", 30, 10), group("2", "1", 38, 2),
            group("3", "0", 0, 0, is_hidden=True), group("3", "1", 0, 0, is_hidden=True),
            group("1", "2", 0, 0, is_hidden=True), group("2", "2", 0, 0, is_hidden=True),
        ],
        "votes_by_idea": [idea("1", 40, 40), idea("2", 68, 12), idea("3", 9, 0), idea("4", 4, 90)],
        "texts": [text("1", "Home working"), text("2", "Rotas."), text("4", "Parking")],
    }  # fmt: skip


def test_each_group_is_set_apart_by_its_own_ideas(told):
    result = told("polis_representative", **two_groups())
    rows = result.table.select("group", "idea", "side").rows()
    assert rows == [("Group 0", "1", "agree"), ("Group 1", "2", "agree"), ("Group 1", "1", "disagree")]
    assert result.headline in {
        "Group 0 is set apart most by ‘Home working’, with which it agrees.",
        "Group 1 is set apart most by ‘Home working’, with which it disagrees.",
    }
    assert result.table["statement"][0] == "Group 0, agrees: Home working"
    assert result.base == "2 opinion groups"


def test_what_is_left_out_is_named(told):
    for key in ("polis_representative", "polis_group_consensus"):
        assert told(key, **two_groups()).notes == (
            "1 idea left out: a group has too few voters there.",
            "Left out as too small: group 2.",
        )


def test_the_idea_that_bridges_the_groups_comes_first(told):
    """31/42 × 39/42 against 41/42 × 1/42."""
    result = told("polis_group_consensus", **two_groups())
    assert result.table["idea"].to_list() == ["2", "1"]
    first = result.table.row(0, named=True)
    assert (first["gac"], first["gac_root"]) == pytest.approx((31 / 42 * 39 / 42, (31 / 42 * 39 / 42) ** 0.5))
    assert result.headline == "‘Rotas’ bridges the 2 opinion groups most: consensus 83%."


def test_consensus_statements_are_over_everybody_with_enough_votes(told):
    """Idea 3 has nine votes, one too few; idea 1 is split."""
    result = told("polis_consensus", **two_groups())
    assert result.table.select("side", "idea").rows() == [("agree", "2"), ("disagree", "4")]
    assert result.headline == "Widest consensus: ‘Rotas’ (84% agree, passes counted)."


def test_without_groups_the_three_cards_say_so(told):
    for key in ("polis_representative", "polis_group_consensus", "polis_consensus"):
        result = told(key, votes_by_idea=[idea("1", 90, 10)])
        assert (result.headline, result.is_empty) == (NONE, True)


def test_one_group_alone_is_held_against_nothing(told):
    result = told("polis_group_consensus", votes_by_opinion_group=[group("1", "0", 40, 0)])
    assert result.headline == NONE


def test_an_element_keeps_its_own_ideas(told):
    tables = two_groups() | {"idea_elements": [{"idea": "2", "element": ELEMENTS[5]}]}
    assert told("polis_group_consensus", ELEMENTS[5], **tables).table["idea"].to_list() == ["2"]
