"""S5: processor time of a rerun of each page, beside a bare Streamlit page with the same number of charts.

    .venv/bin/python -m benchmarks.s5_reruns [--home HOME] [--votes 1000000] [--times 20]

A rerun changes a filter: elements in turn, so that answers and figures were seen before, as they are for most readers.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from benchmarks.driver import Heard, in_turn
from benchmarks.homes import home_from, offer_home, parser
from benchmarks.measuring import Record
from benchmarks.servers import Server, bare, dashboard
from dashboard.catalogue import figure_pages
from data_access.vocabulary import ELEMENTS, slug

FILTERS: Final = tuple(f"element={slug(str(name))}" for name in ELEMENTS[:4])
FEWEST_CHARTS: Final = 1


def measure(home: Path, votes: int, ideas: int, times: int) -> Record:
    """Measure our pages and the bare page in turn, in one run of this program."""
    record = Record("S5", "Processor time of a rerun", votes, ideas)
    pages = [page.url for page in figure_pages()]
    with dashboard(home) as ours, bare(is_frozen=False) as plain, bare(is_frozen=True) as frozen:
        measured: dict[int, tuple[float, float]] = {}
        for page in pages:
            own, heard = _milliseconds(ours, page, FILTERS, times)
            charts = max(FEWEST_CHARTS, *(one.charts for one in heard))
            if charts not in measured:
                query = [f"charts={charts}&shift={at}" for at in range(4)]
                measured[charts] = (
                    _milliseconds(plain, "", query, times)[0],
                    _milliseconds(frozen, "", query, times)[0],
                )
            theirs, theirs_frozen = measured[charts]
            record.add(f"page {page}, {charts} charts", "ms", [own])
            record.add(f"bare page, {charts} charts", "ms", [theirs])
            record.add(f"bare page with gc.freeze, {charts} charts", "ms", [theirs_frozen])
            record.add(f"page {page} / bare page", "x", [own / theirs], target="≤ 1.5", is_met=own <= 1.5 * theirs)
            record.keep()  # page by page: what was measured stays if somebody stops it
    return record


def _milliseconds(
    server: Server, page: str, queries: tuple[str, ...] | list[str], times: int
) -> tuple[float, list[Heard]]:
    """Give the processor's milliseconds a rerun, and what the reruns sent."""

    async def both() -> tuple[float, list[Heard]]:
        await in_turn(server, page, queries, len(queries))
        before = server.processor_seconds()
        heard = await in_turn(server, page, queries, times)
        # The first runs of the visit are in it too: one a query.
        return (server.processor_seconds() - before) * 1000 / (times + len(queries)), heard

    return asyncio.run(both())


def main() -> None:
    """Measure and keep."""
    options = parser(__doc__)
    offer_home(options)
    options.set_defaults(times=20)
    chosen = options.parse_args()
    measure(*home_from(chosen), chosen.times).keep()


if __name__ == "__main__":
    main()
