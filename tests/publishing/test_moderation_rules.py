"""What moderators do to ideas, and what becomes of the votes."""

from __future__ import annotations

from datetime import date

import polars as pl


def ledger(vault, subject):
    rows = vault.counted("moderation").filter(pl.col("subject") == subject)
    return {(outcome, reason): count for outcome, reason, count in rows.select("outcome", "reason", "count").rows()}


def lineage(vault):
    frame = vault.counted("lineage")
    return {row["idea"]: (row["state"], row["stands_as"], row["reason"]) for row in frame.rows(named=True)}


def live(vault):
    return vault.counted("votes_by_idea")["idea"].to_list()


def test_a_participant_who_voted_on_two_merged_ideas_counts_once(conversation):
    """The latest vote stands, wherever it was cast."""
    vault = conversation("""
        day | event
          1 | p0 agrees with A
          2 | p1 agrees with B
          3 | moderator merges B into A
          4 | p0 disagrees with B
    """)
    assert vault.balance("A") == {"voters": 2, "agree": 1, "pass": 0, "disagree": 1}
    assert live(vault) == ["A"]
    assert ledger(vault, "votes") == {("counted", ""): 2, ("superseded", ""): 1}


def test_a_change_of_mind_leaves_the_latest_vote(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        2 | p0 passes on A
        3 | p0 disagrees with A
        3 | p1 passes on A
    """)
    assert vault.balance("A") == {"voters": 2, "agree": 0, "pass": 1, "disagree": 1}
    assert ledger(vault, "votes") == {("counted", ""): 2, ("superseded", ""): 2}


def test_votes_of_the_same_millisecond_keep_the_order_of_their_rows(vault):
    vault.idea("A")
    vault.vote("p0", "A", -1, 1, at_ms=1_709_300_000_000, position=7)
    vault.vote("p0", "A", 1, 1, at_ms=1_709_300_000_000, position=2)
    assert vault.balance("A") == {"voters": 1, "agree": 0, "pass": 0, "disagree": 1}


def test_votes_of_the_same_millisecond_from_two_imports_keep_the_order_of_the_imports(vault):
    vault.idea("A")
    vault.vote("p0", "A", 1, 1, at_ms=1_709_300_000_000, position=9)
    vault.new_import()
    vault.vote("p0", "A", 0, 1, at_ms=1_709_300_000_000, position=1)
    assert vault.balance("A") == {"voters": 1, "agree": 0, "pass": 1, "disagree": 0}


def test_merges_chain(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 agrees with B
        1 | p2 disagrees with C
        2 | moderator merges A into B
        3 | moderator merges B into C
    """)
    assert vault.balance("C") == {"voters": 3, "agree": 2, "pass": 0, "disagree": 1}
    assert lineage(vault) == {"A": ("merged", "C", ""), "B": ("merged", "C", ""), "C": ("live", "C", "")}
    assert vault.counted("votes_by_idea")["merged_from"].to_list() == [2]


def test_ideas_can_merge_into_a_new_one_that_nobody_posted(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 disagrees with B
        2 | moderator merges A, B into new
        3 | p2 passes on new
    """)
    assert vault.balance("new") == {"voters": 3, "agree": 1, "pass": 1, "disagree": 1}
    assert live(vault) == ["new"]


def test_a_new_idea_nobody_voted_on_yet_still_carries_what_was_merged_into_it(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        2 | moderator merges A into new
    """)
    assert vault.balance("new") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}


def test_parts_of_a_split_start_empty(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        2 | moderator splits A into A1, A2
        3 | p0 disagrees with A2
    """)
    assert live(vault) == ["A1", "A2"]
    assert vault.balance("A1") == {"voters": 0, "agree": 0, "pass": 0, "disagree": 0}
    assert vault.balance("A2") == {"voters": 1, "agree": 0, "pass": 0, "disagree": 1}
    assert ledger(vault, "votes") == {("counted", ""): 1, ("withheld", "split"): 1}


def test_the_part_that_inherits_carries_the_votes_and_comments(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 comments c1 on A
        2 | moderator splits A into A1, A2 (A2 inherits)
    """)
    assert vault.balance("A2") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}
    assert vault.counted("votes_by_idea")["comments"].to_list() == [0, 1]
    assert lineage(vault)["A"] == ("split", "A2", "")


