"""How a group voted: what its band and the sums give away, against every way the votes could have been."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import polars as pl
import pytest

from data_access.attack.votes import vote_findings
from data_access.disclosure.grouped_votes import VOTES, sides, with_votes

K = 3
REGIONS = ("London", "Midlands", "South")
BOUNDS = [0, 5, 20, 40, 60, 80, 95, 100]


def release(folder: Path, rows: list[dict[str, object]], england: tuple[int, int, int]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"thresholds": {"talk": K}}))
    frame = pl.DataFrame(
        rows, schema_overrides={**dict.fromkeys(("participants", *VOTES), pl.Int64), "agree_band": pl.String}
    )
    frame.with_columns(conversation=pl.lit("talk"), element=pl.lit("Voice")).write_parquet(
        folder / "region_by_element.parquet"
    )
    whole = {"conversation": "talk", "element": "Voice", "is_hidden": False, **dict(zip(VOTES, england, strict=True))}
    pl.DataFrame([whole]).write_parquet(folder / "votes_by_element.parquet")
    return folder


def protected(votes: dict[str, list[int]], hidden: set[str]) -> pl.DataFrame:
    """Cut votes by region as publishing does: region → one vote a participant."""
    cast = pl.DataFrame(
        [
            {"region": region, "participant": f"{region}{person}", "value": value}
            for region, own in votes.items()
            for person, value in enumerate(own)
        ]
    )
    cells = pl.DataFrame(
        [
            {"region": region, "participants": None if region in hidden else len(own), "is_hidden": region in hidden}
            for region, own in votes.items()
        ],
        schema_overrides={"participants": pl.Int64},
    )
    return with_votes(cells, sides(cast, ["region"]), by=["region"], whole=[], k=K, bounds=BOUNDS, has_pass=True).sort(
        "region"
    )


def totals(votes: dict[str, list[int]]) -> tuple[int, int, int]:
    every = [value for own in votes.values() for value in own]
    return every.count(1), every.count(0), every.count(-1)


def found(folder: Path) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {(dict(one.where)["region"], one.kind): (one.range.least, one.range.most) for one in vote_findings(folder)}


def test_one_group_whose_votes_are_left_out_is_a_subtraction(tmp_path: Path):
    """The intruder finds what a rule cell by cell would give away: 20 less 12 less 5."""
    rows = [
        {"region": "London", "participants": 15, "agree": 12, "pass": 0, "disagree": 3, "agree_band": "80–95%",
         "has_votes": True, "is_hidden": False},
        {"region": "Midlands", "participants": 9, "agree": 5, "pass": 0, "disagree": 4, "agree_band": "40–60%",
         "has_votes": True, "is_hidden": False},
        {"region": "South", "participants": 4, "agree": None, "pass": None, "disagree": None, "agree_band": "60–80%",
         "has_votes": False, "is_hidden": False},
    ]  # fmt: skip
    assert found(release(tmp_path, rows, (20, 0, 8)))[("South", "agree")] == (3, 3)
    assert [(one.kind, one.is_exact) for one in vote_findings(tmp_path)] == [("agree", True), ("disagree", True)]


def test_bands_narrow_and_do_not_tell(tmp_path: Path):
    """Of 20 agreeing and 8 not, South has 60 to 80 per cent of anything from one vote to all that fits the others."""
    votes = {"London": [1] * 12 + [-1] * 3, "Midlands": [1] * 5 + [-1] * 4, "South": [1] * 3 + [-1]}
    shown = protected(votes, hidden=set())
    assert not shown["has_votes"].any()  # one of South against: all three give a band
    ranges = found(release(tmp_path, shown.to_dicts(), totals(votes)))
    assert all(least < (most or 0) for least, most in ranges.values() if most != 0)


SMALL_WORLDS = [
    dict(zip(REGIONS, chosen, strict=True))
    for chosen in itertools.product(
        [[1] * 4 + [-1] * 3, [1] * 3 + [0] * 3 + [-1] * 3, [1] * 6],
        [[1] * 3 + [-1] * 3, [1] * 3 + [0] * 3 + [-1] * 4, [-1] * 5],
        [[1, -1], [1] * 3 + [-1] * 3, [1] * 3 + [0] * 3 + [-1] * 3],
    )
]


@pytest.mark.parametrize("votes", SMALL_WORLDS, ids=lambda votes: "-".join(str(sum(own)) for own in votes.values()))
def test_where_votes_are_given_k_people_are_on_both_sides_and_none_is_left_to_subtract(
    votes: dict[str, list[int]], tmp_path: Path
):
    """Every small case by hand: 27 releases, read as the intruder reads them."""
    hidden = {region for region, own in votes.items() if len(own) < K}
    hidden |= {"Midlands"} if hidden else set()
    shown = protected(votes, hidden)
    for row in shown.to_dicts():
        if row["has_votes"]:
            own = votes[row["region"]]
            assert all(own.count(value) >= K and len(own) - own.count(value) >= K for value in (1, 0, -1))
    folder = release(tmp_path, shown.to_dicts(), totals(votes))
    for (region, kind), (least, most) in found(folder).items():
        value = votes[region].count({"agree": 1, "pass": 0, "disagree": -1}[kind])
        assert least <= value
        assert most is None or value <= most
        assert least != most, (region, kind)


def test_the_linear_programme_finds_no_less_than_trying_every_way(tmp_path: Path):
    """Slow twin: all ways to part 7 agreeing, 0 passing and 5 disagreeing over two bands and a hidden region."""
    votes = {"London": [1] * 4 + [-1] * 1, "Midlands": [1] * 2 + [-1] * 3, "South": [1, -1]}
    shown = protected(votes, hidden={"South"})
    ranges = found(release(tmp_path, shown.to_dicts(), totals(votes)))
    agreeing, _, against = totals(votes)
    fits = []
    for parts in itertools.product(range(agreeing + 1), repeat=2):
        for other in itertools.product(range(against + 1), repeat=2):
            if sum(parts) <= agreeing and sum(other) <= against:
                shares = [(a, a + d) for a, d in zip(parts, other, strict=True)]
                bands = [tuple(map(int, str(row["agree_band"]).rstrip("%").split("–"))) for row in shown.to_dicts()[:2]]
                if all(
                    n >= 1 and low * n <= 100 * a <= high * n for (a, n), (low, high) in zip(shares, bands, strict=True)
                ):
                    fits.append((*parts, agreeing - sum(parts)))
    for at, region in enumerate(REGIONS):
        least, most = ranges[(region, "agree")]
        assert least <= min(way[at] for way in fits)
        assert most is None or most >= max(way[at] for way in fits)
        assert min(way[at] for way in fits) < max(way[at] for way in fits)
