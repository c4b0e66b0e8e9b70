"""S9: the same release from Polars and from a Spark cluster on loopback, table by table, and what each takes.

    .venv/bin/python -m benchmarks.s9_cluster --votes 1000000

Needs Java and the extra 'spark'. The cluster is one master and two workers of one core, on this same machine.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.homes import AFTER, home_of, parser, settings_of, size_from
from benchmarks.made_up import Size
from benchmarks.measuring import Record
from data_access.progress import silent
from data_access.publishing.counting import Counting
from data_access.publishing.publish import publish
from data_access.publishing.spark_engine import spark_engine
from data_access.releases.store import Manifest
from data_access.vault.engine import open_vault
from tests.publishing.cluster import spark_cluster


def measure(size: Size) -> Record:
    """Publish the same vault twice and hold the hashes of every table against each other."""
    record = Record("S9", "The same cells from one machine and from a cluster", size.votes, size.ideas)
    home = home_of(size)
    here, seconds = _published(home, None)
    record.add("publish, Polars", "s", [seconds])
    with tempfile.TemporaryDirectory() as place, spark_cluster(Path(place)) as master, spark_engine(master) as engine:
        there, seconds = _published(home, Counting(engine=engine))
    record.add("publish, Spark cluster", "s", [seconds])
    own, theirs = ({one.table: one.sha256 for one in manifest.files} for manifest in (here, there))
    differing = sorted(name for name in own if own[name] != theirs.get(name))
    told = f"of {len(own)}" + (f": {', '.join(differing)}" if differing else "")
    record.add("tables that differ", "tables", [len(differing)], target="0", is_met=not differing, note=told)
    return record


def _published(home: Path, counting: Counting | None) -> tuple[Manifest, float]:
    engine = open_vault(settings_of(home).vault_url)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        made = publish(engine=engine, releases_folder=Path(folder), now=AFTER, progress=silent, counting=counting)
        seconds = time.perf_counter() - began
    engine.dispose()
    return made, seconds


def main() -> None:
    """Measure and keep."""
    measure(size_from(parser(__doc__).parse_args())).keep()


if __name__ == "__main__":
    main()
