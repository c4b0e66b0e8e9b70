"""Two grouped releases of the demonstration, half-way and final, attacked together.

    python tests/prove/two_grouped_releases.py HOME [--every N]

HOME is an installation that `lookforward demo` filled, and is added to: use a copy.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from data_access.attack.bounds import Intruder
from data_access.attack.equations import equations
from data_access.attack.findings import growth
from data_access.attack.published import published
from data_access.progress import silent
from data_access.publishing.proof_store import proof_of
from data_access.publishing.publish import publish
from data_access.settings import Settings
from data_access.vault.engine import open_vault

HALF_WAY, AFTER = datetime(2021, 2, 15, 9, tzinfo=UTC), datetime(2021, 6, 1, 9, tzinfo=UTC)
NAMES = ("table", "slice", "region", "icb", "staff_group", "participant_type")


def main(home: Path, every: int) -> None:
    """Publish twice, attack both together, print what was found."""
    settings = Settings(home=home, releases=home / "two-releases")
    engine = open_vault(settings.vault_url)
    numbers = []
    for moment in (HALF_WAY, AFTER):
        made = publish(
            engine=engine,
            releases_folder=settings.releases_folder,
            now=moment,
            progress=silent,
            grouped_proofs=home / "two-proofs",
        )
        numbers.append(made.number)
        print(made.number, dict(made.privacy), flush=True)
    held = published([settings.releases_folder / f"{number:04d}" for number in numbers])
    (conversation,) = {said.conversation for said in held.statements if said.where}
    own = [said for said in held.statements if said.conversation == conversation]
    truth = {}
    for time, number in enumerate(numbers):
        cells = proof_of(home / "two-proofs", number, conversation)["cells"]
        cells = cells.filter((pl.col("release") == 0) & ~pl.col("is_increment"))
        for *key, value, small in cells.select(*NAMES, "value", "is_small").rows():
            truth[(time, *key)] = (value, small)
    known = equations(own)
    intruder = Intruder(known)
    if not intruder.is_consistent:
        known = equations(own, covering=())
        intruder = Intruder(known)
    exact = narrow = 0
    for said, terms in known.hidden[::every]:
        where = dict(said.where)
        _, is_small = truth[(said.time, said.table, said.slice, *(where.get(name) for name in NAMES[2:]))]
        found = intruder.range_of(terms, 10)
        exact += found.least == found.most
        narrow += is_small and found.most is not None and found.most - found.least < 10
    print(
        {
            "attacked": len(known.hidden[::every]),
            "exact": exact,
            "small narrower than k": narrow,
            "growths by 1 to 9 shown": len(growth(own, 10)),
        }
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("home", type=Path)
    options.add_argument("--every", type=int, default=1)
    chosen = options.parse_args()
    main(chosen.home, chosen.every)
