"""What is hidden, row by row, and that nothing small is shown or falls out."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.disclosure.shown_counts import faults
from data_access.disclosure.threshold import PROTECTIONS, protect, protect_totals
from data_access.frames import BY_NAME, TABLES

DAYS = PROTECTIONS["activity_by_day"]
ELEMENTS = PROTECTIONS["votes_by_element"]


def days(*participants: int) -> pl.DataFrame:
    """Days with so many participants, each of whom cast two votes."""
    return pl.DataFrame(
        {
            "participants": participants,
            "ideas": [0] * len(participants),
            "comments": [0] * len(participants),
            "votes": [2 * count for count in participants],
        }
    )


def slices(*people: tuple[int, int]) -> pl.DataFrame:
    """Elements with so many participants and voters."""
    participants, voters = zip(*people, strict=True)
    counts = {"participants": participants, "voters": voters, "agree": voters}
    return pl.DataFrame({**counts, **dict.fromkeys(("comments", "pass", "disagree"), [0] * len(people))})


def hidden_days(*participants: int) -> list[int]:
    flags = protect(days(*participants), DAYS, 10)["is_hidden"]
    return [at for at, is_hidden in enumerate(flags) if is_hidden]


@pytest.mark.parametrize(
    ("participants", "hidden"),
    [
        ((), []),
        ((0, 0), []),
        ((10, 11), []),
        ((12, 9, 14, 0), [0, 1]),  # the nearest earlier day keeps the small one company
        ((9, 14, 0, 30), [0, 1]),  # no earlier one: the nearest later
        ((12, 0, 3, 30), [0, 2]),
        ((12, 3, 4, 30), [0, 1, 2]),
        ((9, 1), [0, 1]),  # nothing large: the total they leave is theirs alone
        ((12, 1, 30, 2), [0, 1, 2, 3]),
        ((0, 9), [1]),
    ],
)
def test_a_small_day_is_hidden_with_company(participants, hidden):
    assert hidden_days(*participants) == hidden


def test_a_hidden_row_has_no_measure_and_a_shown_one_all():
    frame = protect(days(12, 9, 14), DAYS, 10)
    assert frame["votes"].to_list() == [None, None, 28]
    assert frame["participants"].to_list() == [None, None, 14]


def test_a_day_hidden_once_stays_hidden_when_days_are_added():
    assert set(hidden_days(12, 9, 14)) <= set(hidden_days(12, 9, 14, 10, 11))


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ([(30, 30), (20, 20)], []),
        ([(30, 30), (9, 9), (20, 20), (40, 40)], [1, 2]),  # the smallest large row
        ([(30, 30), (12, 3), (20, 20)], [1]),  # few voters; the row itself holds enough people to be company
        ([(30, 30), (0, 0), (20, 20)], []),
        ([(9, 9), (0, 0)], [0]),
    ],
)
def test_a_small_slice_is_hidden_with_the_smallest_large_one(people, hidden):
    flags = protect(slices(*people), ELEMENTS, 10)["is_hidden"]
    assert [at for at, is_hidden in enumerate(flags) if is_hidden] == hidden


def test_things_done_by_people_nobody_knows_are_hidden_too():
    """Three posts without an author: no participant is counted and yet somebody was there."""
    frame = days(0, 12).with_columns(ideas=pl.Series([3, 0]))
    assert protect(frame, DAYS, 10)["is_hidden"].to_list() == [True, True]


def test_totals_hide_few_people_and_never_things():
    frame = pl.DataFrame({"measure": ["voters", "commenters", "comments", "signed_in"], "count": [10, 9, 3, 0]})
    assert protect_totals(frame, 10).select("count", "is_hidden").rows() == [
        (10, False),
        (None, True),
        (3, False),
        (0, False),
    ]


@given(st.lists(st.integers(0, 25), max_size=12), st.integers(5, 12))
def test_no_shown_day_has_one_to_k_less_one_participants(participants: list[int], threshold: int):
    frame = protect(days(*participants), DAYS, threshold)
    assert all(count is None or count == 0 or count >= threshold for count in frame["participants"])


@given(st.lists(st.integers(0, 25), max_size=12), st.integers(5, 12))
def test_what_is_hidden_together_is_more_than_one_small_row(participants: list[int], threshold: int):
    """The total less the shown days holds a row of k people and more, or everything there is was small."""
    flags = protect(days(*participants), DAYS, threshold)["is_hidden"]
    hidden = [count for count, is_hidden in zip(participants, flags, strict=True) if is_hidden]
    if hidden:
        assert max(hidden) >= threshold or max(participants) < threshold


def empty_release() -> dict[str, pl.DataFrame]:
    return {table.name: table.empty() for table in TABLES}


def one_row(table: str, **values: object) -> pl.DataFrame:
    columns = BY_NAME[table].columns
    row = {name: values.get(name, False if kind == pl.Boolean else None) for name, kind in columns.items()}
    return pl.DataFrame([{**row, "conversation": "told"}], schema=columns)


@pytest.mark.parametrize(
    ("table", "values", "number"),
    [
        ("votes_by_element", {"participants": 12, "voters": 9}, 1),
        ("votes_by_element", {"participants": 12, "voters": 0}, 0),
        ("votes_by_theme", {"participants": 1, "voters": 1}, 2),
        ("activity_by_day", {"participants": 9}, 1),
        ("words", {"used_by_at_least": 5}, 1),
        ("totals", {"measure": "voters", "count": 9}, 1),
        ("totals", {"measure": "comments", "count": 9}, 0),
        ("totals", {"measure": "managers", "count": 90}, 1),
        ("votes_by_idea", {"voters": 3}, 0),
        ("texts", {"title": "x", "text": "", "is_held_back": True}, 1),
    ],
)
def test_the_last_look_finds_what_must_not_be_shown(table, values, number):
    tables = {**empty_release(), table: one_row(table, **values)}
    assert len(faults(tables, {"told": 10})) == number


def test_the_last_look_refuses_a_table_nobody_thought_of():
    assert faults({**empty_release(), "by_shoe_size": pl.DataFrame()}, {}) == [
        "by_shoe_size: nobody said whether this table counts people"
    ]


def test_the_last_look_knows_every_table_of_a_release():
    assert faults(empty_release(), {}) == []
