"""Weeks, exposure, authors' own votes, clustering, opinion groups and words by element, small enough to add up.

Day 1 of a told conversation is Friday 1 March 2024: days 1 to 3 are the week of 26 February, 4 to 10 of 4 March.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from data_access.disclosure.shown_counts import faults
from data_access.publishing.calendar import FIRST_DAY, mondays_between
from data_access.vocabulary import ELEMENTS, NOT_CODED

VOICE, TEAM = ELEMENTS[2], ELEMENTS[6]
WEEK_1, WEEK_2, WEEK_3 = date(2024, 2, 26), date(2024, 3, 4), date(2024, 3, 11)


def weeks_of(vault, idea):
    rows = vault.counted("votes_by_idea_week").filter(pl.col("idea") == idea)
    return rows.select("week", "agree", "pass", "disagree").rows()


def test_an_idea_stands_at_each_close_with_the_latest_vote_of_everybody_until_then(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        2 | p1 agrees with A
        5 | p0 disagrees with A
        6 | p2 passes on A
        10 | p3 agrees with A
    """)
    assert weeks_of(vault, "A") == [(WEEK_1, 2, 0, 0), (WEEK_2, 2, 1, 1)]


def test_a_week_that_is_not_over_is_not_told(conversation):
    """Day 9 is a Saturday."""
    vault = conversation("1 | p0 agrees with A\n9 | p1 agrees with A")
    assert weeks_of(vault, "A") == [(WEEK_1, 1, 0, 0)]


def test_merged_ideas_stand_alone_until_the_week_they_were_merged(conversation):
    vault = conversation("""
        1 | p0 agrees with A
        1 | p0 disagrees with B
        1 | p1 agrees with B
        5 | moderator merges B into A
        10 | p2 agrees with A
    """)
    assert weeks_of(vault, "B") == [(WEEK_1, 1, 0, 1)]
    assert weeks_of(vault, "A") == [(WEEK_1, 1, 0, 0), (WEEK_2, 2, 0, 1)]


def test_early_testers_count_in_the_first_week(new_vault):
    vault = new_vault(opens_on=date(2024, 3, 4))
    vault.tell("1 | p0 agrees with A\n5 | p1 agrees with A\n10 | p2 agrees with A")
    assert weeks_of(vault, "A") == [(WEEK_2, 3, 0, 0)]


def test_weeks_of_an_element_are_hidden_where_few_voted(vault):
    """Twelve voted in the first week, three in the second."""
    vault.idea("A", elements=VOICE)
    story = [f"1 | p{at} agrees with A" for at in range(12)] + [f"5 | p{at} disagrees with A" for at in range(3)]
    vault.tell("\n".join([*story, "10 | p0 comments c on A"]))
    table = vault.counted("votes_by_element_week")
    rows = table.filter(pl.col("element") == VOICE).drop("element").rows()
    assert rows == [(WEEK_1, 12, 0, 0, False), (WEEK_2, None, None, None, True)]
    assert table["element"].unique(maintain_order=True).to_list() == [*ELEMENTS, NOT_CODED]
    assert table.filter(pl.col("element") == TEAM)["agree"].to_list() == [0, 0]


def test_a_vote_changed_within_a_week_counts_once_with_the_value_at_its_end(vault):
    vault.idea("A", elements=VOICE)
    vault.tell(
        "\n".join([f"1 | p{at} agrees with A" for at in range(10)] + ["2 | p0 disagrees with A", "3 | p1 passes on A"])
    )
    rows = vault.counted("votes_by_element_week").filter(pl.col("element") == VOICE)
    assert rows.select("agree", "pass", "disagree").rows() == [(8, 1, 1)]


def votes(people, idea, day):
    return [f"{day} | p{at} agrees with {idea}" for at in people]


def exposure(vault):
    return dict(vault.counted("idea_exposure").select("idea", "could_vote").rows())


def test_an_idea_posted_late_could_be_voted_on_by_those_still_voting(vault):
    """Thirty voted; fifteen of them in the second week or later, when B was posted."""
    vault.tell("\n".join(["1 | p0 posts A", *votes(range(30), "A", 2), "5 | p1 posts B", *votes(range(15), "B", 6)]))
    assert exposure(vault) == {"A": 30, "B": 15}
    weeks = dict(vault.counted("idea_exposure").select("idea", "posted_week").rows())
    assert weeks == {"A": WEEK_1, "B": WEEK_2}


