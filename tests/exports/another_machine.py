"""Write files as another machine would and print their hashes; run as a program of its own by `test_same_bytes`.

    python another_machine.py HOME SECONDS

The clock of the process stands SECONDS away from the machine's for whatever asks Python for the time.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

KEYS = ("vote_balance", "themes")


def main(home: Path, seconds: float) -> None:
    """Print the SHA-256 of every format of two cards."""
    now = time.time
    time.time = lambda: now() + seconds

    from dashboard.exports import FORMATS, export
    from dashboard.filters import Selection
    from dashboard.results import answer
    from dashboard.sources import ReleaseAndPlan
    from data_access.desk.engine import open_desk
    from data_access.releases.store import open_release

    release = open_release(home / "releases")
    source = ReleaseAndPlan(release, open_desk(f"sqlite:///{home / 'desk.db'}"), date(2026, 11, 20))
    selection = Selection(str(release.conversations["conversation"][0]))
    results = [answer(key, source=source, selection=selection) for key in KEYS]
    made = {one.key: export(one.key, results[:1] if one.is_picture else results) for one in FORMATS}
    print(json.dumps({key: sha256(content).hexdigest() for key, content in made.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
