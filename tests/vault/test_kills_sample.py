"""A sample of `make prove`: killed imports leave nothing or everything (F01)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROVE = Path(__file__).parents[1] / "prove" / "kill_imports.py"


def tally(*words: str) -> dict[str, dict[str, int]]:
    finished = subprocess.run(
        [sys.executable, PROVE, "--seed", "7", "--json", *words], check=True, capture_output=True, text=True
    )
    answer: dict[str, dict[str, int]] = json.loads(finished.stdout)
    return answer


def test_imports_killed_at_random_instants_left_nothing_or_everything():
    found = tally("--sqlite", "12", "--postgres", "0")["SQLite"]
    assert found["kills"] == found["nothing"] + found["everything"] == 12
    assert (found["partial"], found["damaged"]) == (0, 0)


@pytest.mark.postgres
def test_imports_whose_server_was_killed_left_nothing_or_everything_and_said_so(postgres: str):
    """A server process killed takes the server down; the import ends with a plain message, not a traceback."""
    found = tally("--sqlite", "0", "--postgres", "6")["PostgreSQL"]
    assert found["kills"] == found["nothing"] + found["everything"] == 6
    assert (found["partial"], found["damaged"]) == (0, 0)
    assert found["told"] >= found["nothing"]
