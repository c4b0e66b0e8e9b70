"""Two grouped releases of the demonstration, half-way and final, attacked together.

    python tests/prove/two_grouped_releases.py [HOME] [--whole]

HOME is an installation that `lookforward demo` filled, and is added to: use a copy. Without one it is made first.
`--whole` cuts every table half-way too, as if the conversation had ended then: what the wait of small groups saves.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure" / "grouped"))

from attacked import attacked
from told import truth_of

from dashboard.cli._demo_home import make_demo
from data_access.attack.published import published
from data_access.demo.write import USUAL_SEED
from data_access.progress import silent
from data_access.publishing.proof_store import proof_of
from data_access.publishing.publish import publish
from data_access.settings import Settings
from data_access.vault.engine import open_vault

DEMO = "look-forward-demo"
HALF_WAY, AFTER = datetime(2021, 2, 15, 9, tzinfo=UTC), datetime(2021, 6, 1, 9, tzinfo=UTC)


def main(home: Path, *, is_whole: bool = False) -> None:
    """Publish twice, attack both together, print what was found."""
    settings = Settings(home=home, releases=home / "two-releases")
    engine = open_vault(settings.vault_url)
    numbers = []
    for moment in (HALF_WAY, AFTER):
        started = process_time()
        made = publish(
            engine=engine,
            releases_folder=settings.releases_folder,
            now=moment,
            progress=silent,
            grouped_proofs=home / "two-proofs",
            ending=frozenset({DEMO}) if is_whole else frozenset(),
        )
        numbers.append(made.number)
        print(made.number, dict(made.privacy), {"processor s": round(process_time() - started)}, flush=True)
    held = published([settings.releases_folder / f"{number:04d}" for number in numbers])
    (conversation,) = {said.conversation for said in held.statements if said.where}
    own = [said for said in held.statements if said.conversation == conversation]
    truth = {}
    for time, number in enumerate(numbers):
        truth |= truth_of(proof_of(home / "two-proofs", number, conversation), own, time)
    for nobody_leaves in (False, True):
        started = process_time()
        figures = attacked(own, truth, 10, nobody_leaves=nobody_leaves)
        print({"nobody leaves": nobody_leaves, **figures, "attack s": round(process_time() - started)}, flush=True)


def made_home(home: Path) -> Path:
    """Make the demonstration in a folder."""
    settings = Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None)
    make_demo(settings, folder=home / "demo", seed=USUAL_SEED, is_added=False, now=datetime.now(UTC), progress=silent)
    return home


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("home", type=Path, nargs="?")
    options.add_argument("--whole", action="store_true")
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        main(chosen.home or made_home(Path(folder)), is_whole=chosen.whole)
