"""An import that is killed leaves nothing half-written (F01)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.importing.run import list_imports
from tests import databases

# Imports and says on standard output where it is, so that it can be stopped in the middle of a step.
_IMPORT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from data_access.importing.run import import_files
from data_access.vault.engine import open_vault

url, home, bundle = sys.argv[1], *map(Path, sys.argv[2:])
import_files(
    engine=open_vault(url), keys_folder=home / "keys", adapter="polis", paths=[bundle],
    conversation=None, started_by="a test", now=datetime.now(UTC),
    progress=lambda step, done, total: print(step, done, flush=True),
)
"""


def killable(vault: Engine, tmp_path: Path, polis_data: Path) -> list[str]:
    """Give the command that imports a conversation of 49,996 votes and tells its steps."""
    folders = (str(tmp_path / "home"), str(polis_data / "vtaiwan.uberx"))
    return [sys.executable, "-c", _IMPORT, databases.address(vault), *folders]


@pytest.mark.parametrize(
    "moment",
    [
        "Reading and checking 1",
        "Storing idea version 197",
        "Storing vote 5000",
        "Storing vote 30000",
        "Storing vote 49996",
    ],
)
def test_an_import_killed_at_any_step_left_nothing(*, moment: str, vault, contents, tmp_path: Path, polis_data: Path):
    command = killable(vault, tmp_path, polis_data)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        assert any(line.strip() == moment for line in importing.stdout)
        importing.kill()
    assert importing.returncode == -9
    assert databases.is_sound(vault)
    assert {table: len(there) for table, there in contents().items()} == dict.fromkeys(contents(), 0)
    assert list_imports(vault) == ()


def test_after_a_kill_the_same_import_goes_through(vault, bring, rows, tmp_path: Path, polis_data: Path):
    """The key file may have been kept already: it is used, not refused."""
    command = killable(vault, tmp_path, polis_data)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        assert any(line.startswith("Storing vote") for line in importing.stdout)
        importing.kill()
    # A server's numbers go on after a rollback; there is one import all the same.
    number = bring("polis", polis_data / "vtaiwan.uberx").number
    assert rows("SELECT id FROM import_run") == [(number,)]
    assert number == 1 or databases.IS_ON_SERVER
    assert rows("SELECT count(*) FROM vote") == [(49_996,)]
