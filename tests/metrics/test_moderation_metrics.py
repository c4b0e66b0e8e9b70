"""What moderation changed, how alike two orders are, lineage, and totals supplied without votes."""

from __future__ import annotations

from datetime import date
from math import sqrt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from dashboard.filters import Selection
from dashboard.metrics._rank_agreement import kendall_tau
from dashboard.metrics._supplied import span
from dashboard.results import answer, text_table

TALK = Selection("talk")


def idea(key, agree, disagree, merged_from=0):
    votes = {"agree": agree, "pass": 0, "disagree": disagree, "voters": agree + disagree}
    return {"idea": key, **votes, "comments": 0, "merged_from": merged_from, "is_seed": False}


def cast(key, agree, disagree, state="live", stands_as=None):
    votes = {"agree": agree, "pass": 0, "disagree": disagree, "voters": agree + disagree}
    return {"idea": key, **votes, "state": state, "stands_as": key if stands_as is None else stands_as, "reason": ""}


def text(key, words, *, is_held_back=False):
    title = "" if is_held_back else words
    return {"kind": "idea", "id": key, "idea": key, "title": title, "text": "", "is_held_back": is_held_back}


@pytest.fixture
def moderated(made_up_release):
    """Without moderation: r, a, b, c. r was removed; b took in d, which lifts it above a; e is held back."""
    return made_up_release(
        votes_by_idea=[idea("a", 40, 10), idea("b", 60, 5, merged_from=1), idea("c", 10, 40), idea("e", 9, 50)],
        lineage=[
            cast("a", 40, 10),
            cast("b", 30, 10),
            cast("c", 10, 40),
            cast("d", 31, 0, "merged", "b"),
            cast("e", 9, 50),
            cast("r", 50, 0, "removed", ""),
            cast("x", 9, 0),
        ],
        texts=[text("a", "More time"), text("b", "More pay"), text("c", "Less tea"), text("e", "", is_held_back=True)],
    )


def test_ranks_without_moderation_leave_merged_ideas_apart_and_removed_ones_in(moderated):
    """r 50:0, d 31:0, a 40:10, b 30:10, c, e without; b 60:5, a, c, e with. e's wording is not public: not shown.

    Among a, b, c and e, which are in both orders, b and a change places.
    """
    table = answer("what_moderation_changed", source=moderated, selection=TALK).table
    assert table.select("idea", "without_rank", "with_rank", "move", "merged_from").rows() == [
        ("b", 4, 1, 1, 1),
        ("a", 3, 2, -1, 0),
        ("c", 5, 3, 0, 0),
    ]


def test_the_largest_move_makes_the_headline_and_what_is_withheld_is_only_counted(moderated):
    result = answer("what_moderation_changed", source=moderated, selection=TALK)
    assert result.headline == (
        "Moderation moved 0 of 3 ideas by more than 10 places; ‘More pay’ furthest, from 4 to 1."
    )
    assert result.notes == (
        "1 ranked idea was merged into others.",
        "1 idea that would have a rank is withheld and not shown.",
    )


def test_an_idea_that_moderators_made_has_a_rank_only_now(made_up_release):
    release = made_up_release(
        votes_by_idea=[idea("n", 30, 0, merged_from=2)],
        lineage=[cast("n", 0, 0), cast("a", 15, 0, "merged", "n"), cast("b", 15, 0, "merged", "n")],
        texts=[text("n", "Both")],
    )
    result = answer("what_moderation_changed", source=release, selection=TALK)
    assert result.table.select("idea", "without_rank", "with_rank", "move").rows() == [("n", None, 1, None)]
    assert result.headline == "No idea has a rank both with and without moderation."
    assert result.notes[0] == "1 idea has a rank only now: made by moderators, or merged until the votes sufficed."


def test_moderation_that_did_nothing_changes_nothing(made_up_release):
    release = made_up_release(
        votes_by_idea=[idea("a", 40, 10), idea("b", 30, 10)],
        lineage=[cast("a", 40, 10), cast("b", 30, 10)],
        texts=[text("a", "More time"), text("b", "More pay")],
    )
    changed = answer("what_moderation_changed", source=release, selection=TALK)
    assert changed.headline == "Moderation changed no idea’s rank."
    alike = dict(answer("moderation_agreement", source=release, selection=TALK).table.rows())
    assert list(alike.values()) == ["1.00", "2", "2", "0", "0", "0"]


def test_tau_compares_the_ideas_ranked_in_both_orders(moderated):
    """Without: a, b, c, e; now: b, a, c, e. Of 6 pairs 5 agree and 1 does not: (5 - 1) / 6 = 0.67."""
    result = answer("moderation_agreement", source=moderated, selection=TALK)
    assert dict(result.table.rows()) == {
        "Kendall’s tau-b": "0.67",
        "Ideas with a rank in both orders": "4",
        "Ideas in the first 10 of both": "4",
        "Ideas in the first 10 only now": "0",
        "Still ranked, but no longer in the first 10": "0",
        "Withheld or merged away from the first 10": "2",
    }
    assert result.headline == (
        "4 of the first 4 ideas would be there without moderation too; Kendall’s tau-b of the two orders is 0.67."
    )


