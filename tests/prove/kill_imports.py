"""Kill imports at random instants, many times, and count what they left behind.

    python tests/prove/kill_imports.py --sqlite 1000 --postgres 200 [--seed 1] [--json]

Each time, a process imports a real conversation of 7,174 votes into a vault and is killed (SIGKILL) at an
instant drawn evenly from the time a whole import takes; on PostgreSQL the server's own process that serves
the import is killed instead, which brings the whole server down and up again. What is left must be nothing
of the import or all of it. Exit code 1 if anything else was seen.

Imports run in forks of this process, which has loaded everything and started no thread, so that the
instants fall into the import and not into the starting of Python.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from data_access.importing.run import import_files
from data_access.problems import UserProblem
from data_access.progress import silent
from data_access.vault.engine import open_vault

sys.path.insert(0, str(Path(__file__).parent))
from postgres_server import server, server_programs

BUNDLE = Path(__file__).parents[1] / "data" / "polis" / "scoop-hivemind.ubi"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = ("import_run", "import_ledger", "idea_version", "vote", "participant_version")
# Instants are drawn from a little more than a whole import takes, so that some fall after its end.
A_LITTLE_LONGER = 1.1
# A server that was killed is back within this time or not at all.
MOST_SECONDS_DOWN = 30.0


@dataclass
class Tally:
    """What was left after the kills. `told` counts imports that ended with a plain message of ours."""

    kills: int = 0
    nothing: int = 0
    everything: int = 0
    partial: int = 0
    damaged: int = 0
    told: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether every kill left nothing or everything, in an undamaged database."""
        return self.partial == self.damaged == 0 and self.nothing + self.everything == self.kills

    def add(self, found: tuple[int, ...], whole: tuple[int, ...], *, is_damaged: bool = False) -> None:
        """Count what one kill left, held against what a whole import leaves."""
        self.kills += 1
        self.damaged += is_damaged
        self.nothing += not any(found)
        self.everything += found == whole
        self.partial += any(found) and found != whole


def run_import(url: str, keys: Path, conversation: str) -> None:
    """Import the conversation into the vault at `url`."""
    import_files(
        engine=open_vault(url),
        keys_folder=keys,
        adapter="polis",
        paths=[BUNDLE],
        conversation=conversation,
        started_by="proof",
        now=NOON,
        progress=silent,
    )


def forked(work: Callable[[], None]) -> int:
    """Do work in a fork and give its process number; it exits with 0, or the code of our problem."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    except UserProblem as problem:
        code = problem.exit_code
    except BaseException as error:
        print(f"{type(error).__name__}: {error}"[:300], file=sys.stderr)
    finally:
        os._exit(code)


def waited(work: Callable[[], None]) -> float:
    """Do work in a fork to its end and give the seconds it took; raises if it failed."""
    began = time.monotonic()
    _, status = os.waitpid(forked(work), 0)
    if status:
        raise RuntimeError("the import that was to be left in peace failed")
    return time.monotonic() - began


def has_ended(process: int) -> bool:
    """Whether a fork has ended; it stays to be waited for."""
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


class Pace:
    """How long an import takes on this machine just now.

    Learnt by going along: an import that ended before its instant shortens it by a tenth, one that outlasted
    its whole share lengthens it by a fifth, so that about one kill in seven finds the import done.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def wait_for(self, process: int, chance: random.Random) -> None:
        """Wait until an instant of the import, or until it has ended."""
        began = time.monotonic()
        instant = chance.uniform(0, A_LITTLE_LONGER * self.seconds)
        while (passed := time.monotonic() - began) < instant:
            if has_ended(process):
                self.seconds *= 0.9
                return
            time.sleep(min(0.002, instant - passed))
        self.seconds *= 1 + 0.2 * (instant > self.seconds)


def kill_on_sqlite(times: int, chance: random.Random, folder: Path, tell: Callable[[int], None]) -> Tally:
    """Kill imports into SQLite vaults, a fresh vault each time."""
    empty, whole_home = folder / "empty.db", folder / "whole"
    whole_home.mkdir()
    waited(lambda: open_vault(f"sqlite:///{empty}").dispose())
    shutil.copy(empty, whole_home / "vault.db")
    pace = Pace(waited(lambda: run_import(f"sqlite:///{whole_home / 'vault.db'}", whole_home / "keys", "talk")))
    whole, _ = _sqlite_counts(whole_home / "vault.db")
    tally = Tally()
    for turn in range(times):
        home = folder / "home"
        home.mkdir()
        shutil.copy(empty, home / "vault.db")
        process = forked(lambda home=home: run_import(f"sqlite:///{home / 'vault.db'}", home / "keys", "talk"))
        pace.wait_for(process, chance)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        found, is_damaged = _sqlite_counts(home / "vault.db")
        tally.add(found, whole, is_damaged=is_damaged)
        shutil.rmtree(home)
        tell(turn + 1)
    return tally


