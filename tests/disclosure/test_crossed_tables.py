"""Crossed tables: small rows, rows of hidden slices, and company on every line that adds up."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data_access.disclosure.crossed import CROSSINGS, protect_crossed

WEEKS = CROSSINGS["themes_by_week"]
PAIRS = CROSSINGS["theme_pairs"]


def weeks(*rows: tuple[str, int, int]) -> pl.DataFrame:
    """Rows of theme, week and people, one vote a person."""
    return pl.DataFrame(
        [(theme, week, 0, 0, people, people) for theme, week, people in rows],
        schema={"of_theme": pl.String, "in_week": pl.Int64}
        | dict.fromkeys(("ideas", "comments", "votes", "participants"), pl.Int64),
        orient="row",
    )


def hidden(frame: pl.DataFrame, how=WEEKS, slices: dict[str, list[str]] | None = None) -> list[bool]:
    return protect_crossed(frame, how, 10, slices or {})["is_hidden"].to_list()


def test_nothing_is_hidden_where_nobody_is_few():
    assert hidden(weeks(("a", 1, 10), ("a", 2, 30), ("b", 1, 0))) == [False, False, False]


def test_a_small_row_takes_the_smallest_of_each_of_its_lines_with_it():
    """a/1 is small: a/2 keeps it company in its theme, b/1 in its week, and then nothing is alone."""
    frame = weeks(("a", 1, 4), ("a", 2, 20), ("a", 3, 90), ("b", 1, 50), ("b", 2, 60), ("b", 3, 70))
    assert hidden(frame) == [True, True, False, True, False, False]


def test_rows_of_a_hidden_slice_are_hidden_whatever_their_size():
    frame = pl.DataFrame({"of_theme": ["a", "a"], "and_theme": ["b", "c"], "ideas": [1, 1], "participants": [12, 40]})
    assert hidden(frame, PAIRS, {"and_theme": ["b"]}) == [True, False]


def test_measures_of_hidden_rows_are_gone_and_ideas_of_pairs_stay():
    frame = pl.DataFrame({"of_theme": ["a"], "and_theme": ["b"], "ideas": [2], "participants": [3]})
    assert protect_crossed(frame, PAIRS, 10, {}).row(0, named=True) == {
        "of_theme": "a", "and_theme": "b", "ideas": 2, "participants": None, "is_hidden": True
    }  # fmt: skip


GRIDS = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3)


@given(GRIDS)
def test_no_line_ever_hides_small_rows_alone(grid: list[list[int]]):
    """Unless the line holds nothing large at all: then its total is the small rows' own."""
    frame = weeks(*((str(row), column, people) for row, line in enumerate(grid) for column, people in enumerate(line)))
    out = protect_crossed(frame, WEEKS, 10, {})
    flags = [out["is_hidden"].to_list()[at : at + 3] for at in (0, 3, 6)]
    for line, marks in (
        *zip(grid, flags, strict=True),
        *zip(zip(*grid, strict=True), zip(*flags, strict=True), strict=True),
    ):
        small = [people for people in line if 1 <= people < 10]
        assert all(mark for people, mark in zip(line, marks, strict=True) if people in small)
        if small and max(line) >= 10:
            assert any(mark and people >= 10 for people, mark in zip(line, marks, strict=True))
    shown = out.filter(~pl.col("is_hidden"))["participants"]
    assert all(people == 0 or people >= 10 for people in shown)