def slow_tau(one: list[int], other: list[int]) -> float | None:
    """Tau-b by looking at every pair twice."""
    pairs = [(i, j) for i in range(len(one)) for j in range(i)]
    same = sum((one[i] - one[j]) * (other[i] - other[j]) > 0 for i, j in pairs)
    opposite = sum((one[i] - one[j]) * (other[i] - other[j]) < 0 for i, j in pairs)
    apart_in_one = sum(one[i] != one[j] for i, j in pairs)
    apart_in_other = sum(other[i] != other[j] for i, j in pairs)
    told = apart_in_one * apart_in_other
    return (same - opposite) / sqrt(told) if told else None


def test_tau_with_levels_by_eye():
    """Pairs: (1,2) same, (1,3) level in the first, (2,3) opposite: (1 - 1) / sqrt(2 x 3) = 0."""
    assert kendall_tau(pl.Series([1, 2, 1]), pl.Series([1, 2, 3])) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_tau_equals_the_slow_twin_and_another_library(pairs: list[tuple[int, int]]):
    one, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = kendall_tau(pl.Series(one, dtype=pl.Int64), pl.Series(other, dtype=pl.Int64))
    expected = slow_tau(one, other)
    if expected is None:
        assert found is None
        return
    assert found == pytest.approx(expected, abs=1e-12)
    assert found == pytest.approx(kendalltau(one, other, variant="b").statistic, abs=1e-12)


def origin(key, **values):
    usual = {"is_seed": False, "reject_reason": "", "has_note": False, "edited_from": "", "replaced_by": ""}
    return {"idea": key, **usual, **values}


def test_lineage_has_the_columns_of_other_platforms_and_no_word_of_what_does_not_stand(made_up_release):
    release = made_up_release(
        idea_origins=[
            origin("a", posted_week=date(2021, 2, 1), is_seed=True),
            origin("b", replaced_by="a"),
            origin("p", edited_from="s"),
            origin("r", reject_reason="abusive", has_note=True),
            origin("s", replaced_by="p|q"),
        ],
        lineage=[
            cast("a", 1, 0),
            cast("b", 1, 0, "merged", "a"),
            cast("p", 1, 0),
            cast("r", 1, 0, "removed", ""),
            cast("s", 1, 0, "split", ""),
        ],
        idea_themes=[{"idea": "a", "theme": "T2"}, {"idea": "a", "theme": "T1"}],
        texts=[text("a", "More time"), text("p", "", is_held_back=True)],
    )
    result = answer("idea_lineage", source=release, selection=TALK)
    assert result.table.columns == [
        "statement_id",
        "created_at",
        "statement_text",
        "moderation_status",
        "is_seed",
        "themes",
        "reject_reason",
        "reject_note",
        "edited_from_statement_id",
        "replaced_by_statement_ids",
    ]
    assert result.table.rows() == [
        ("a", date(2021, 2, 1), "More time", "live", "yes", "T1|T2", None, None, None, None),
        ("b", None, None, "merged", "no", None, None, None, None, "a"),
        ("p", None, None, "live", "no", None, None, None, "s", None),
        ("r", None, None, "removed", "no", None, "abusive", "kept in the vault", None, None),
        ("s", None, None, "split", "no", None, None, None, None, "p|q"),
    ]
    assert result.headline == "2 of 5 ideas stand as they are; others replaced 2."


def totals(key, low, high, parts=1, **others):
    empty = dict.fromkeys(("pass_low", "pass_high", "disagree_low", "disagree_high"))
    return {"idea": key, "source": "decidim", "parts": parts, "agree_low": low, "agree_high": high, **empty, **others}


def test_supplied_totals_are_ranges_where_ideas_were_merged_and_x_where_nobody_counts(made_up_release):
    release = made_up_release(
        supplied_votes_by_idea=[totals("1", 12, 12), totals("2", 30, 48, parts=3, disagree_low=0, disagree_high=0)],
        texts=[text("1", "More time"), text("2", "More pay")],
    )
    result = answer("supplied_totals", source=release, selection=TALK)
    assert text_table(result).rows() == [
        ("More pay", "30", "48", "0", "0", "[x]", "[x]", "3", "decidim", "2"),
        ("More time", "12", "12", "[x]", "[x]", "[x]", "[x]", "1", "decidim", "1"),
    ]
    assert result.headline == "Most support by supplied totals: ‘More pay’, 30 to 48 people."
    assert result.notes == ("1 idea is merged from others: at least the largest total, at most the sum.",)


def test_a_total_is_written_as_one_number_a_range_or_not_available():
    assert [span(12, 12), span(0, 1200), span(None, None)] == ["12", "0 to 1,200", "[x]"]


def test_votes_of_an_idea_with_supplied_totals_only_are_absent_and_never_nought(made_up_release):
    release = made_up_release(
        votes_by_idea=[idea("1", 0, 0), idea("2", 30, 10), idea("3", 0, 0)],
        supplied_votes_by_idea=[totals("1", 12, 30, parts=2, disagree_low=4, disagree_high=4)],
        texts=[text("1", "More time"), text("2", "More pay"), text("3", "Less tea")],
    )
    result = answer("ideas", source=release, selection=TALK)
    rows = result.table.select("idea", "voters", "agree", "votes", "net", "agree_share", "supplied").rows()
    assert rows == [
        ("2", 40, 30, 40, 20, 0.75, None),
        ("3", 0, 0, 0, 0, None, None),
        ("1", None, None, None, None, None, "agree 12 to 30, disagree 4, supplied by decidim"),
    ]
    shown = text_table(result).row(2, named=True)
    assert [shown[name] for name in ("Voters", "Agree", "All votes (gross)")] == ["[x]", "[x]", "[x]"]
    assert result.headline == "2 ideas drew 40 votes; 1 idea came with supplied totals and no votes."
