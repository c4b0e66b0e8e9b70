"""The whole product where there is no network but loopback: dashboard, worker and the children they start.

python tests/supply_chain/alone.py HOME PORT

The process leaves the machine's network before it starts anything, so whatever it starts is without one too, however
it calls. The kernel counts what found no way out and every question to a name server that is not there.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))
from dashboard.catalogue import all_pages
from data_access.desk import jobs
from data_access.desk.engine import open_desk, reading
from data_access.desk.jobs import JobState
from data_access.desk.users import add_user
from data_access.tray.inbox import receive
from data_access.vocabulary import Role
from tests.stock_streamlit.conftest import visit_of
from tests.stock_streamlit.spoken import fetched, talking
from tests.worker.conftest import talk

NO_NAMESPACE: Final = 77
NEW_USER, NEW_NET = 0x10000000, 0x40000000
SET_FLAGS, UP = 0x8914, 0x1
STRANGER: Final = ("192.0.2.1", 9)
TOKEN: Final = "0123456789abcdef0123456789abcdef"
WAITS_SECONDS: Final = 900


def leave_the_network() -> None:
    """Enter a network of one's own, which has nothing in it, and switch its loopback on; `OSError` where forbidden."""
    system, user, group = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    if system.unshare(NEW_NET) != 0:
        if system.unshare(NEW_USER | NEW_NET) != 0:
            raise OSError(ctypes.get_errno(), "no namespaces here")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP))


def calls() -> int:
    """Count what found no way out (IPv4 and 6), and datagrams to ports of this machine nobody listens on (DNS)."""
    found = 0
    lines = Path("/proc/net/snmp").read_text().splitlines()
    for names, numbers in zip(lines[::2], lines[1::2], strict=True):
        counted = dict(zip(names.split(), numbers.split(), strict=True))
        found += int(counted.get("OutNoRoutes", 0)) + (int(counted["NoPorts"]) if names.startswith("Udp:") else 0)
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return found + int(six.get("Ip6OutNoRoutes", 0)) + int(six.get("Udp6NoPorts", 0))


def is_a_call_counted() -> bool:
    """The control: an address, from a child that ignores its environment as the readers of files do."""
    before = calls()
    script = f"import socket; socket.create_connection({STRANGER!r}, 2)"
    subprocess.run([sys.executable, "-I", "-c", script], check=False, capture_output=True)
    return calls() > before


@contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """Start dashboard and worker as they are started."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LOOKFORWARD_", "STREAMLIT_"))}
    own["LOOKFORWARD_HOME"] = str(home)
    with (home / "serve.log").open("w") as log:
        command = [str(Path(sys.executable).with_name("lookforward")), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=own, stdout=log, stderr=log, cwd=home)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=WAITS_SECONDS)


def main() -> int:
    """Import, publish and open every page; print what was done and how often anything called out."""
    home, port = Path(sys.argv[1]), int(sys.argv[2])
    try:
        leave_the_network()
    except OSError as problem:
        print(errno.errorcode.get(problem.errno or 0, "?"))
        return NO_NAMESPACE
    is_counted = is_a_call_counted()
    before = calls()
    desk = open_desk(f"sqlite:///{home / 'desk.db'}")
    now = datetime.now(UTC)
    with desk.begin() as connection:
        for role in (Role.ANALYST, Role.AUDITOR):
            add_user(connection, name=role, password="seven quiet elements", role=role, now=now, cost=4)
        receive(home, TOKEN, [(name, BytesIO(text.encode())) for name, text in talk(12).items()])
        told = {"token": TOKEN, "conversation": "voices"}
        jobs.ask(connection, kind="commit import", arguments=told, asked_by="analyst", now=now)
    with served(home, port) as address:
        wait(lambda: fetched(address, "/healthz")[0] == 200)
        wait(lambda: states(desk) == [JobState.DONE] * 2)
        with talking(address, f"lookforward_visit={visit_of(desk, 'auditor')}") as tab:
            said = {found.page.url: len(tab.run(page=found.page.url).text) for found in all_pages()}
    print(json.dumps({"is_counted": is_counted, "calls": calls() - before, "pages": said, "jobs": len(states(desk))}))
    return 0


def states(desk) -> list[JobState]:
    with reading(desk) as connection:
        return [one.state for one in jobs.newest(connection)]


def wait(is_so) -> None:
    ends = time.monotonic() + WAITS_SECONDS
    while time.monotonic() < ends:
        with suppress(OSError):
            if is_so():
                return
        time.sleep(0.2)
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main())
