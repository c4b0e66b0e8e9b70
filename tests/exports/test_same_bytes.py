"""The same release and selection give the same bytes, wherever and whenever the files are made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import matplotlib as mpl
import pytest

from dashboard.exports import FORMATS
from tests.exports import another_machine

ROOT = Path(__file__).parents[2]
# Everything a file could pick up from the machine it is made on.
HERE = {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "USER": "ann"}
THERE = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "LANG": "de_DE.UTF-8", "USER": "bob"}
YEAR = 365 * 86_400


def hashes(home: Path, place: dict[str, str], folder: Path, umask: int, seconds: float) -> dict[str, str]:
    """Run the program in a folder of its own, with nothing of this process but where the letters are kept."""
    folder.mkdir()
    told = {"HOME": str(folder), "LOGNAME": place["USER"], "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, another_machine.__file__, str(home), str(seconds)],
        env={**told, **place, "MPLCONFIGDIR": mpl.get_configdir()},
        cwd=folder,
        umask=umask,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(ran.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def made(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The hashes of two runs with everything changed, the second at another second and in another year."""
    base = tmp_path_factory.mktemp("machines")
    here = hashes(demo_home, HERE, base / "here", 0o022, 0)
    time.sleep(2.1)  # archives tell time in steps of two seconds
    return here, hashes(demo_home, THERE, base / "there", 0o077, YEAR)


@pytest.mark.parametrize("key", [medium.key for medium in FORMATS])
def test_two_machines_write_the_same_bytes(made: tuple[dict[str, str], dict[str, str]], key: str):
    here, there = made
    assert here[key] == there[key]
