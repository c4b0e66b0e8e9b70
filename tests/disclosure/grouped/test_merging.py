"""Labels merge where a group cannot be hidden beyond doubt, and every row of a slice is hidden where its total is."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from small_lattices import small_lattice

from data_access.disclosure import coarsen
from data_access.disclosure.check import faults
from data_access.disclosure.coarsen import NotProtected
from data_access.disclosure.model import System
from data_access.disclosure.proofs import proof_from
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Protection, Rule
from data_access.frames import BY_NAME
from data_access.progress import silent
from data_access.publishing.grouped import protected_cells
from data_access.publishing.grouped_carried import with_hidden_slices
from data_access.publishing.grouped_merge import joined_merges, merged, merges_for
from data_access.reference.lattice import lattice

LATTICE = small_lattice("region", "icb", "staff_group")

ALL = LATTICE.cut_now(is_over=True)


def everybody(boards: dict[str, dict[str, dict[str, int]]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give who is in which slice and where everybody is: region → board → staff group → people."""
    rows = [
        {"region": region, "icb": board, "staff_group": group}
        for region, own in boards.items()
        for board, groups in own.items()
        for group, people in groups.items()
        for _ in range(people)
    ]
    places = pl.DataFrame(rows).with_row_index("participant")
    return places.select("participant", family=pl.lit("everyone"), slice=pl.lit("")), places


def test_a_board_is_merged_with_the_smallest_other_of_its_region():
    _, places = everybody({"London": {"A": {"N": 40}, "B": {"N": 4}, "C": {"N": 15}}, "South": {"D": {"N": 3}}})
    uncovered = pl.DataFrame({"region": ["London"], "icb": ["B"], "staff_group": [None]})
    merges = merges_for(places, uncovered)
    assert merges == {"icb": {"London|B": "Other boards of London", "London|C": "Other boards of London"}}
    sizes = merged(places, merges).group_by("region", "icb").len().sort("region", "icb").rows()
    assert sizes == [("London", "A", 40), ("London", "Other boards of London", 19), ("South", "D", 3)]


def test_staff_groups_are_merged_for_all_of_england():
    _, places = everybody(
        {"London": {"A": {"Doctors": 3, "Nurses": 40, "Porters": 20}}, "South": {"D": {"Porters": 9}}}
    )
    uncovered = pl.DataFrame(
        {"region": ["London"], "icb": [None], "staff_group": ["Doctors"]}, schema_overrides={"icb": pl.String}
    )
    merges = merges_for(places, uncovered)
    assert merges == {"staff_group": {"Doctors": "Other staff groups", "Porters": "Other staff groups"}}
    assert merged(places, merges)["staff_group"].value_counts().sort("count").rows() == [
        ("Other staff groups", 32),
        ("Nurses", 40),
    ]


def test_whole_regions_are_not_merged():
    _, places = everybody({"London": {"A": {"Nurses": 4}}, "South": {"D": {"Nurses": 40}}})
    nothing = {"icb": pl.String, "staff_group": pl.String}
    uncovered = pl.DataFrame({"region": ["London"], "icb": [None], "staff_group": [None]}, schema_overrides=nothing)
    assert merges_for(places, uncovered) == {}


def test_a_second_merge_takes_the_first_ones_label_along():
    first = {"icb": {"London|B": "Other boards of London"}}
    then = {"icb": {"London|C": "Other boards of London"}}
    assert joined_merges(first, then) == {
        "icb": {"London|B": "Other boards of London", "London|C": "Other boards of London"}
    }


BOARDS = {"London": {"A": {"Nurses": 4}, "B": {"Nurses": 12}, "C": {"Nurses": 60}}, "South": {"D": {"Nurses": 40}}}


def finds_no_worlds_for(board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search for worlds fail for a board, however much is hidden around it: none was ever met that did."""

    def searched(system: System, *rest: object) -> Protection:
        found = protect(system, *rest)  # type: ignore[arg-type]
        places = system.labels.with_row_index("cell").filter((pl.col("icb") == board) & (pl.col("table") == "icb"))
        return replace(found, uncovered=tuple(places["cell"]))

    monkeypatch.setattr(coarsen, "protect", searched)


def test_a_board_without_worlds_is_published_with_another_and_the_report_says_so(monkeypatch: pytest.MonkeyPatch):
    finds_no_worlds_for("A", monkeypatch)
    made = protected_cells(*everybody(BOARDS), Rule(10, 0), LATTICE, cut_now=ALL, earlier=None, progress=silent)
    assert made.report["merged"] == {
        "icb": {"London|A": "Other boards of London", "London|B": "Other boards of London"}
    }
    cells = made.proof["cells"].filter(pl.col("table") == "icb").select("region", "icb", "value", "is_hidden")
    assert cells.rows() == [
        ("London", "C", 60, False),
        ("London", "Other boards of London", 16, False),
        ("South", "D", 40, False),
    ]
    assert faults(proof_from(made.proof)) == []


def test_where_the_worlds_of_a_whole_region_are_missing_nothing_is_published(monkeypatch: pytest.MonkeyPatch):
    """Merging boards goes on until the region is one board; then there is nothing left to merge."""
    finds_no_worlds_for("Other boards of London", monkeypatch)
    everyone = {"London": {"Other boards of London": {"Nurses": 4}}, "South": {"D": {"Nurses": 40}}}
    with pytest.raises(NotProtected, match="the earlier ones stand"):
        protected_cells(*everybody(everyone), Rule(10, 0), LATTICE, cut_now=ALL, earlier=None, progress=silent)


def test_a_slice_whose_total_is_hidden_has_rows_and_every_one_is_hidden():
    """Two regions are there whoever took part in the slice, so the rows tell nothing."""
    table = next(one for one in lattice().tables if one.name == "region_by_element")
    cells = pl.DataFrame(
        {
            "family": ["everyone", "everyone"],
            "region": ["London", "South West"],
            "icb": [None, None],
            "staff_group": [None, None],
            "participant_type": [None, None],
        }
    )
    made = BY_NAME["region_by_element"].empty()
    rows = with_hidden_slices(made, ["We are a team"], cells, table)
    assert rows.select("element", "region", "participants", "is_hidden", "has_votes").rows() == [
        ("We are a team", "London", None, True, False),
        ("We are a team", "South West", None, True, False),
    ]