def test_removing_an_idea_withholds_its_votes(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p0 agrees with B
        2 | moderator removes A for off topic
    """)
    assert live(vault) == ["B"]
    assert lineage(vault)["A"] == ("removed", "", "removed")
    assert ledger(vault, "votes") == {("counted", ""): 1, ("withheld", "removed"): 1}
    assert ledger(vault, "events") == {("remove", "off topic"): 1}


def test_removing_an_idea_withholds_what_was_merged_through_it(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 agrees with B
        1 | p2 agrees with C
        2 | moderator merges A into B
        3 | moderator merges B into C
        4 | moderator removes B
    """)
    assert vault.balance("C") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}
    assert lineage(vault) == {
        "A": ("merged", "", "removed"),
        "B": ("removed", "", "removed"),
        "C": ("live", "C", ""),
    }


def test_a_withheld_vote_supersedes_nothing(conversation):
    """The later vote was on a removed idea: the earlier one stands."""
    vault = conversation("""
        1 | p0 agrees with A
        2 | moderator merges B into A
        3 | p0 disagrees with B
        4 | moderator removes B
    """)
    assert vault.balance("A") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}
    assert ledger(vault, "votes") == {("counted", ""): 1, ("withheld", "removed"): 1}


def test_restoring_undoes_removing(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 agrees with B
        2 | moderator merges B into A
        3 | moderator removes A
        4 | moderator restores A
    """)
    assert vault.balance("A") == {"voters": 2, "agree": 2, "pass": 0, "disagree": 0}


def test_a_new_title_changes_no_count(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        2 | moderator retitles A as A better title
    """)
    assert vault.balance("A") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}
    text = vault.counted("texts").filter(pl.col("id") == "A").row(0, named=True)
    assert (text["title"], text["text"]) == ("A better title", "words of A")


