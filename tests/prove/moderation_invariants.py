"""Hold the invariants of moderation to many made-up conversations.

    python tests/prove/moderation_invariants.py [--examples 100000] [--seed 1] [--json]

Runs in rounds of at most 5,000 examples with seeds that follow from the one given, so that a run can be
repeated exactly; `docs/reliability.md` records one. A law that is broken ends the run with its smallest example.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # frames of a few rows: more threads only wait for each other
sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, given, seed, settings

from tests.publishing.invariants import LAWS, Case, broken, cases

A_ROUND = 5_000


def checked(examples: int, first_seed: int, *, is_told: bool) -> dict[str, int]:
    """Hold every law to that many cases; give how many cases, votes and events there were in them."""
    seen = {"examples": 0, "votes": 0, "events": 0, "rejected": 0}

    def hold(case: Case) -> None:
        laws = list(broken(case))
        assert laws == [], laws
        seen["examples"] += 1
        seen["votes"] += len(case.world.of("vote"))
        seen["events"] += len(case.found.rejections)
        seen["rejected"] += sum(rejection is not None for rejection in case.found.rejections.values())

    for place in range(-(-examples // A_ROUND)):
        count = min(A_ROUND, examples - place * A_ROUND)
        limits = settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        seed(first_seed + place)(limits(given(cases)(hold)))()
        if is_told:
            print(f"{seen['examples']:,} examples, no law broken", file=sys.stderr, flush=True)
    return seen


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    started = time.monotonic()
    found = checked(wanted.examples, wanted.seed, is_told=not wanted.json)
    figures = {**found, "laws": len(LAWS), "seed": wanted.seed, "seconds": round(time.monotonic() - started)}
    if wanted.json:
        print(json.dumps(figures))
    else:
        print(", ".join(f"{value:,} {name}" for name, value in figures.items()))
