"""What themes crossed with elements, themes and weeks leave to a reader: each hidden row bounded by its two lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from data_access.releases.store import list_releases, open_release

K = 10
Key = tuple[str, str]


def bounds(rows: Mapping[Key, int | None], whole: tuple[Mapping[str, int], Mapping[str, int]]) -> dict[Key, Key]:
    """Bound hidden rows by what anybody knows of people who are in several slices.

    In a row are no more people than in either of its lines; where everybody of a line is in at least one of its rows,
    the rows together are no fewer than the line.
    """
    highest = {
        key: min(whole[0][key[0]], whole[1][key[1]]) if people is None else people for key, people in rows.items()
    }
    answer = {}
    for key in (key for key, people in rows.items() if people is None):
        least = 0
        for side in (0, 1):
            others = sum(most for other, most in highest.items() if other[side] == key[side] and other != key)
            least = max(least, whole[side][key[side]] - others)
        answer[key] = (least, highest[key])
    return answer


def test_a_row_hidden_alone_is_bounded_by_its_line():
    """Of 40 people of a theme 38 are in the other element: two at least are in the hidden one, and twelve at most."""
    rows = {("a", "x"): None, ("a", "y"): 38, ("b", "x"): 11}
    assert bounds(rows, ({"a": 40, "b": 20}, {"x": 12, "y": 38})) == {("a", "x"): (2, 12)}


@pytest.fixture(scope="module")
def release(demo_home: Path):
    return open_release(demo_home / "releases", max(one.number for one in list_releases(demo_home / "releases")))


def people_of(release, table: str, slice_: str) -> dict[str, int]:
    return dict(release.table(table).select(slice_, "participants").rows())


def test_no_hidden_row_of_themes_by_elements_is_narrowed_to_fewer_than_ten_values(release):
    frame = release.table("themes_by_element")
    rows = {
        (theme, element): people
        for theme, element, people in frame.select([*frame.columns[1:3], "participants"]).rows()
    }
    themes = {key: 0 for key, _ in rows} | people_of(release, "votes_by_theme", "theme")
    found = bounds(rows, (themes, people_of(release, "votes_by_element", "element")))
    assert len(found) == frame["is_hidden"].sum() >= 20
    assert [key for key, (least, most) in found.items() if most - least < K] == []


@pytest.mark.parametrize(
    "table", ["theme_pairs", "themes_by_week", "participants_by_week", "joiners_by_week", "retention"]
)
def test_what_has_no_small_row_hides_nothing_on_the_demo(release, table):
    """So there is nothing to narrow; where it has, tests/participation and test_crossed_tables try every world."""
    frame = release.table(table)
    assert not frame["is_hidden"].any()
    measure = {"joiners_by_week": "new", "retention": "participants_then"}.get(table, "participants")
    assert frame.filter(pl.col(measure).is_between(1, K - 1)).height == 0
