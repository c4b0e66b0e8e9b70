"""Weeks, joiners, retention and concentration from file to release, held against plain Python over the same rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

K = 5
FIRST = date(2024, 3, 4)  # a Monday; GMT, so local days are UTC days
WEEKS = 6
PEOPLE = 90
IDEAS = 12
WEEK = timedelta(days=7)
Vote = tuple[str, str, date]


def made_up_votes(seed: int) -> list[Vote]:
    """Votes of people who join early or late, come back or not; some far keener than others."""
    chance = random.Random(seed)
    votes = set()
    for person in range(PEOPLE):
        joins = min(int(chance.expovariate(0.7)), WEEKS - 1)
        for week in range(joins, WEEKS):
            if week == joins or chance.random() < 0.4:
                for idea in chance.sample(range(IDEAS), chance.randint(1, 3 if person % 9 else IDEAS)):
                    votes.add((f"p{person}", f"i{idea}", FIRST + week * WEEK + timedelta(days=chance.randrange(7))))
    # The last Sunday has a vote, so that the last week is over.
    return sorted(votes | {("p0", "i0", FIRST + WEEKS * WEEK - timedelta(days=1))})


def as_files(votes: list[Vote]) -> dict[str, str]:
    ideas = "".join(f"i{at},Idea {at}\n" for at in range(IDEAS))
    cast = "".join(f"{person},{idea},{day}T10:00:00Z,agree\n" for person, idea, day in votes)
    return {
        "conversation.csv": f"title,opens_on,threshold\nTalk,{FIRST},{K}\n",
        "ideas.csv": f"idea,text\n{ideas}",
        "votes.csv": f"participant,idea,cast_at,vote\n{cast}",
    }


def weeks_of_people(votes: list[Vote]) -> dict[str, set[int]]:
    came = defaultdict(set)
    for person, _, day in votes:
        came[person].add((day - FIRST).days // 7)
    return came


@pytest.fixture(params=[1, 2])
def told(request, bring, published):
    votes = made_up_votes(request.param)
    bring(as_files(votes))
    return votes, published()


def test_participants_of_a_week_are_distinct_people(told):
    votes, release = told
    came = weeks_of_people(votes)
    rows = release.table("participants_by_week")
    assert rows["week"].to_list() == [FIRST + at * WEEK for at in range(WEEKS)]
    for at, row in enumerate(rows.iter_rows(named=True)):
        expected = sum(at in weeks for weeks in came.values())
        assert row["participants"] == (None if row["is_hidden"] else expected)
        assert row["is_hidden"] or not 1 <= expected < K


def test_new_returning_and_joined_equal_their_twin_where_they_are_shown(told):
    votes, release = told
    came = weeks_of_people(votes)
    shown = 0
    for at, row in enumerate(release.table("joiners_by_week").iter_rows(named=True)):
        new = sum(min(weeks) == at for weeks in came.values())
        again = sum(at in weeks and min(weeks) < at for weeks in came.values())
        joined = sum(min(weeks) <= at for weeks in came.values())
        if row["is_hidden"]:
            assert (row["new"], row["returning"], row["joined"]) == (None, None, None)
        else:
            assert (row["new"], row["returning"], row["joined"]) == (new, again, joined)
            assert not 1 <= new < K
            assert not 1 <= again < K
            shown += 1
    assert shown >= 2


def test_retention_equals_its_twin_where_it_is_shown_and_every_small_one_is_hidden(told):
    votes, release = told
    came = weeks_of_people(votes)
    rows = release.table("retention").rows(named=True)
    hidden = 0
    for row in rows:
        first = (row["first_week"] - FIRST).days // 7
        cohort = [weeks for weeks in came.values() if min(weeks) == first]
        then = sum(first + row["weeks_later"] in weeks for weeks in cohort)
        if row["is_hidden"]:
            hidden += 1
            assert row["participants_then"] is None
        else:
            assert row["participants_then"] == then
            assert not 1 <= then < K
            assert row["weeks_later"] == 0 or then == 0 or not 1 <= len(cohort) - then < K
    assert 1 <= hidden < len(rows)


def test_concentration_equals_its_twin(told):
    votes, release = told
    one_an_idea = {(person, idea) for person, idea, _ in votes}
    each = sorted(Counter(person for person, _ in one_an_idea).values(), reverse=True)
    tenth = -(-len(each) // 10)
    (row,) = release.table("concentration").rows(named=True)
    assert row["voters"] == len(each) == PEOPLE
    assert row["top_voters"] == tenth == 9  # 90 / 10
    assert row["top_share_per_cent"] == round(100 * sum(each[:tenth]) / sum(each))


def test_a_late_release_changes_no_closed_week(told, bring, published):
    """A vote of a later week adds a week and leaves those before it as they were."""
    votes, release = told
    later = FIRST + (WEEKS + 1) * WEEK - timedelta(days=1)
    bring(as_files([*votes, ("p1", "i1", later)]))
    before, after = release.table("participants_by_week"), published().table("participants_by_week")
    assert after.height == before.height + 1
    unchanged = after.head(before.height)
    assert unchanged["week"].equals(before["week"])
    shown = [row for row in zip(before.rows(), unchanged.rows(), strict=True) if not row[1][-1]]
    assert shown
    assert all(first == second for first, second in shown)
