"""Hold the formulae of opinion groups to slow twins on every Polis bundle under a folder; run by hand.

    python tests/prove/opinion_formulae.py FOLDER [--conversations 500]

FOLDER holds bundles (participants-votes.csv each), at any depth. Where comments.csv has a column
group-informed-consensus, every value of it is compared too. Exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.sentiment import twins  # noqa: E402
from tests.sentiment.test_polis_twins import consensus_of, differing, frame, random_cells  # noqa: E402

COLUMN = "group-informed-consensus"


def published(folder: Path) -> dict[str, float]:
    """The published consensus of each comment; empty where the bundle has no such column."""
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["comment-id"]: float(row[COLUMN]) for row in rows if row.get(COLUMN)}


def held(folder: Path) -> list[str]:
    """What differs in one bundle, after a line of what was compared."""
    cells, groups = twins.bundle(folder)
    if len(set(groups.values())) < 2:
        print(f"{folder.name}: no opinion groups, nothing to compare")
        return []
    found, told = differing(cells), published(folder)
    ours, unseen = consensus_of(frame(cells)), 0.5 ** len(set(groups.values()))
    equal = sum(ours.get(comment, unseen) == pytest.approx(value) for comment, value in told.items())
    statements = len({statement for statement, _ in cells})
    column = f", published consensus {equal} of {len(told)}" if told else ""
    print(f"{folder.name}: {statements} statements, {len(set(groups.values()))} groups, {len(found)} differ{column}")
    return found + (["published consensus"] if equal != len(told) else [])


def main() -> int:
    """Compare every bundle and as many random conversations as asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--conversations", type=int, default=500)
    chosen = options.parse_args()
    bundles = sorted(file.parent for file in chosen.folder.rglob("participants-votes.csv"))
    wrong = {folder.name: found for folder in bundles if (found := held(folder))}
    wrong |= {f"seed {seed}": found for seed in range(chosen.conversations) if (found := differing(random_cells(seed)))}
    print(f"{len(bundles)} bundles and {chosen.conversations} random conversations; {len(wrong)} with differences")
    return 1 if wrong or not bundles else 0


if __name__ == "__main__":
    sys.exit(main())