def test_weeks_that_fewer_than_k_left_share_a_figure(vault):
    """Five stopped after the first week: 30 against 25 would tell how many, so B is given 30 too."""
    vault.tell("\n".join(["1 | p0 posts A", *votes(range(30), "A", 2), "5 | p1 posts B", *votes(range(25), "B", 6)]))
    assert exposure(vault) == {"A": 30, "B": 30}


def test_a_figure_of_fewer_than_k_voters_is_hidden(vault):
    vault.tell("\n".join(["1 | p0 posts A", *votes(range(4), "A", 2)]))
    assert vault.counted("idea_exposure").select("could_vote", "is_hidden").rows() == [(None, True)]


@pytest.mark.parametrize("seed", range(25))
def test_figures_of_exposure_are_the_same_or_k_apart(seed, new_vault):
    """Whatever happened, no difference of two figures, or of one and all voters, is 1 to k-1."""
    rng = random.Random(seed)
    vault = new_vault(threshold=5)
    story = [(rng.randint(1, 30), f"p{person} agrees with {rng.choice('ABC')}") for person in range(rng.randint(6, 40))]
    posted = [(day, f"p0 posts {name}") for name, day in zip("ABC", sorted(rng.sample(range(30), 3)), strict=True)]
    vault.tell("\n".join(f"{day} | {event}" for day, event in sorted([*posted, *story], key=lambda one: one[0])))
    known = {value for value in exposure(vault).values() if value is not None}
    everybody = dict(vault.counted("totals").rows())["voters"]
    steps = sorted(known | {everybody})
    assert [later - earlier for earlier, later in pairwise(steps) if later - earlier < 5] == []


def test_authors_own_votes_are_one_row_for_everybody(vault):
    """Eleven posted and agreed, one posted and passed, one never voted: 11 of 12 is above 80 and below 95 %."""
    story = [f"1 | p{at} posts I{at}" for at in range(13)]
    story += [f"1 | p{at} agrees with I{at}" for at in range(11)] + ["1 | p11 passes on I11", "1 | p0 agrees with I5"]
    vault.tell("\n".join(story))
    assert vault.counted("own_votes").rows(named=True) == [
        {"authors": 12, "votes": 12, "is_hidden": False, "agree_band": "80–95%"}
    ]


def test_few_authors_are_hidden(vault):
    vault.tell("1 | p0 posts A\n1 | p0 agrees with A\n1 | p1 agrees with A")
    assert vault.counted("own_votes").row(0, named=True) == {
        "authors": None,
        "votes": None,
        "is_hidden": True,
        "agree_band": None,
    }


def test_a_vote_is_worth_less_where_people_agree_with_everything_or_nothing(vault):
    """Ten people, four ideas each; five agree with all and five with none: 4 × 10/9, rounded up to 4.5."""
    for name in "ABCD":
        vault.idea(name, elements=VOICE)
    story = [f"1 | p{at} {'agrees' if at < 5 else 'disagrees'} with {name}" for at in range(10) for name in "ABCD"]
    vault.tell("\n".join(story))
    worth = {row["slice"]: row for row in vault.counted("vote_clustering").rows(named=True)}
    assert (worth["All ideas"]["design_effect"], worth[VOICE]["design_effect"]) == (4.5, 4.5)
    assert worth[TEAM] == {"slice": TEAM, "design_effect": None, "is_hidden": True}
    assert list(worth) == ["All ideas", *ELEMENTS, NOT_CODED]


def grouped(vault, sizes, idea="A", values=("agrees with",)):
    """Put people into opinion groups and let each vote: {'0': 12} is twelve people of group 0."""
    lines, at = [], 0
    for group, people in sizes.items():
        for _ in range(people):
            if group:
                vault.door(f"p{at}", opinion_group=group)
            lines.append(f"1 | p{at} {values[at % len(values)]} {idea}")
            at += 1
    vault.tell("\n".join(lines))


def shown_groups(vault):
    rows = vault.counted("votes_by_opinion_group")
    return {(row["idea"], row["opinion_group"]): row["voters"] for row in rows.rows(named=True)}


def test_opinion_groups_of_an_idea_are_shown_where_each_has_k_voters(vault):
    grouped(vault, {"0": 12, "1": 10}, values=("agrees with", "disagrees with"))
    rows = vault.counted("votes_by_opinion_group").rows()
    assert rows == [("A", "0", 12, 6, 0, 6, False), ("A", "1", 10, 5, 0, 5, False)]