def test_an_illegal_event_is_rejected_with_its_reason_and_changes_nothing(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p1 agrees with B
        1 | p2 agrees with C
        2 | moderator merges B into A
        3 | moderator merges B into C
        3 | moderator merges C into B
        3 | moderator merges A into A
        3 | moderator merges unknown into A
        4 | moderator splits B into B1
        4 | moderator splits C into A
        4 | moderator splits unknown into U1
        4 | moderator splits C into C1 (C9 inherits)
        5 | moderator restores C
        5 | moderator removes unknown
        6 | moderator retitles unknown as anything
        7 | moderator removes C
        8 | moderator removes C
    """)
    assert vault.balance("A") == {"voters": 2, "agree": 2, "pass": 0, "disagree": 0}
    assert live(vault) == ["A"]
    assert ledger(vault, "events") == {
        ("merge", ""): 1,
        ("remove", ""): 1,
        ("rejected", "merge: a source is not live"): 2,
        ("rejected", "merge: the target is not live"): 1,
        ("rejected", "merge: merged into itself"): 1,
        ("rejected", "split: the post is not live"): 1,
        ("rejected", "split: a part existed before"): 1,
        ("rejected", "split: the post does not exist"): 1,
        ("rejected", "split: the inheriting part is not one of the parts"): 1,
        ("rejected", "restore: not removed"): 1,
        ("rejected", "remove: the post does not exist"): 1,
        ("rejected", "retitle: the post does not exist"): 1,
        ("rejected", "remove: removed already"): 1,
    }


def test_a_part_the_export_lists_among_the_ideas_is_new_if_it_was_posted_with_the_split(vault):
    vault.tell("1 | p0 agrees with A")
    vault.idea("A1", day=2)
    vault.idea("A2", day=1)
    vault.event("split", "A", 2, parts="A1")
    assert live(vault) == ["A1", "A2"]


def test_a_part_that_was_posted_on_an_earlier_day_is_not_new(vault):
    vault.tell("1 | p0 agrees with A")
    vault.idea("A1", day=1)
    vault.event("split", "A", 2, parts="A1")
    assert live(vault) == ["A", "A1"]
    assert ledger(vault, "events") == {("rejected", "split: a part existed before"): 1}


def test_a_vote_on_an_idea_nobody_supplied_is_withheld_until_the_idea_arrives(conversation):
    vault = conversation("1 | p0 agrees with unknown")
    assert ledger(vault, "votes") == {("withheld", "unknown idea"): 1}
    vault.new_import()
    vault.idea("unknown")
    assert ledger(vault, "votes") == {("counted", ""): 1}


def test_a_vote_cast_after_the_last_day_is_withheld_whatever_became_of_its_idea(new_vault):
    vault = new_vault(closes_on=date(2024, 3, 3))
    vault.tell("""
        3 | p0 agrees with A
        4 | p0 disagrees with A
        4 | p1 comments c1 on A
        5 | moderator removes B
        6 | p1 agrees with B
    """)
    assert vault.balance("A") == {"voters": 1, "agree": 1, "pass": 0, "disagree": 0}
    assert ledger(vault, "votes") == {("counted", ""): 1, ("withheld", "cast after the close"): 2}
    assert ledger(vault, "comments") == {("withheld", "cast after the close"): 1}


def test_a_rejected_polis_comment_is_removed_and_an_unseen_one_is_shown_unless_strict(new_vault):
    seen = {}
    for mode in ("permissive", "strict"):
        vault = new_vault(moderation_mode=mode)
        for idea, moderated in (("rejected", -1), ("unseen", 0), ("accepted", 1), ("unsaid", None)):
            vault.idea(idea, moderated=moderated)
            vault.vote("p0", idea, 1, 1)
        seen[mode] = (live(vault), ledger(vault, "votes"))
    assert seen["permissive"] == (
        ["accepted", "unsaid", "unseen"],
        {("counted", ""): 3, ("withheld", "removed"): 1},
    )
    assert seen["strict"] == (
        ["accepted", "unsaid"],
        {("counted", ""): 2, ("withheld", "removed"): 1, ("withheld", "not shown (strict)"): 1},
    )


def test_votes_nobody_saw_are_not_told_idea_by_idea(new_vault):
    vault = new_vault(moderation_mode="strict")
    vault.idea("unseen", moderated=0)
    vault.idea("removed", moderated=-1)
    vault.tell("1 | p0 agrees with unseen\n1 | p0 agrees with removed\n1 | p0 agrees with unknown")
    assert vault.counted("lineage").select("idea", "state", "voters").rows() == [
        ("removed", "removed", 1),
        ("unknown", "unknown", None),
        ("unseen", "not shown", None),
    ]


def test_comments_follow_their_idea_and_keep_no_latest(conversation):
    vault = conversation("""
        1 | p0 comments c1 on A
        1 | p0 comments c2 on B
        1 | p1 comments c3 on C
        2 | moderator merges B into A
        3 | moderator removes comment c2
        3 | moderator removes C
    """)
    assert vault.counted("votes_by_idea").select("idea", "comments").rows() == [("A", 1)]
    assert ledger(vault, "comments") == {("counted", ""): 1, ("withheld", "removed"): 2}
    shown = vault.counted("texts").filter(pl.col("kind") == "comment")
    assert shown.select("id", "idea").rows() == [("c1", "A")]


def test_a_comment_merged_into_another_still_counts_where_the_other_stands(vault):
    vault.tell("1 | p0 comments c1 on A\n1 | p1 comments c2 on B")
    vault.event("merge", "c2", 2, post_kind="comment", sources="c1")
    assert vault.counted("votes_by_idea").select("idea", "comments").rows() == [("A", 0), ("B", 2)]
    assert ledger(vault, "comments") == {("counted", ""): 1, ("counted", "merged into another comment"): 1}
    assert vault.counted("texts").filter(pl.col("kind") == "comment")["id"].to_list() == ["c2"]


def test_an_event_that_an_import_repeats_is_applied_once(vault):
    vault.tell("1 | p0 agrees with A")
    vault.event("remove", "A", 2, sequence=1)
    vault.new_import()
    vault.event("remove", "A", 2, sequence=1)
    assert ledger(vault, "events") == {("remove", ""): 1}


def test_what_was_cast_before_a_merge_can_still_be_seen(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p0 disagrees with B
        2 | moderator merges B into A
        3 | p1 passes on B
    """)
    frame = vault.counted("lineage").select("idea", "voters", "agree", "pass", "disagree")
    assert frame.rows() == [("A", 1, 1, 0, 0), ("B", 2, 0, 1, 1)]
