"""What every measurement shares: repeated runs, a process of its own with its peak of memory, the machine, the record.

A record is one JSON file a figure and size in `benchmarks/results/`; `write_performance.py` makes the document of them.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = Path(os.environ.get("LOOKFORWARD_BENCH_RESULTS", ROOT / "benchmarks" / "results"))
LIBRARIES: Final = ("polars", "streamlit", "sqlalchemy", "duckdb", "pandas", "narwhals", "pyspark")


@dataclass(frozen=True)
class Line:
    """One thing measured: every run of it. `is_met` is None where no target is set for it."""

    name: str
    unit: str
    runs: tuple[float, ...]
    target: str = ""
    is_met: bool | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.runs)


@dataclass
class Record:
    """A figure of the list S1 to S9 at one size."""

    figure: str
    title: str
    votes: int
    ideas: int
    lines: list[Line] = field(default_factory=list)

    def add(self, name: str, unit: str, runs: Sequence[float], **more: Any) -> Line:
        """Keep a measurement and print it."""
        line = Line(name, unit, tuple(round(run, 6) for run in runs), **more)
        self.lines.append(line)
        verdict = {True: "  met", False: "  MISSED", None: ""}[line.is_met]
        target = f"  target {line.target}" if line.target else ""
        print(f"  {line.name}: {line.median:,.4g} {unit} of {len(runs)}{target}{verdict}", flush=True)
        return line

    def keep(self) -> Path:
        """Write the record with the machine it was made on."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        ideas = f"-{self.ideas}-ideas" if self.ideas else ""
        file = RESULTS / f"{self.figure.lower()}-{self.votes}{ideas}.json"
        file.write_text(json.dumps({**asdict(self), "machine": machine()}, indent=1) + "\n", encoding="utf-8")
        return file


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Run something several times; give the seconds of each."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def apart(module: str, *words: object) -> dict[str, Any]:
    """Run `python -m module words` and give the JSON of its last line: memory is measured from nothing."""
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(map(str, words))} failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def tell(**facts: Any) -> None:
    """Print what a process found as the line that `apart` reads.

    With it go the peak of memory in MiB, its own or a child's, and the processor's seconds of both together.
    """
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = max(one.ru_maxrss for one in used) / 1024
    print(json.dumps({**facts, "peak_mib": peak, "busy": sum(one.ru_utime + one.ru_stime for one in used)}))


def machine() -> dict[str, Any]:
    """Say on what, when and how busy."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "processor": _processor(),
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 1),
        "versions": {
            "python": platform.python_version(),
            **{name: found for name in LIBRARIES if (found := _version(name))},
        },
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _version(name: str) -> str:
    try:
        return version(name)
    except ImportError:
        return ""
