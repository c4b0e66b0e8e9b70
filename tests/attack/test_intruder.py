"""The intruder on small releases by hand: what subtraction gives away is found, what is covered is not."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import polars as pl
import pytest

from data_access.attack.findings import attack

HOME = Path(__file__).parents[2] / "data_access/attack"
REGIONS, GROUPS = ("London", "South"), ("Doctors", "Nurses")


def release(folder: Path, number: int, **tables: list[dict[str, object]]) -> Path:
    place = folder / f"{number:04d}"
    place.mkdir(parents=True)
    (place / "manifest.json").write_text(json.dumps({"thresholds": {"talk": 10}}))
    for name, rows in tables.items():
        frame = pl.DataFrame(
            [{"conversation": "talk", "is_hidden": row.get("participants") is None, **row} for row in rows]
        )
        frame.write_parquet(place / f"{name}.parquet")
    return place


def margins(
    london: int | None, south: int | None, doctors: int | None, nurses: int | None
) -> dict[str, list[dict[str, object]]]:
    return {
        "region": [{"region": "London", "participants": london}, {"region": "South", "participants": south}],
        "staff_group": [
            {"staff_group": "Doctors", "participants": doctors},
            {"staff_group": "Nurses", "participants": nurses},
        ],
    }


def both(*counts: int | None) -> list[dict[str, object]]:
    places = [(region, group) for region in REGIONS for group in GROUPS]
    return [{"region": r, "staff_group": g, "participants": n} for (r, g), n in zip(places, counts, strict=True)]


def found(folder: Path) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {
        (cell["region"], cell["staff_group"]): (cell["least"], cell["most"])
        for cell in attack([folder]).as_data()["cells"]
    }


def test_one_hidden_cell_among_shown_margins_is_a_subtraction(tmp_path: Path):
    """London has 43, of whom 40 are nurses."""
    place = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, 40, 30, 30))
    data = attack([place]).as_data()
    assert (data["hidden"], data["exact"], data["known_small"]) == (1, 1, 1)
    assert found(place) == {("London", "Doctors"): (3, 3)}


def test_four_hidden_corners_leave_a_range(tmp_path: Path):
    """London 43, South 60, doctors 33: doctors of London are 0 to 33, the rest follows."""
    place = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    assert found(place) == {
        ("London", "Doctors"): (0, 33),
        ("London", "Nurses"): (10, 43),
        ("South", "Doctors"): (0, 33),
        ("South", "Nurses"): (27, 60),
    }
    assert attack([place]).as_data()["exact"] == 0


def test_a_slice_is_no_larger_than_everybody(tmp_path: Path):
    """Twelve of London took part at all, so the hidden Londoners of one element are at most twelve."""
    place = release(
        tmp_path,
        1,
        region=[{"region": "London", "participants": 12}, {"region": "South", "participants": 60}],
        region_by_element=[{"region": region, "element": "Voice", "participants": None} for region in REGIONS],
        votes_by_element=[{"element": "Voice", "participants": 40}],
    )
    cells = {cell["region"]: (cell["least"], cell["most"]) for cell in attack([place]).as_data()["cells"]}
    # One element only, and everybody is in at least one: but 40 of 72 are in it, so that cannot be supposed.
    assert cells == {"London": (0, 12), "South": (28, 40)}


def test_an_export_says_as_much_as_the_release(tmp_path: Path):
    """The release hides all four corners; a file exported earlier shows one of them, so all are known."""
    place = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    export = tmp_path / "card.csv"
    export.write_text("Conversation,Region,Staff group,Participants\ntalk,London,Nurses,40\ntalk,London,Doctors,[c]\n")
    data = attack([place], [export]).as_data()
    assert data["exact"] == data["hidden"] == 5  # four of the release, one of the file


def test_growth_by_a_few_between_two_releases_is_found(tmp_path: Path):
    first = release(tmp_path, 1, **margins(40, 60, 30, 70))
    second = release(tmp_path, 2, **margins(43, 60, 33, 70))
    cells = attack([first, second]).as_data()["cells"]
    assert [(cell["table"], cell["is_growth"], cell["least"]) for cell in cells] == [
        ("region", True, 3),
        ("staff_group", True, 3),
    ]


def test_a_table_carried_over_unchanged_says_nothing_new(tmp_path: Path):
    first = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    second = release(tmp_path, 2, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    assert attack([first, second]).as_data()["hidden"] == 4


def test_a_quick_look_counts_the_same_as_a_long_one(tmp_path: Path):
    """One cell is exact, four are wide."""
    exact = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, 40, 30, 30))
    wide = release(tmp_path, 2, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    counts = ("hidden", "exact", "narrower_than_k", "known_small")
    for place in (exact, wide):
        long, quick = attack([place]).as_data(), attack([place], is_quick=True).as_data()
        assert [long[name] for name in counts] == [quick[name] for name in counts]
    cells = attack([wide], is_quick=True).as_data()["cells"]
    assert all(cell["most"] - cell["least"] >= 10 for cell in cells)


def test_when_time_runs_out_the_rest_is_looked_at_quickly_and_the_counts_are_the_same(tmp_path: Path):
    """Four corners, the first asked in full, the others only until two values ten apart are met."""
    wide = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, None, None, None))
    left = iter([True, False])
    hurried, long = attack([wide], has_time=lambda: next(left, False)).as_data(), attack([wide]).as_data()
    counts = ("hidden", "exact", "narrower_than_k", "known_small")
    assert [hurried[name] for name in counts] == [long[name] for name in counts] == [4, 0, 0, 0]
    assert (hurried["ranges_in_part"], long["ranges_in_part"]) == (3, 0)
    assert hurried["cells"][0] == long["cells"][0]


def test_what_a_hidden_count_grew_by_is_bounded_too(tmp_path: Path):
    """Doctors of London are 13 at first; later 0 to 33 of whom nobody knows more."""
    first = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(13, 30, 20, 40))
    second = release(tmp_path, 2, **margins(53, 60, 33, 80), both=both(None, None, None, None))
    cells = attack([first, second]).as_data()["cells"]
    grown = {(c["region"], c["staff_group"]): (c["least"], c["most"]) for c in cells if c["is_growth"]}
    assert grown[("London", "Doctors")] == (0 - 13, 33 - 13)
    assert grown[("South", "Nurses")] == (27 - 40, 60 - 40)


def test_supposing_that_nobody_leaves_narrows_more(tmp_path: Path):
    """33 doctors as before: nobody can have left a region for the other, so both stand as they were."""
    first = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(13, 30, 20, 40))
    second = release(tmp_path, 2, **margins(53, 60, 33, 80), both=both(None, None, None, None))
    data = attack([first, second], nobody_leaves=True).as_data()
    found = {(c["region"], c["staff_group"]): (c["least"], c["most"]) for c in data["cells"] if not c["is_growth"]}
    assert found == {
        ("London", "Doctors"): (13, 13),
        ("London", "Nurses"): (40, 40),
        ("South", "Doctors"): (20, 20),
        ("South", "Nurses"): (40, 40),
    }
    assert data["exact"] == 4  # growth by ten or by nobody gives no small group away


def test_a_slice_that_says_the_same_again_was_not_counted_again(tmp_path: Path):
    """The only week keeps its numbers while ten more come later: that nobody was in no week cannot be held on to."""
    week = {
        "region_by_week": [
            {"region": "London", "week": "2021-02-01", "participants": 43},
            {"region": "South", "week": "2021-02-01", "participants": 60},
        ]
    }
    first = release(tmp_path, 1, **margins(43, 60, 33, 70), both=both(None, None, None, None), **week)
    second = release(tmp_path, 2, **margins(53, 60, 43, 70), both=both(None, None, None, None), **week)
    cells = [cell for cell in attack([first, second]).as_data()["cells"] if cell["source"] == "0002"]
    found = {(c["region"], c["staff_group"]): (c["least"], c["most"]) for c in cells if not c["is_growth"]}
    assert found[("London", "Doctors")] == (0, 43)


@pytest.mark.parametrize("path", sorted(HOME.glob("*.py")), ids=lambda path: path.name)
def test_the_intruder_shares_no_code_with_what_it_attacks(path: Path):
    allowed = ("data_access.attack", "data_access.progress")
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    ]
    assert [
        name for name in imported if name.startswith(("data_access", "dashboard")) and not name.startswith(allowed)
    ] == []
