"""Formulae of opinion groups against published columns, every bundle shipped, and random conversations."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import polars as pl
import pytest

from dashboard.metrics import _polis as polis
from tests.sentiment import twins

BUNDLES = (
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "bg2050-volunteers",
    "london.youth.policing",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
)
RANDOM_CONVERSATIONS = 500


def frame(cells: twins.Cells) -> pl.DataFrame:
    rows = [(statement, group, *counts.values()) for (statement, group), counts in sorted(cells.items())]
    return pl.DataFrame(rows, schema=["idea", "opinion_group", "agree", "pass", "disagree"], orient="row")


def consensus_of(cells: pl.DataFrame) -> dict[str, float]:
    seen = pl.sum_horizontal("agree", "pass", "disagree")
    return dict(cells.group_by("idea").agg(polis.group_consensus(pl.col("agree"), seen)).rows())


def differing(cells: twins.Cells) -> list[str]:
    """Statements on which the formulae and their twins differ, and what differs."""
    rows = frame(cells)
    found = [
        f"consensus of {statement}"
        for statement, value in consensus_of(rows).items()
        if value != pytest.approx(twins.group_consensus(twins.by_statement(cells)[statement]), rel=1e-9)
    ]
    expected = twins.representative(cells)
    for row in polis.representative(rows).iter_rows(named=True):
        twin = expected[row["idea"], row["opinion_group"]]
        is_same = row["side"] == twin["side"] and row["is_sure"] == twin["is_sure"]
        if not is_same or row["strength"] != pytest.approx(twin["strength"], rel=1e-9, abs=1e-12):
            found.append(f"representativeness of {row['idea']} for {row['opinion_group']}")
    totals = twins.summed(cells)
    whole = pl.DataFrame(
        [(statement, *counts.values()) for statement, counts in totals.items()],
        schema=["idea", "agree", "pass", "disagree"],
        orient="row",
    )
    told = polis.consensus(whole).select("side", "idea").rows()
    expected_consensus = twins.consensus(totals)
    return found + (["consensus statements"] if told != expected_consensus else [])


def test_group_aware_consensus_equals_the_published_column_for_every_comment(polis_data: Path):
    """On raw counts: 371 of 371."""
    with (polis_data / "bg2050-volunteers" / "comments.csv").open(encoding="utf-8", newline="") as file:
        published = {row["comment-id"]: float(row["group-informed-consensus"]) for row in csv.DictReader(file)}
    cells, groups = twins.bundle(polis_data / "bg2050-volunteers")
    ours = consensus_of(frame(cells))
    unseen = 0.5 ** len(set(groups.values()))
    equal = [comment for comment, value in published.items() if ours.get(comment, unseen) == pytest.approx(value)]
    assert (len(equal), len(published)) == (371, 371)


@pytest.mark.parametrize("name", BUNDLES)
def test_formulae_equal_their_slow_twins_on_every_bundle(name: str, polis_data: Path):
    cells, groups = twins.bundle(polis_data / name)
    assert len(set(groups.values())) > 1
    assert differing(cells) == []


def random_cells(seed: int) -> twins.Cells:
    """A conversation of two to five groups; some statements nobody of a group has seen."""
    rng = random.Random(seed)
    groups = [str(at) for at in range(rng.randint(2, 5))]
    bias = {group: rng.random() for group in groups}
    return {
        (str(statement), group): _counts(rng, rng.choice((0, 1, 3, 10, 40)), bias[group])
        for statement in range(rng.randint(1, 8))
        for group in groups
    }


def _counts(rng: random.Random, people: int, bias: float) -> twins.Counts:
    counts = {"agree": 0, "pass": 0, "disagree": 0}
    for _ in range(people):
        counts[rng.choices(("agree", "pass", "disagree"), (bias, 0.2, 1 - bias))[0]] += 1
    return counts


def test_formulae_equal_their_slow_twins_on_500_random_conversations():
    assert {seed: found for seed in range(RANDOM_CONVERSATIONS) if (found := differing(random_cells(seed)))} == {}
