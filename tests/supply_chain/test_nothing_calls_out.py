"""Import, publishing, every export and every page, with a guard on the sockets: nothing asks for another computer."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.catalogue import all_pages
from dashboard.exports import export, formats_of
from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from dashboard.web.door import door_of
from data_access.desk.engine import open_desk
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.store import open_release
from data_access.settings import Settings
from data_access.vault.engine import open_vault
from tests.erasure.conftest import FILES, KEY, NOON
from tests.roles.home import NOW, set_up
from tests.web.spoken import app_of, client_of, page_of, shown, signed_in

HERE = {"127.0.0.1", "::1", "localhost", "", None}


class CalledOut(AssertionError):
    """Something asked for another computer."""


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse and note every name that is looked up and every address that is connected to, but this machine's."""
    found: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guard(host: Any) -> None:
        if host not in HERE:
            found.append(str(host))
            raise CalledOut(str(host))

    def connecting(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            guard(address[0])
        connect(self, address)

    def looking_up(host: Any, *others: Any, **more: Any) -> Any:
        guard(host.decode() if isinstance(host, bytes) else host)
        return look_up(host, *others, **more)

    monkeypatch.setattr(socket.socket, "connect", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    return found


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("evil.invalid", 443)])
def test_the_guard_finds_a_call(called: list[str], address: tuple[str, int]):
    """The control: an address and a name, neither of which exists."""
    with pytest.raises(CalledOut):
        socket.create_connection(address, timeout=1)
    assert called == [address[0]]


def test_importing_and_publishing_call_nobody(called: list[str], tmp_path: Path):
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content)
    engine = open_vault(f"sqlite:///{tmp_path / 'vault.db'}")
    import_files(engine=engine, keys_folder=tmp_path / "keys", adapter="template", paths=[folder], conversation=KEY,
                 started_by="a test", now=NOON, progress=silent)  # fmt: skip
    made = publish(engine=engine, releases_folder=tmp_path / "releases", now=datetime.now(UTC), progress=silent)
    assert (made.number, called) == (1, [])


def test_exports_call_nobody(called: list[str], settings: Settings):
    set_up(settings)
    source = ReleaseAndPlan(open_release(settings.releases_folder), open_desk(settings.desk_url), NOW.date())
    result = answer("themes", source=source, selection=Selection("voices"))
    sizes = {medium.key: len(export(medium.key, [result])) for medium in formats_of(result)}
    assert {"csv", "xlsx", "ods", "png", "svg", "pptx", "pdf", "html", "pack"} <= set(sizes)
    assert (min(sizes.values()) > 0, called) == (True, [])


def test_pages_call_nobody(called: list[str], settings: Settings):
    set_up(settings)
    with app_of(settings) as app, client_of(app) as client:
        cookie = signed_in(door_of(settings), "leader")
        said = [shown(page_of(client, cookie, found.page.url)) for found in all_pages()]
    assert all(said)
    assert called == []
