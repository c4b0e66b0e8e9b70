"""Votes cast in a closed period, with the value that stood at its end.

Day 1 of a told conversation is Friday 1 March 2024: days 1 to 3 are the week of 26 February, 4 to 10 of 4 March.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl

from data_access.vocabulary import ELEMENTS, NOT_CODED

WEEK_1, WEEK_2, WEEK_3 = date(2024, 2, 26), date(2024, 3, 4), date(2024, 3, 11)
ALL = "All ideas"


def period(vault, first: date, last: date, element: str = ALL) -> tuple[int | None, ...]:
    rows = vault.counted("votes_by_period").filter(
        (pl.col("first_week") == first) & (pl.col("last_week") == last) & (pl.col("element") == element)
    )
    return rows.select("agree", "pass", "disagree").row(0)


def many(start: str, people: range) -> str:
    return "\n".join(start.format(at) for at in people)


def test_a_vote_changed_in_a_later_week_counts_once_in_the_period_of_both(conversation):
    """Twelve agree in the first week; two of them disagree in the second, and ten others agree."""
    vault = conversation(
        "\n".join(
            [
                many("1 | p{} agrees with A", range(12)),
                many("5 | p{} disagrees with A", range(2)),
                many("6 | p{} agrees with A", range(20, 30)),
                "10 | p29 agrees with A",
            ]
        )
    )
    assert period(vault, WEEK_1, WEEK_1) == (12, 0, 0)
    assert period(vault, WEEK_2, WEEK_2) == (10, 0, 2)
    assert period(vault, WEEK_1, WEEK_2) == (20, 0, 2)


def test_a_quiet_week_is_nought_and_a_period_over_it_holds_what_came_after(conversation):
    vault = conversation(
        many("1 | p{} agrees with A", range(11))
        + "\n"
        + many("15 | p{} passes on A", range(11))
        + "\n17 | p0 agrees with A"
    )
    assert period(vault, WEEK_2, WEEK_2) == (0, 0, 0)
    assert period(vault, WEEK_2, WEEK_3) == (1, 10, 0)
    assert period(vault, WEEK_1, WEEK_3) == (1, 10, 0)


def test_a_period_in_which_few_voted_is_hidden(conversation):
    vault = conversation(
        many("1 | p{} agrees with A", range(12))
        + "\n"
        + many("5 | p{} agrees with A", range(20, 23))
        + "\n10 | p20 agrees with A"
    )
    assert period(vault, WEEK_1, WEEK_1) == (12, 0, 0)
    assert period(vault, WEEK_2, WEEK_2) == (None, None, None)
    assert period(vault, WEEK_1, WEEK_2) == (15, 0, 0)


def test_moderation_is_that_of_the_end_of_the_period(conversation):
    """All twelve agree with A and disagree with B in the first week; in the second A takes B in."""
    vault = conversation(
        many("1 | p{} disagrees with B", range(12))
        + "\n"
        + many("2 | p{} agrees with A", range(12))
        + "\n5 | moderator merges B into A\n10 | p0 agrees with A"
    )
    assert period(vault, WEEK_1, WEEK_1) == (12, 0, 12)
    assert period(vault, WEEK_1, WEEK_2) == (12, 0, 0)


def test_one_week_is_what_the_table_by_week_says(vault):
    chance = random.Random(8)
    acts = ("agrees with", "disagrees with", "passes on")
    story = [
        f"{chance.randint(1, 17)} | p{chance.randint(0, 40)} {chance.choice(acts)} {chance.choice('ABCD')}"
        for _ in range(400)
    ]
    vault.tell("\n".join(story))
    by_week = vault.counted("votes_by_element_week")
    single = vault.counted("votes_by_period").filter(
        (pl.col("first_week") == pl.col("last_week")) & (pl.col("element") != ALL)
    )
    same = single.select("element", pl.col("first_week").alias("week"), "agree", "pass", "disagree", "is_hidden")
    keys = ["week", "element"]
    assert same.sort(keys).equals(by_week.select(same.columns).sort(keys))


def test_periods_agree_with_a_slow_twin(vault):
    """Plain Python: each person's last vote on each idea until the end, if it was cast in the period."""
    chance = random.Random(19)
    told = sorted(
        (chance.randint(1, 24), f"p{chance.randint(0, 60)}", chance.choice([1, 0, -1]), chance.choice("ABC"))
        for _ in range(600)
    )
    words = {1: "agrees with", 0: "passes on", -1: "disagrees with"}
    vault.tell("\n".join(f"{day} | {who} {words[value]} {idea}" for day, who, value, idea in told))
    table = vault.counted("votes_by_period").filter(pl.col("element") == ALL)
    start = date(2024, 3, 1)
    assert table.height == 10  # four closed weeks: 4 + 3 + 2 + 1 ranges
    for row in table.iter_rows(named=True):
        latest: dict[tuple[str, str], tuple[date, int]] = {}
        for day, who, value, idea in told:
            on = start + timedelta(days=day - 1)
            if on <= row["last_week"] + timedelta(days=6):
                latest[who, idea] = (on, value)
        inside = [value for on, value in latest.values() if on >= row["first_week"]]
        expected = tuple(inside.count(value) for value in (1, 0, -1))
        assert (row["agree"], row["pass"], row["disagree"]) == expected
    assert {*ELEMENTS, NOT_CODED, ALL} == set(vault.counted("votes_by_period")["element"])
