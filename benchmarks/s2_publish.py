"""S2: publish (resolve, count, write; without grouped tables) beside Polars counting the same from resolved Parquet.

.venv/bin/python -m benchmarks.s2_publish --votes 1000000
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.homes import AFTER, home_of, parser, place_of, settings_of, size_from
from benchmarks.made_up import Size
from benchmarks.measuring import Record, apart, tell, timed
from benchmarks.resolved import resolved_of
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.vault.engine import open_vault

# Seconds that speed allows at a size; between them none is set.
LIMITS: Final = {10_000_000: 30.0, 50_000_000: 150.0}
MOST_MIB: Final = 6 * 1024


def measure(size: Size, times: int) -> Record:
    """Measure publishing from a vault whose votes are stored."""
    record = Record("S2", "Publish: resolve, count and write", size.votes, size.ideas)
    home, parquet = home_of(size), resolved_of(size)
    runs = [apart("benchmarks.s2_publish", "--once", home) for _ in range(times)]
    seconds, limit = [run["seconds"] for run in runs], LIMITS.get(size.votes)
    middle = sorted(seconds)[len(seconds) // 2]
    told = {"target": f"≤ {limit:.0f}", "is_met": middle <= limit} if limit else {}
    record.add("publish", "s", seconds, **told)
    record.add("publish, processor time of the whole program", "s", [run["busy"] for run in runs])
    plain = record.add("Polars counts the same from resolved Parquet", "s", timed(lambda: rollups(parquet), times))
    ratio = [run / plain.median for run in seconds]
    record.add("publish / Polars", "x", ratio, target="≤ 3", is_met=sorted(ratio)[len(ratio) // 2] <= 3)
    peaks = [run["peak_mib"] for run in runs]
    record.add("peak of memory", "MiB", peaks, target="≤ 6,144", is_met=max(peaks) <= MOST_MIB)
    return record


def rollups(parquet: Path) -> list[int]:
    """Count what a release holds of votes: by idea, idea and week, day, week, element, theme, and who takes part."""
    votes = pl.scan_parquet(parquet)
    said = [(pl.col("value") == one).sum().alias(name) for one, name in ((1, "agree"), (0, "passed"), (-1, "disagree"))]
    people = pl.col("participant").n_unique().alias("voters")
    keys = (
        ["idea"],
        ["idea", "week"],
        ["day"],
        ["week"],
        ["element"],
        ["element", "week"],
        ["theme"],
        ["theme", "week"],
    )
    lazy = [votes.group_by(key).agg(*said, people) for key in keys]
    lazy += [votes.group_by("region").agg(people), votes.group_by("staff_group").agg(people), votes.select(people)]
    lazy.append(votes.group_by("participant").agg(pl.len().alias("cast"), pl.col("day").min().alias("first")))
    lazy.append(votes.group_by("participant", "week").agg(pl.len().alias("cast")))
    return [frame.height for frame in pl.collect_all(lazy, engine="streaming")]


def _once(home: Path) -> None:
    settings = settings_of(home)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        engine = open_vault(settings.vault_url)
        publish(engine=engine, releases_folder=Path(folder), now=AFTER, progress=silent)
        seconds = time.perf_counter() - began
        engine.dispose()
    tell(seconds=seconds)


def main() -> None:
    """Measure and keep."""
    if sys.argv[1:2] == ["--once"]:
        _once(Path(sys.argv[2]))
        return
    chosen = parser(__doc__).parse_args()
    size = size_from(chosen)
    place_of(size).mkdir(parents=True, exist_ok=True)
    measure(size, chosen.times).keep()


if __name__ == "__main__":
    main()