def _sqlite_counts(vault: Path) -> tuple[tuple[int, ...], bool]:
    with closing(sqlite3.connect(vault)) as connection:
        is_damaged = connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        counts = tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)
    return counts, is_damaged


def kill_on_postgres(times: int, chance: random.Random, url: str, folder: Path, tell: Callable[[int], None]) -> Tally:
    """Kill the server's processes that serve imports; each import is a conversation of its own."""
    waited(lambda: open_vault(url).dispose())
    pace = Pace(waited(lambda: run_import(url, folder / "keys", "whole")))
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    whole = _postgres_counts(plain, "whole")
    tally = Tally()
    for turn in range(times):
        name = f"talk-{turn}"
        process = forked(lambda name=name: run_import(f"{url}?application_name={name}", folder / "keys", name))
        backend = _backend(plain, name, process)
        pace.wait_for(process, chance)
        if backend is not None:
            _kill_if_there(backend)
        _, status = os.waitpid(process, 0)
        tally.told += os.waitstatus_to_exitcode(status) == 8
        tally.add(_postgres_counts(plain, name), whole)
        tell(turn + 1)
    return tally


def _backend(url: str, name: str, process: int) -> int | None:
    """Give the number of the server's process that serves an import, None if the import is over already."""
    query = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
    deadline = time.monotonic() + MOST_SECONDS_DOWN
    with _connected(url) as connection:
        while time.monotonic() < deadline:
            row = connection.execute(query, [name]).fetchone()
            if row is not None:
                return int(row[0])
            if has_ended(process):
                return None
            time.sleep(0.005)
    raise RuntimeError("the import never reached the server")


def _kill_if_there(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _connected(url: str) -> psycopg.Connection:
    """Connect, as soon as the server is back."""
    deadline = time.monotonic() + MOST_SECONDS_DOWN
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _postgres_counts(url: str, conversation: str) -> tuple[int, ...]:
    """Count what a conversation has; asked again while the server is still going down."""
    deadline = time.monotonic() + MOST_SECONDS_DOWN
    while True:
        try:
            return _counted(url, conversation)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _counted(url: str, conversation: str) -> tuple[int, ...]:
    runs = "SELECT r.id FROM import_run r JOIN conversation c ON c.id = r.conversation_id WHERE c.key = %s"
    people = "SELECT p.id FROM participant p JOIN conversation c ON c.id = p.conversation_id WHERE c.key = %s"
    queries = (
        f"SELECT count(*) FROM import_run WHERE id IN ({runs})",
        *(f"SELECT count(*) FROM {table} WHERE import_id IN ({runs})" for table in TABLES[1:]),
        f"SELECT count(*) FROM participant WHERE id IN ({people})",
    )
    with _connected(url) as connection:
        return tuple(connection.execute(query, [conversation]).fetchone()[0] for query in queries)


def main() -> int:
    """Kill as often as asked and print what was left."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--sqlite", type=int, default=1000, help="kills of the importing process")
    words.add_argument("--postgres", type=int, default=200, help="kills of the server's process")
    words.add_argument("--url", help="an empty PostgreSQL database to use; else a server is started")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    chance, began = random.Random(asked.seed), time.monotonic()
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory(prefix="lookforward-kills-") as name:
        folder = Path(name)
        if asked.sqlite:
            tallies["SQLite"] = kill_on_sqlite(asked.sqlite, chance, folder, _teller("SQLite", asked.sqlite))
        if asked.postgres and (asked.url or (programs := server_programs())):
            if asked.url:
                tallies["PostgreSQL"] = _on_postgres(asked.postgres, chance, asked.url, folder)
            else:
                with server(programs) as url:
                    tallies["PostgreSQL"] = _on_postgres(asked.postgres, chance, url, folder)
    if asked.json:
        print(json.dumps({name: asdict(tally) for name, tally in tallies.items()}))
    else:
        _print(tallies, asked.seed, time.monotonic() - began)
    return 0 if all(tally.is_sound for tally in tallies.values()) else 1


def _on_postgres(times: int, chance: random.Random, url: str, folder: Path) -> Tally:
    return kill_on_postgres(times, chance, url, folder, _teller("PostgreSQL", times))


def _teller(name: str, times: int) -> Callable[[int], None]:
    def tell(turn: int) -> None:
        if turn % 50 == 0 or turn == times:
            print(f"{name}: {turn:,} of {times:,}", file=sys.stderr, flush=True)

    return tell


def _print(tallies: dict[str, Tally], seed: int, seconds: float) -> None:
    print(f"seed {seed}, {seconds:,.0f} seconds")
    for name, tally in tallies.items():
        print(f"{name}: " + ", ".join(f"{word} {count:,}" for word, count in asdict(tally).items()))


if __name__ == "__main__":
    sys.exit(main())
