"""S3: the figures of each page from a release: tables opened, answers not kept.

.venv/bin/python -m benchmarks.s3_pages --votes 1000000 [--ideas 1250] [--times 30]
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import date
from typing import Final

from benchmarks.homes import AFTER, KEY, home_of, parser, settings_of, size_from
from benchmarks.made_up import Size
from benchmarks.measuring import Record
from dashboard.catalogue import figure_pages
from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.problems import NothingThere
from data_access.releases.store import open_release

LIMITS: Final = {10_000_000: 20.0, 50_000_000: 50.0}
TODAY: Final = date(2024, 6, 1)


def measure(size: Size, times: int) -> Record:
    """Measure what each page asks of the release, all its figures together."""
    record = Record("S3", "The data of a page from a release", size.votes, size.ideas)
    settings = settings_of(home_of(size))
    release, desk = open_release(settings.releases_folder), open_desk(settings.desk_url)
    selection = Selection(KEY)
    everything: list[float] = []
    busy: list[float] = []
    for page in figure_pages():
        keys = [key for key in page.figures if _can(key, ReleaseAndPlan(release, desk, TODAY), selection)]
        if not keys:
            continue
        runs = [_asked(keys, ReleaseAndPlan(release, desk, TODAY), selection) for _ in range(times)]
        record.add(f"page {page.url} ({len(keys)} figures)", "ms", [run for run, _ in runs])
        everything += [run for run, _ in runs]
        busy += [run for _, run in runs]
    limit = LIMITS.get(size.votes)
    told = statistics.quantiles(everything, n=20)[-1]
    verdict = {"target": f"≤ {limit:.0f}", "is_met": told <= limit} if limit else {}
    record.add("any page, 95 of 100 times within", "ms", [told], **verdict)
    record.add("any page, processor time, the middle one", "ms", [statistics.median(busy)])
    return record


def _can(key: str, source: ReleaseAndPlan, selection: Selection) -> bool:
    """Whether the release has cells for a figure; the first asking also opens its tables."""
    try:
        answer(key, source=source, selection=selection)
    except NothingThere:
        return False
    return True


def _asked(keys: list[str], source: ReleaseAndPlan, selection: Selection) -> tuple[float, float]:
    """Answer all figures; give milliseconds by the clock, and of the processor."""
    began, busy = time.perf_counter(), time.process_time()
    for key in keys:
        answer(key, source=source, selection=selection)
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def options() -> argparse.ArgumentParser:
    """Give the options; pages are quick, so they are asked often."""
    found = parser(__doc__)
    found.set_defaults(times=30)
    return found


def main() -> None:
    """Measure and keep."""
    chosen = options().parse_args()
    assert AFTER.date() == TODAY
    measure(size_from(chosen), chosen.times).keep()


if __name__ == "__main__":
    main()
