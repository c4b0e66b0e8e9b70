"""Slow twins of the opinion formulae, in plain Python over dictionaries, and bundles read with the csv module."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt
from pathlib import Path

Counts = dict[str, int]
Cells = Mapping[tuple[str, str], Counts]  # (statement, group) → agree, pass, disagree
SIDES = {1: "agree", 0: "pass", -1: "disagree"}


def bundle(folder: Path) -> tuple[Cells, dict[str, str]]:
    """Counts by statement and group from participants-votes.csv, and the group of each grouped participant."""
    csv.field_size_limit(10_000_000)
    cells: dict[tuple[str, str], Counts] = defaultdict(lambda: dict.fromkeys(SIDES.values(), 0))
    groups: dict[str, str] = {}
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not (group := row["group-id"].strip()):
                continue
            groups[row["participant"]] = group
            for name, value in row.items():
                if name is not None and name.isdecimal() and value not in ("", None):
                    cells[name, group][SIDES[int(float(value))]] += 1
    every = {statement for statement, _ in cells}
    whole = {(statement, group): cells[statement, group] for statement in every for group in set(groups.values())}
    return whole, groups


def seen(counts: Counts) -> int:
    return counts["agree"] + counts["pass"] + counts["disagree"]


def by_statement(cells: Cells) -> dict[str, list[Counts]]:
    found: dict[str, list[Counts]] = defaultdict(list)
    for (statement, _), counts in sorted(cells.items()):
        found[statement].append(counts)
    return found


def group_consensus(groups: Iterable[Counts]) -> float:
    product = 1.0
    for counts in groups:
        product *= (counts["agree"] + 1) / (seen(counts) + 2)
    return product


def z_half(part: int, whole: int) -> float:
    return 2 * sqrt(whole + 1) * ((part + 1) / (whole + 1) - 0.5)


def z_two(part: int, other: int, whole: int, other_whole: int) -> float:
    a, b, n, m = part + 1, other + 1, whole + 1, other_whole + 1
    pooled = (a + b) / (n + m)
    return 0.0 if pooled == 1 else (a / n - b / m) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))


def representative(cells: Cells) -> dict[tuple[str, str], dict[str, float | str | bool]]:
    """The side of each statement and group, its strength, and whether it is sure."""
    found: dict[tuple[str, str], dict[str, float | str | bool]] = {}
    for (statement, group), own in cells.items():
        others = [counts for (other, name), counts in cells.items() if other == statement and name != group]
        sides = {}
        for side in ("agree", "disagree"):
            rest, rest_seen = sum(c[side] for c in others), sum(seen(c) for c in others)
            share = (own[side] + 1) / (seen(own) + 2)
            ratio = share / ((rest + 1) / (rest_seen + 2))
            apart, half = z_two(own[side], rest, seen(own), rest_seen), z_half(own[side], seen(own))
            sides[side] = (apart, ratio * apart * share * half, apart > 1.2816 and half > 1.2816)
        side = "agree" if sides["agree"][0] > sides["disagree"][0] else "disagree"
        found[statement, group] = {"side": side, "strength": sides[side][1], "is_sure": sides[side][2]}
    return found


def consensus(totals: Mapping[str, Counts]) -> list[tuple[str, str]]:
    """(side, statement) of at most five a side, by share × z."""
    told: list[tuple[str, str]] = []
    for side in ("agree", "disagree"):
        rows = []
        for statement, counts in totals.items():
            share, z = (counts[side] + 1) / (seen(counts) + 2), z_half(counts[side], seen(counts))
            if share > 0.5 and z > 1.2816:
                rows.append((-round(share * z, 9), statement))
        told += [(side, statement) for _, statement in sorted(rows)[:5]]
    return told


def summed(cells: Cells) -> dict[str, Counts]:
    return {
        statement: {side: sum(counts[side] for counts in groups) for side in SIDES.values()}
        for statement, groups in by_statement(cells).items()
    }
