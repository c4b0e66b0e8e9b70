"""Every figure at one size, one after the other, then the document: what `make bench` runs.

    .venv/bin/python -m benchmarks.everything --votes 1000000

A figure that cannot be measured here (no PostgreSQL, no Java, no browser) is named and left out.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Final

from benchmarks.homes import parser
from benchmarks.measuring import ROOT

FIGURES: Final = (
    ("s1_import", ("--postgresql",)),
    ("s2_publish", ()),
    ("s3_pages", ()),
    ("s4_peers", ()),
    ("s5_reruns", ()),
    ("s6_viewers", ()),
    ("s7_painted", ()),
    ("s8_memory", ()),
    ("s9_cluster", ()),
)
# Sizes with as many ideas as a million votes have: what a page costs must not follow the votes.
GROWTH: Final = (100_000,)
IDEAS_OF_A_MILLION: Final = 1_250


def main() -> None:
    """Measure everything and write the document."""
    chosen = parser(__doc__).parse_args()
    left_out = []
    began = time.monotonic()
    for module, words in FIGURES:
        print(f"{module.partition('_')[0].upper()} at {chosen.votes:,} votes", flush=True)
        if _run(module, "--votes", str(chosen.votes), *words):
            left_out.append(module)
    for votes in GROWTH:
        print(f"growth at {votes:,} votes and {IDEAS_OF_A_MILLION:,} ideas", flush=True)
        for module in ("s2_publish", "s3_pages"):
            _run(module, "--votes", str(votes), "--ideas", str(IDEAS_OF_A_MILLION))
    _run("write_performance")
    print(f"{(time.monotonic() - began) / 60:.1f} minutes; left out: {', '.join(left_out) or 'nothing'}")


def _run(module: str, *words: str) -> int:
    return subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *words], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    main()
