"""How long a ten-card pack takes in all formats, beside the time its libraries take themselves, in one run.

    .venv/bin/python benchmarks/pack.py HOME [--times 3]

HOME is an installation with a release, such as the demonstration's. Prints one line a format and the ratio of the
whole to the sum of the libraries' own times; the first pack warms everything up and is told apart. Seconds are told by
the clock on the wall and as spent on the processor: on a machine that does other work too only the second is ours.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dashboard.exports import FORMATS, export
from dashboard.filters import Selection
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.releases.store import open_release

TEN = (
    "vote_balance", "activity_by_day", "themes", "funnel", "top_ideas", "divided_ideas", "words", "plan_status",
    "plan_by_theme", "theme_balance",
)  # fmt: skip
# Where each library does its work: what our own code adds is the rest.
LIBRARIES = (
    ("matplotlib.figure.Figure", "savefig"),
    ("matplotlib.figure.Figure", "add_axes"),
    ("matplotlib.axes.Axes", "plot"),
    ("matplotlib.axes.Axes", "text"),
    ("plotly.graph_objects.Figure", "__init__"),
    ("typst", "compile"),
    ("gptables", "produce_workbook"),
    ("pptx.presentation.Presentation", "save"),
    ("pptx.shapes.shapetree._BaseGroupShapes", "add_chart"),
    ("odfdo.Document", "save"),
    ("openpyxl", "load_workbook"),
    ("plotly.graph_objects.Figure", "to_html"),
)


def figures(home: Path) -> list[Result]:
    """Answer ten figures for all of England."""
    release = open_release(home / "releases")
    source = ReleaseAndPlan(release, open_desk(f"sqlite:///{home / 'desk.db'}"), date(2026, 11, 20))
    selection = Selection(str(release.conversations["conversation"][0]))
    return [answer(key, source=source, selection=selection) for key in TEN]


@contextmanager
def timed_libraries(spent: dict[str, float]) -> Iterator[None]:
    """Add up the seconds spent inside the libraries; a call within another's counts once."""
    depth = [0]

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            depth[0] += 1
            started = time.process_time()
            try:
                return function(*args, **more)
            finally:
                depth[0] -= 1
                if not depth[0]:
                    spent[name] = spent.get(name, 0.0) + time.process_time() - started

        return call

    with ExitStack() as stack:
        for owner, name in LIBRARIES:
            module, _, holder = owner.rpartition(".")
            target = f"{owner}.{name}"
            original = _found(owner, name)
            stack.enter_context(patch(target, timed(f"{holder or module}.{name}", original)))
        yield


def _found(owner: str, name: str) -> Callable[..., Any]:
    from pkgutil import resolve_name  # noqa: PLC0415 - only here

    found: Callable[..., Any] = getattr(resolve_name(owner), name)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    results = figures(chosen.home)
    wall, own = seconds(lambda: export("pack", results))
    print(f"first pack, everything loaded for the first time: {wall:.1f} s on the wall, {own:.1f} s of the processor")
    for medium in FORMATS:
        some = results[:1] if medium.is_picture else results
        wall, own = seconds(partial(export, medium.key, some))
        print(f"  {medium.key:5} {wall:6.2f} {own:6.2f} s{' (one)' if medium.is_picture else ''}")
    walls, owns, shares = [], [], []
    for _ in range(chosen.times):
        spent: dict[str, float] = {}
        with timed_libraries(spent):
            wall, own = seconds(lambda: export("pack", results))
        walls.append(wall)
        owns.append(own)
        shares.append(own / sum(spent.values()))
    print(f"warm pack: {told(walls)} on the wall; {told(owns)} of the processor")
    print(f"ratio to the libraries' own time, of the processor: median {statistics.median(shares):.2f}")


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Give how long work takes on the wall, and on the processor."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - own


def told(times: Sequence[float]) -> str:
    """Write the middle of some times, and the ends."""
    return f"median {statistics.median(times):.2f} s of {len(times)}, {min(times):.2f} to {max(times):.2f} s"


if __name__ == "__main__":
    main()
