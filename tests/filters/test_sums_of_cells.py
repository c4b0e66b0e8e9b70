"""Cells of a partition add up; a sum is hidden if any part is; a slow twin agrees."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import Selection
from dashboard.metrics._divided import chosen_cells
from data_access.frames import table_named
from data_access.vocabulary import ELEMENTS

REGIONS = ("London", "Midlands", "South West")
BANDS = ((0, 5), (5, 20), (20, 40), (40, 60), (60, 80), (80, 95), (95, 100))
TABLE = table_named("region_by_element")
Cell = dict[str, object]


def cell(element: str, region: str, **counts: object) -> Cell:
    """A shown cell; `participants=None` hides it, `agree=None` gives its band only."""
    hidden = counts.get("participants") is None
    votes = dict.fromkeys(("agree", "pass", "disagree"))
    is_counted = counts.get("agree") is not None
    usual = {**votes, "agree_band": None, "has_votes": is_counted, "is_hidden": hidden}
    return {"conversation": "talk", "element": element, "region": region, **usual, **counts}


def table(*cells: Cell) -> pl.DataFrame:
    return pl.DataFrame(list(cells), schema=TABLE.schema)


def summed(cells: pl.DataFrame, *regions: str) -> list[Cell]:
    return chosen_cells(cells, Selection("talk", regions=regions), ("element",)).drop("element").to_dicts()


def test_shown_cells_add_up_and_their_bands_span():
    """20 + 30 people; 8 + 10 agree, 2 + 0 pass, 10 + 2 disagree."""
    cells = table(
        cell("Team", "London", participants=20, agree=8, disagree=10, agree_band="40–60%", **{"pass": 2}),
        cell("Team", "Midlands", participants=30, agree=10, disagree=2, agree_band="80–95%", **{"pass": 0}),
        cell("Team", "South West", participants=99, agree=99, disagree=99, agree_band="40–60%", **{"pass": 9}),
    )
    assert summed(cells, "London", "Midlands") == [
        {
            "participants": 50, "agree": 18, "pass": 2, "disagree": 12, "agree_band": "40–95%", "has_votes": True,
            "is_hidden": False,
        }
    ]  # fmt: skip


def test_one_hidden_part_hides_the_sum():
    cells = table(
        cell("Team", "London", participants=20, agree=8, disagree=10, agree_band="40–60%", **{"pass": 2}),
        cell("Team", "Midlands", participants=None),
    )
    (row,) = summed(cells, "London", "Midlands")
    assert row["is_hidden"] is True
    assert [name for name, value in row.items() if value is not None] == ["has_votes", "is_hidden"]


def test_votes_of_a_sum_need_the_votes_of_every_part():
    cells = table(
        cell("Team", "London", participants=20, agree=8, disagree=10, agree_band="40–60%", **{"pass": 2}),
        cell("Team", "Midlands", participants=30, agree=None, agree_band="20–40%"),
    )
    (row,) = summed(cells, "London", "Midlands")
    assert (row["participants"], row["agree"], row["pass"], row["disagree"]) == (50, None, None, None)
    assert (row["agree_band"], row["has_votes"], row["is_hidden"]) == ("20–60%", False, False)


def test_a_source_without_pass_has_none_in_the_sum_either():
    cells = table(cell("Team", "London", participants=20, agree=8, disagree=10, agree_band="40–60%"))
    (row,) = summed(cells, "London")
    assert (row["agree"], row["pass"], row["disagree"]) == (8, None, 10)


@st.composite
def worlds(draw: st.DrawFn) -> pl.DataFrame:
    """Cells of three regions and two elements, hidden, counted or banded as they come."""
    cells = []
    for element in ELEMENTS[:2]:
        for region in REGIONS:
            kind = draw(st.sampled_from(["hidden", "counted", "banded"]))
            if kind == "hidden":
                cells.append(cell(element, region, participants=None))
                continue
            agree, passed, against = (draw(st.integers(1, 40)) for _ in range(3))
            share = 100 * agree / (agree + passed + against)
            low, high = next((low, high) for low, high in BANDS if low <= share <= high)
            counts = {"agree": agree, "pass": passed, "disagree": against} if kind == "counted" else {"agree": None}
            people = draw(st.integers(10, 99))
            cells.append(cell(element, region, participants=people, agree_band=f"{low}–{high}%", **counts))
    return table(*cells)


def twin(cells: pl.DataFrame, regions: tuple[str, ...]) -> list[Cell]:
    """Add up in plain Python, cell by cell."""
    answer = []
    for element in sorted(set(cells["element"])):
        parts = [row for row in cells.to_dicts() if row["element"] == element and row["region"] in regions]
        hidden = any(row["is_hidden"] for row in parts)
        counted = not hidden and all(row["has_votes"] for row in parts)
        ends = [tuple(int(end) for end in row["agree_band"][:-1].split("–")) for row in parts if row["agree_band"]]
        answer.append(
            {
                "participants": None if hidden else sum(row["participants"] for row in parts),
                **{
                    name: sum(row[name] for row in parts) if counted else None for name in ("agree", "pass", "disagree")
                },
                "agree_band": None if hidden else f"{min(end[0] for end in ends)}–{max(end[1] for end in ends)}%",
                "has_votes": counted,
                "is_hidden": hidden,
            }
        )
    return answer


@settings(deadline=None)
@given(worlds(), st.sets(st.sampled_from(REGIONS), min_size=1))
def test_sums_are_those_of_the_slow_twin_and_never_show_a_hidden_part(cells: pl.DataFrame, chosen: set[str]):
    regions = tuple(name for name in REGIONS if name in chosen)
    answer = summed(cells, *regions)
    assert answer == twin(cells, regions)
    for row in answer:
        if row["is_hidden"]:
            assert {row[name] for name in ("participants", "agree", "pass", "disagree", "agree_band")} == {None}


@settings(deadline=None)
@given(worlds())
def test_the_share_of_a_counted_sum_lies_in_its_band(cells: pl.DataFrame):
    for row in summed(cells, *REGIONS):
        if row["agree"] is not None:
            low, high = (int(end) for end in str(row["agree_band"])[:-1].split("–"))
            everything = sum(int(str(row[name])) for name in ("agree", "pass", "disagree"))
            assert low <= 100 * int(str(row["agree"])) / everything <= high
