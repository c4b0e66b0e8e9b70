"""The full figures of disclosure control: three made-up sets, protected, checked and attacked, in one release and
across two.

    python tests/prove/grouped_releases.py [PARTICIPANTS...] [--releases N]

Prints one line a set; docs/privacy.md records them.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure" / "grouped"))

from attacked import attacked
from made_up_people import SETS, made_up_people, two_cuts
from told import told

from data_access.disclosure.check import faults
from data_access.disclosure.coarsen import protect_or_coarsen
from data_access.disclosure.increments import joined
from data_access.disclosure.model import TOTAL, of_tables, system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from, worlds_of
from data_access.disclosure.protection import Protection, Rule
from data_access.publishing.grouped_carried import with_carried
from data_access.publishing.grouped_waiting import tables_now
from data_access.reference.lattice import Lattice, lattice


def protected_once(participants: int, rules: Lattice) -> Protection:
    """Protect one release of a set."""
    return protect_or_coarsen(system(made_up_people(participants, SETS[participants]), rules), rule_of(rules))


def protected_twice(participants: int, rules: Lattice) -> Protection:
    """Protect a release of a set after three weeks, while it runs, and with it the one of its end."""
    before, after = two_cuts(participants, SETS[participants])
    running = of_tables(system(before, rules), tables_now(before, rules, 10, is_over=False, last=None))
    frames = proof_frames(protect_or_coarsen(running, rule_of(rules)), rules.version)
    last = earlier_system(frames, 1)
    now, carried = with_carried(after, last, rules, 10, rules.cut_now(is_over=True))
    bands = {family.name for family in rules.families if family.shows_band}
    whole = joined(last, now, carried=carried, without_counts=bands)
    return protect_or_coarsen(whole, rule_of(rules), worlds_of(frames))


def rule_of(rules: Lattice) -> Rule:
    """Give the rule as published releases keep it."""
    return Rule(10, rules.known_records, rules.widen_covers_up_to)


def figures(participants: int, releases: int) -> dict[str, object]:
    """Protect, check and attack one set."""
    rules = lattice()
    started = time.process_time()
    protection = (protected_once if releases == 1 else protected_twice)(participants, rules)
    protected = time.process_time()
    wrong = faults(proof_from(proof_frames(protection, rules.version)))
    checked = time.process_time()
    labels, is_increment = protection.system.labels, protection.system.is_increment
    cells = ((labels["table"] != TOTAL) & (labels["release"] == 0)).to_numpy() & ~is_increment
    found = attacked(*told(protection, rules), 10)
    return {
        "participants": participants,
        "releases": releases,
        "cells": int(cells.sum()),
        "small": int((protection.is_small & cells).sum()),
        "small growths": int((protection.is_small & is_increment).sum()),
        "hidden": f"{(protection.is_hidden & cells).sum() / cells.sum():.1%}",
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
    options.add_argument("--releases", type=int, choices=(1, 2), help="only one release, or two (both if left out)")
    chosen = options.parse_args()
    for size in chosen.participants:
        for releases in (1, 2) if chosen.releases is None else (chosen.releases,):
            print(figures(size, releases), flush=True)
