"""S6: a hundred viewers on one process, each changing something every five seconds, joined within ten.

    .venv/bin/python -m benchmarks.s6_viewers [--votes 1000000] [--viewers 100] [--seconds 30] [--home HOME]

The visits are spoken by hand on this same machine, so their own work is in the figures.
"""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path
from typing import Final

from benchmarks.driver import crowd, in_turn
from benchmarks.homes import home_from, offer_home, parser
from benchmarks.measuring import Record
from benchmarks.s5_reruns import FILTERS
from benchmarks.servers import dashboard

# What readers open most; each visit picks a page and a filter anew at every change.
PAGES: Final = ("overview", "themes", "sentiment", "ideas", "participation")
JOIN_WITHIN: Final = 10.0
EVERY: Final = 5.0


def measure(home: Path, votes: int, ideas: int, *, viewers: int, seconds: float) -> Record:
    """Let viewers come and work; keep what they waited."""
    record = Record("S6", "Viewers at once on one process", votes, ideas)
    with dashboard(home) as server:
        for page in PAGES:
            asyncio.run(in_turn(server, page, FILTERS, 1))
        before = server.processor_seconds()
        found = asyncio.run(
            crowd(server, PAGES, FILTERS, visits=viewers, join_within=JOIN_WITHIN, lasts=seconds, every=EVERY)
        )
        busy = (server.processor_seconds() - before) / (JOIN_WITHIN + seconds)
    joins, changes = _within(found.joins), _within(found.changes)
    record.add(f"{viewers} viewers: a change, the middle one", "s", [statistics.median(found.changes)])
    record.add(
        f"{viewers} viewers: a change, 95 of 100 within", "s", [changes], target="≤ 1" if viewers >= 100 else "",
        is_met=changes <= 1 if viewers >= 100 else None, note=f"{len(found.changes)} changes",
    )  # fmt: skip
    record.add(
        f"{viewers} viewers: the first page, 95 of 100 within", "s", [joins], target="≤ 4" if viewers >= 100 else "",
        is_met=joins <= 4 if viewers >= 100 else None,
    )  # fmt: skip
    record.add(f"{viewers} viewers: processor cores in use", "cores", [busy])
    return record


def _within(runs: tuple[float, ...]) -> float:
    return statistics.quantiles(runs, n=20)[-1] if len(runs) > 1 else runs[0]


def main() -> None:
    """Measure and keep."""
    options = parser(__doc__)
    options.add_argument("--viewers", type=int, default=100)
    options.add_argument("--seconds", type=float, default=30)
    offer_home(options)
    chosen = options.parse_args()
    measure(*home_from(chosen), viewers=chosen.viewers, seconds=chosen.seconds).keep()


if __name__ == "__main__":
    main()
