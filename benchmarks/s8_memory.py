"""S8: memory of the dashboard's process after every page was read, and what each further visit adds.

.venv/bin/python -m benchmarks.s8_memory --votes 10000000 [--visits 100] [--home HOME]
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from benchmarks.driver import in_turn, opened, run
from benchmarks.homes import home_from, offer_home, parser
from benchmarks.measuring import Record
from benchmarks.s5_reruns import FILTERS
from benchmarks.servers import Server, dashboard
from dashboard.catalogue import figure_pages

MOST_MIB: Final = 600.0
MOST_KB_A_VISIT: Final = 100.0


def measure(home: Path, votes: int, ideas: int, visits: int) -> Record:
    """Read every page with every filter, then let visits join and stay."""
    record = Record("S8", "Memory of the dashboard's process", votes, ideas)
    with dashboard(home) as server:
        record.add("after the start", "MiB", [server.memory_mib()])
        for page in figure_pages():
            asyncio.run(in_turn(server, page.url, FILTERS, len(FILTERS)))
        after = server.memory_mib()
        record.add("after every page", "MiB", [after], target="≤ 600", is_met=after <= MOST_MIB)
        each = asyncio.run(_joined(server, visits))
        record.add(f"each of {visits} visits that stay", "KB", [each], target="≤ 100", is_met=each <= MOST_KB_A_VISIT)
    return record


async def _joined(server: Server, visits: int) -> float:
    """Give the kilobytes that each visit adds while all of them stay open."""
    async with AsyncExitStack() as stack:
        # Threads and buffers that the first visits make are used again by the others.
        for _ in range(10):
            await run(await stack.enter_async_context(await opened(server)), "overview", FILTERS[0])
        before = server.memory_mib()
        for at in range(visits):
            socket = await stack.enter_async_context(await opened(server))
            await run(socket, "overview", FILTERS[at % len(FILTERS)])
        return (server.memory_mib() - before) * 1024 / visits


def main() -> None:
    """Measure and keep."""
    options = parser(__doc__)
    options.add_argument("--visits", type=int, default=100)
    offer_home(options)
    chosen = options.parse_args()
    measure(*home_from(chosen), chosen.visits).keep()


if __name__ == "__main__":
    main()
