"""One chain, several processes: the dashboard, its worker and commands add to it at once, while somebody checks it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from data_access.desk import audit
from data_access.desk.engine import open_desk, reading

ROOT = Path(__file__).parents[2]
WRITERS, LINES = 3, 30
WRITER = """
import sys
from datetime import UTC, datetime
from data_access.desk import audit
from data_access.desk.engine import open_desk
desk = open_desk(sys.argv[1])
for at in range(int(sys.argv[3])):
    with desk.begin() as connection:
        audit.record(connection, who=sys.argv[2], what=f"line {at}", scope="", release=None, now=datetime.now(UTC))
"""


def test_processes_that_write_at_once_make_one_chain_that_fits_at_every_moment(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    desk = open_desk(url)
    commands = [[sys.executable, "-c", WRITER, url, f"writer {at}", str(LINES)] for at in range(WRITERS)]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    checked = []
    while any(one.poll() is None for one in running):
        with reading(desk) as connection:
            checked.append(audit.verify_chain(connection))
        time.sleep(0.05)
    assert [one.returncode for one in running] == [0] * WRITERS
    assert checked == sorted(checked)
    with reading(desk) as connection:
        assert audit.verify_chain(connection) == WRITERS * LINES
        told = [(one.who, one.what) for one in reversed(audit.entries(connection))]
    for at in range(WRITERS):
        assert [what for who, what in told if who == f"writer {at}"] == [f"line {line}" for line in range(LINES)]
    desk.dispose()