def test_one_small_cell_hides_every_group_of_the_idea(vault):
    """Ten of group 1 voted on A and nine on B: B's group 0 would tell the nine by taking away."""
    grouped(vault, {"0": 12, "1": 10})
    vault.tell("\n".join([*votes(range(12), "B", 2), *votes(range(12, 21), "B", 2)]))
    assert shown_groups(vault) == {("A", "0"): 12, ("A", "1"): 10, ("B", "0"): None, ("B", "1"): None}


def test_a_few_in_no_group_hide_the_idea_too(vault):
    grouped(vault, {"0": 12, "1": 10, "": 3})
    assert shown_groups(vault) == {("A", "0"): None, ("A", "1"): None}


def test_a_group_smaller_than_k_is_named_and_hidden_and_the_others_stand_if_it_is_not_the_rest(vault):
    """Group 2 has four people: with eight in no group they are twelve others, which nobody can be told from."""
    grouped(vault, {"0": 12, "1": 10, "2": 4, "": 8})
    assert shown_groups(vault) == {("A", "0"): 12, ("A", "1"): 10, ("A", "2"): None}


def test_without_groups_supplied_the_table_is_empty(conversation):
    vault = conversation("1 | p0 agrees with A")
    assert vault.counted("votes_by_opinion_group").is_empty()


def test_words_are_counted_within_each_element(vault):
    """Ten people say rota of A, on voice and team; 'handover' is said by nine."""
    vault.idea("A", elements=f"{VOICE}|{TEAM}")
    vault.idea("B")
    for at in range(10):
        vault.comment(f"c{at}", "A", 1, f"p{at}", "The rota" + (" and handover" if at else ""))
        vault.comment(f"d{at}", "B", 1, f"p{at}", "parking")
    rows = vault.counted("words_by_element").rows()
    assert rows == [(NOT_CODED, "parking", 10), (TEAM, "rota", 10), (VOICE, "rota", 10)]


def test_the_last_look_before_writing_knows_the_new_tables(vault):
    vault.tell("\n".join(votes(range(12), "A", 1)))
    release = vault.release()
    names = ("votes_by_idea_week", "votes_by_element_week", "idea_exposure", "own_votes", "votes_by_opinion_group")
    tables = {name: release.table(name) for name in (*names, "words_by_element", "vote_clustering", "texts")}
    assert faults(tables, {"told": 10}) == []
    planted = {**tables, "votes_by_opinion_group": pl.DataFrame({"conversation": ["told"], "voters": [9]})}
    assert faults(planted, {"told": 10}) == ["votes_by_opinion_group: voters of a row of told is under 10"]


@pytest.mark.parametrize("seed", range(20))
def test_weeks_equal_their_slow_twin(seed, new_vault):
    """Every vote and merge looked at one by one, at the close of each week."""
    rng = random.Random(seed)
    vault = new_vault(threshold=5)
    events = sorted(
        (rng.randint(1, 20), f"p{rng.randrange(8)} {rng.choice(('agrees with', 'disagrees with', 'passes on'))} {idea}")
        for idea in "ABCD"
        for _ in range(rng.randint(1, 12))
    )
    merge = (rng.randint(2, 19), "moderator merges D into A")
    story = sorted([*events, merge], key=lambda one: one[0])
    vault.tell("\n".join(f"{day} | {event}" for day, event in story))
    found = {(row["idea"], row["week"]): (row["agree"], row["pass"], row["disagree"]) for row in
             vault.counted("votes_by_idea_week").rows(named=True)}  # fmt: skip
    assert found == slow_weeks(story)


def slow_weeks(story):
    start = date(2024, 3, 1) - timedelta(days=1)
    last = start + timedelta(days=max(day for day, _ in story))
    first_vote = min(day for day, event in story if "moderator" not in event)
    first = start + timedelta(days=first_vote)
    merged_on = next(start + timedelta(days=day) for day, event in story if "moderator" in event)
    told, latest = {}, {}
    for monday in mondays_between((first - FIRST_DAY).days, (last - FIRST_DAY).days):
        close = FIRST_DAY + timedelta(days=monday + 6)
        stood = defaultdict(dict)
        for day, event in story:
            if "moderator" in event or start + timedelta(days=day) > close:
                continue
            person, words, idea = event.split()[0], event.split()[1], event.split()[-1]
            root = "A" if idea == "D" and merged_on <= close else idea
            stood[root][person] = {"agrees": 0, "passes": 1, "disagrees": 2}[words]
        for idea, cast in stood.items():
            values = list(cast.values())
            now = tuple(values.count(kind) for kind in range(3))
            if now != latest.get(idea):
                told[idea, FIRST_DAY + timedelta(days=monday)] = latest[idea] = now
    return told
