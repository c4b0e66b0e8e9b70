"""Turn every Polis export of a folder round, import both, and say whether the copy was detected and the original not.

    python tests/prove/inverted_polis.py FOLDER [--json]

FOLDER holds one folder an export; those without votes.csv are named and passed over. Exit code 1 if a copy was not
detected, if anything was claimed of an original, or if a copy's votes differ from its original's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Engine, text

from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.vault.engine import open_vault
from tests.prove.inverted import ALL_FILES, inverted

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SUMS = (
    "SELECT count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = 0), "
    "count(*) FILTER (WHERE value = -1) FROM vote"
)


def brought(folder: Path, home: Path) -> tuple[ImportReport, tuple[int, ...]]:
    """Import an export into a vault of its own; give the report and how many agreed, passed and disagreed."""
    home.mkdir()
    engine: Engine = open_vault(f"sqlite:///{home / 'vault.db'}")
    report = import_files(
        engine=engine,
        keys_folder=home / "keys",
        adapter="polis",
        paths=[folder],
        conversation="one",
        started_by="a proof",
        now=NOON,
        progress=silent,
    )
    with engine.connect() as connection:
        counted = tuple(connection.execute(text(SUMS)).one())
    engine.dispose()
    return report, counted


def figures(folder: Path, work: Path) -> dict[str, object]:
    """Import an export and its copy turned round; give the evidence and whether all is as it should be."""
    original, votes = brought(folder, work / "original")
    copied = Path(shutil.copytree(folder, work / "copy"))
    inverted(copied, ALL_FILES)
    turned, same_votes = brought(copied, work / "turned")
    own, other = original.proof["facts"]["sign"], turned.proof["facts"]["sign"]
    claimed = any("way round" in notice for notice in original.notices)
    return {
        "export": folder.name,
        "votes": sum(votes),
        "own +1 : -1": f"{own['own_agree']} : {own['own_disagree']}",
        "copy's +1 : -1": f"{other['own_agree']} : {other['own_disagree']}",
        "rule": other["rule"],
        "is_sound": bool(other["is_inverted"] and not own["is_inverted"] and not claimed and votes == same_votes),
    }


def proved(folder: Path) -> list[dict[str, object]]:
    """Give the figures of every export of a folder that has votes."""
    found = []
    for export in sorted(path for path in folder.iterdir() if path.is_dir()):
        if not (export / "votes.csv").exists():
            print(f"{export.name}: no votes.csv, passed over", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as work:
            found.append(figures(export, Path(work)))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    told = proved(wanted.folder)
    print(json.dumps(told, indent=1) if wanted.json else "\n".join(str(line) for line in told))
    sys.exit(0 if told and all(line["is_sound"] for line in told) else 1)
