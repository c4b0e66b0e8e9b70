"""What happened each day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.results import answer

TALK = Selection("talk")
FIRST = date(2021, 2, 1)


def day(at, participants, ideas=0, comments=0, votes=0):
    return {
        "day": FIRST + timedelta(days=at),
        "participants": participants,
        "ideas": ideas,
        "comments": comments,
        "votes": votes,
    }


def hidden_day(at):
    return {**dict.fromkeys(day(at, 0)), "day": FIRST + timedelta(days=at), "is_hidden": True}


def activity(release):
    return answer("activity_by_day", source=release, selection=TALK)


def test_a_quiet_day_is_nought_and_a_hidden_day_is_not(made_up_release):
    result = activity(made_up_release(activity_by_day=[day(3, 20, 1, 2, 30), hidden_day(2), day(0, 12, 0, 0, 40)]))
    assert result.table.rows() == [
        (date(2021, 2, 1), 12, 0, 0, 40),
        (date(2021, 2, 2), 0, 0, 0, 0),
        (date(2021, 2, 3), None, None, None, None),
        (date(2021, 2, 4), 20, 1, 2, 30),
    ]
    assert result.hidden_rows == (2,)
    assert result.notes == (
        "1 of 4 days is hidden [c]: fewer than 10 participants, or it would give such a number away.",
    )


def test_the_headline_names_the_busiest_day_by_participants(made_up_release):
    result = activity(made_up_release(activity_by_day=[day(0, 12, votes=900), day(1, 1020, votes=30)]))
    assert result.headline == "2 February 2021 was the busiest day: 1,020 participants, 30 votes."
    assert result.base == "2 days, 1 February 2021 to 2 February 2021"


def test_days_that_are_all_hidden_leave_nothing_to_claim(made_up_release):
    assert activity(made_up_release(activity_by_day=[hidden_day(0)])).headline == "No day can be shown."
    assert activity(made_up_release()).headline == "No day can be shown."


DAYS = st.dictionaries(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 50)), max_size=10)


@settings(max_examples=30)
@given(known=DAYS)
def test_the_days_equal_their_slow_twin(made_up_release, known):
    rows = [hidden_day(at) if people is None else day(at, people, votes=2 * people) for at, people in known.items()]
    result = activity(made_up_release(activity_by_day=rows))
    twin = []
    for at in range(min(known, default=0), max(known, default=-1) + 1):
        people = known.get(at, 0)
        twin.append((FIRST + timedelta(days=at), people, None if people is None else 2 * people))
    assert result.table.select("day", "participants", "votes").rows() == twin
    assert result.hidden_rows == tuple(at for at, row in enumerate(twin) if row[1] is None)
