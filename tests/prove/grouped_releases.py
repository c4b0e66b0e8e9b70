"""The full figures of disclosure control: three made-up sets, protected, checked and attacked.

    python tests/prove/grouped_releases.py [PARTICIPANTS...]

Prints one line a set; docs/privacy.md records them.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure" / "grouped"))

from attacked import attacked
from made_up_people import SETS, made_up_people
from told import told

from data_access.disclosure.check import faults
from data_access.disclosure.model import TOTAL, system
from data_access.disclosure.proofs import proof_frames, proof_from
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Rule
from data_access.reference.lattice import lattice


def figures(participants: int) -> dict[str, object]:
    """Protect, check and attack one set."""
    rules = lattice()
    made = system(made_up_people(participants, SETS[participants]), rules)
    started = time.process_time()
    protection = protect(made, Rule(10, rules.known_records, rules.widen_covers_up_to))
    protected = time.process_time()
    wrong = faults(proof_from(proof_frames(protection, rules.version)))
    checked = time.process_time()
    cells = (made.labels["table"] != TOTAL).to_numpy()
    found = attacked(*told(protection, rules), 10)
    return {
        "participants": participants,
        "cells": int(cells.sum()),
        "small": int((protection.is_small & cells).sum()),
        "secondary": f"{(protection.is_secondary & cells).sum() / cells.sum():.1%}",
        "uncovered": len(protection.uncovered),
        "checker's faults": len(wrong),
        **found,
        "protect s": round(protected - started),
        "check s": round(checked - protected, 1),
        "attack s": round(time.process_time() - checked),
    }


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("participants", nargs="*", type=int, default=sorted(SETS))
    chosen = options.parse_args()
    for size in chosen.participants:
        print(figures(size), flush=True)
