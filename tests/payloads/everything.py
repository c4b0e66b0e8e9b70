"""Everything a browser can be sent: every page for every role and selection, and every file they offer.

    python tests/payloads/everything.py HOME OUT [--whole]

Without `--whole` a choice: every page for every role with one selection each, taking turns, and for a leader every page
of every conversation with nothing chosen too. With it every selection for every page and role, for leaders with every
value of every filter.

Runs the app as it is served, speaks its websocket as a browser does, and writes what came as text, one file a run:
`OUT/<role>/<page>--<selection>.txt`, and files offered for download under `OUT/<role>/files/`, unzipped. Tables in
Arrow and numbers packed into charts are written out; what differs from run to run (ids and tokens) is a dot.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

PASSWORD = "seven quiet elements"
CHANGING = re.compile(r"\b[0-9a-f]{32,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
MEDIA = re.compile(r"/media/[\w.-]+")


def main(home: Path, out: Path, *, is_whole: bool) -> None:
    """Render everything of an installation."""
    os.environ["LOOKFORWARD_HOME"] = str(home)
    from starlette.testclient import TestClient
    from streamlit import App, config

    from dashboard import app as module
    from dashboard.catalogue import all_pages
    from dashboard.web.door import door_of
    from dashboard.web.options import file_options
    from data_access.desk.users import add_user
    from data_access.problems import BadSelection
    from data_access.settings import load_settings
    from data_access.vocabulary import Role

    settings = load_settings()
    door = door_of(settings)
    people = {role: ("London", "Midlands") if role is Role.HR else () for role in Role}
    for role, regions in people.items():
        with suppress(BadSelection), door.engine.begin() as connection:  # there already
            add_user(
                connection, name=f"reader-{role}", password=PASSWORD, role=role, regions=regions,
                now=datetime.now(UTC), cost=4,
            )  # fmt: skip
    config.get_config_options(force_reparse=True, options_from_flags=file_options())
    middleware, routes = module.guards(settings, "")
    app = App(Path(module.__file__), middleware=middleware, routes=routes, lifespan=module.alive,
              on_script_error=module.incident)  # fmt: skip
    with TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False) as client:
        plain, more = (selections(settings.releases_folder, is_every=is_every) for is_every in (False, is_whole))
        bare = [query for query in plain if "&" not in query]
        for turn, role in enumerate(people):
            user, _ = door.credentials(f"reader-{role}")
            assert user is not None
            secret, _ = door.start(door.ticket(user, "/"), None) or ("", "")
            reader = Reader(client, secret, out / role.value, is_whole=is_whole)
            is_leader = role is Role.LEADER  # the others see what a leader sees, or less
            for place, found in enumerate(all_pages()):
                own = plain[(place + turn) % len(plain)]
                some = dict.fromkeys([*bare, own] if is_leader else [own])
                for query in (more if is_leader else plain) if is_whole else some:
                    reader.read(found.page.url, query)


def selections(releases: Path, *, is_every: bool) -> list[str]:
    """Give links of every conversation: nothing chosen, one value of each filter or every one, two regions at once."""
    from data_access.releases.store import current_number, open_release
    from data_access.vocabulary import ELEMENTS, slug

    release = open_release(releases, current_number(releases))
    answer = []
    for (key,) in release.table("conversations").select("conversation").rows():
        weeks = sorted(day.isoformat() for day in release.table("region_by_week", key)["week"].unique())
        last = [] if not weeks else [f"from={weeks[0]}&to={pl.Series(weeks[:1]).str.to_date().dt.offset_by('6d')[0]}"]
        offered = {
            "element": [slug(name) for name in ELEMENTS],
            "region": [slug(name) for name in release.table("region", key)["region"].sort()],
            "icb": [slug(code) for code in release.table("icb", key)["icb"].unique().sort() if code != "Not stated"],
            "staff-group": [slug(name) for name in release.table("staff_group", key)["staff_group"].sort()],
        }
        chosen = [f"{name}={value}" for name, values in offered.items() for value in values[: None if is_every else 1]]
        regions = offered["region"]
        both = [f"region={regions[0]},{regions[-1]}&element={offered['element'][0]}"] if regions else []
        answer += [f"conversation={slug(key)}" + (f"&{part}" if part else "") for part in ("", *chosen, *last, *both)]
    return answer


class Reader:
    """One signed-in browser that notes everything it is sent."""

    def __init__(self, client: object, cookie: str, folder: Path, *, is_whole: bool) -> None:
        self.client, self.cookie, self.folder = client, cookie, folder
        self.taken: set[tuple[str, str, str]] = set()
        # All other media at once, pictures drawn too, which takes seconds: one of each unless all is asked for.
        self.packs = () if is_whole else ("Download PACK", "All formats (ZIP)")
        (folder / "files").mkdir(parents=True, exist_ok=True)

    def read(self, page: str, query: str) -> None:
        """Open a page in a visit of its own and take the files it offers, each once."""
        from streamlit.proto.BackMsg_pb2 import BackMsg

        with self.client.websocket_connect(  # type: ignore[attr-defined]
            "ws://127.0.0.1:8501/_stcore/stream",
            subprotocols=["streamlit"],
            headers={"cookie": f"lookforward_visit={self.cookie}"},
        ) as socket:
            asked = BackMsg()
            asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
            messages = list(_until(socket, asked, "script_finished"))
            text = "\n".join(line for one in messages for line in lines(one))
            name = re.sub(r"[^\w=,-]+", "_", f"{page}--{query}")[:150]
            (self.folder / f"{name}.txt").write_text(CHANGING.sub("·", text))
            session = next(
                one.new_session.initialize.session_id for one in messages if one.WhichOneof("type") == "new_session"
            )
            for label, offered in dict.fromkeys(pair for one in messages for pair in files_offered(one)):
                once = (label, "" if label in self.packs else page, query.split("&", maxsplit=1)[0])
                if once not in self.taken and self.wants(label):
                    self.taken.add(once)
                    self._take(socket, session, f"{name}--{label}", offered)
            for url in sorted(set(MEDIA.findall(text))):
                self._note(f"{name}--media", self._fetched(url))

    def wants(self, label: str) -> bool:
        """Take every medium as a leader, tables alone as others: they are the same files.

        Pixels hold no text, and a PDF holds outlines of letters, of the page that is taken as HTML.
        """
        is_leader = self.folder.name == "leader"
        return label in ("Download CSV", "Download XLSX") or (
            is_leader and label not in ("Download PNG", "Download PDF", "PDF")
        )

    def _take(self, socket: object, session: str, key: str, offered: str) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        asked.backend_operation_request.request_id = "1"
        asked.backend_operation_request.session_id = session
        asked.backend_operation_request.deferred_file.file_id = offered
        (*_, answer) = _until(socket, asked, "backend_operation_response")
        url = answer.backend_operation_response.deferred_file.url
        self._note(key, self._fetched(url) if url else str(answer).encode())

    def _fetched(self, url: str) -> bytes:
        answer = self.client.get(url, headers={"cookie": f"lookforward_visit={self.cookie}"})  # type: ignore[attr-defined]
        return bytes(answer.content)

    def _note(self, name: str, content: bytes) -> None:
        plain = re.sub(r"[^\w=,-]+", "_", name)[:180]
        for at, part in enumerate(unzipped(content)):
            (self.folder / "files" / f"{plain}--{at}").write_bytes(part)


def _until(socket: object, asked: Message, kind: str) -> Iterator[Message]:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    socket.send_bytes(asked.SerializeToString())  # type: ignore[attr-defined]
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(socket.receive_bytes())  # type: ignore[attr-defined]
        yield answer
        if answer.WhichOneof("type") == kind:
            return


def files_offered(message: Message) -> list[tuple[str, str]]:
    """Give label and id of every file that a message offers, in the order of the page: ids differ from run to run."""
    return [
        (one.label, one.deferred_file_id)  # type: ignore[attr-defined]
        for one in _messages(message)
        if one.DESCRIPTOR.name == "DownloadButton" and one.deferred_file_id  # type: ignore[attr-defined]
    ]


def _messages(message: Message) -> Iterator[Message]:
    yield message
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            values = value.values() if _is_map(field) else value if field.is_repeated else [value]
            for one in values:
                if isinstance(one, Message):
                    yield from _messages(one)


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def lines(message: Message) -> Iterator[str]:
    """Write a message out: every text and number, tables and packed numbers as people would read them."""
    if message.DESCRIPTOR.name == "ForwardMsg" and message.WhichOneof("type") in ("new_session", "session_event"):
        return  # ids of this very visit
    for one in _messages(message):
        for field, value in one.ListFields():
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                continue
            for each in value if field.is_repeated else [value]:
                if field.name not in ("deferred_file_id", "hash", "request_id"):
                    yield f"{one.DESCRIPTOR.name}.{field.name}: {_spelled(each)}"


def _spelled(value: object) -> str:
    if isinstance(value, bytes):
        return _table(value)
    text = str(value)
    return f"{text}\n{_numbers(text)}" if '"bdata"' in text else text


def _table(content: bytes) -> str:
    try:
        frame = pl.read_ipc_stream(io.BytesIO(content))
    except Exception:
        return repr(content)
    return "\n".join(str(row) for row in [frame.columns, *frame.rows()])


def _numbers(text: str) -> str:
    """Unpack the arrays of a chart."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            if {"dtype", "bdata"} <= set(value):
                packed = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
                found.append(" ".join(str(number) for number in packed.tolist()))
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(json.loads(text))
    return "\n".join(found)


def unzipped(content: bytes, depth: int = 3) -> list[bytes]:
    """Give a file, or the files in it if it is an archive, archives within it too."""
    if depth == 0 or not zipfile.is_zipfile(io.BytesIO(content)):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(archive.namelist())
        return [
            "\n".join(names).encode(),
            *(part for name in names for part in unzipped(archive.read(name), depth - 1)),
        ]


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    options = argparse.ArgumentParser()
    options.add_argument("home", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--whole", action="store_true")
    return options.parse_args(given)


if __name__ == "__main__":
    chosen = _arguments(sys.argv[1:])
    main(chosen.home, chosen.out, is_whole=chosen.whole)
