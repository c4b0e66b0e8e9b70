"""Streamlit's websocket spoken by hand to the whole app in this process, and everything it says written out as text."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import streamlit as st
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from starlette.testclient import TestClient, WebSocketTestSession
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from dashboard.web.door import Door
from dashboard.web.options import file_options
from data_access.settings import Settings, load_settings
from tests import databases


@contextmanager
def installed(home: Path, set_up: Callable[[Settings], object]) -> Iterator[Settings]:
    """Set an installation up in a folder, and say so in the environment, where the app looks for it."""
    with pytest.MonkeyPatch.context() as patch:
        databases.set_home(patch, home)
        settings = load_settings()
        set_up(settings)
        yield settings


@contextmanager
def app_of(settings: Settings) -> Iterator[st.App]:
    """The app as it is served. Streamlit allows one runtime a process, so it is put away afterwards."""
    from dashboard import app as module  # it looks for an installation when it is imported

    config.get_config_options(force_reparse=True, options_from_flags=file_options())
    middleware, routes = module.guards(settings, "")
    yield st.App(
        Path(module.__file__),
        middleware=middleware,
        routes=routes,
        lifespan=module.alive,
        on_script_error=module.incident,
    )
    Runtime._instance = None


@contextmanager
def client_of(app: st.App) -> Iterator[TestClient]:
    """Start the app and give a browser for it."""
    with TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False) as client:
        yield client


def signed_in(door: Door, name: str) -> str:
    """Sign an account in; give its cookie's value."""
    user, _ = door.credentials(name)
    assert user is not None
    secret, _ = door.start(door.ticket(user, "/"), None) or ("", "")
    return secret


def message(kind: str, **fields: object) -> BackMsg:
    """Write what a browser may send; `widget` presses the button of that id."""
    said = BackMsg()
    if kind == "rerun_script":
        said.rerun_script.query_string = str(fields.get("query", ""))
        said.rerun_script.page_name = str(fields.get("page", ""))
        said.rerun_script.fragment_id = str(fields.get("fragment", ""))
        if "widget" in fields:
            said.rerun_script.widget_states.widgets.add(id=str(fields["widget"]), trigger_value=True)
    elif kind in ("file_urls_request", "backend_operation_request"):
        getattr(said, kind).request_id = "1"
    else:
        setattr(said, kind, True)
    return said


@contextmanager
def connected(client: TestClient, cookie: str = "", session: str = "") -> Iterator[WebSocketTestSession]:
    """Open a websocket with a visit's cookie and the id of an earlier session, if they are given."""
    headers = {"cookie": f"lookforward_visit={cookie}"} if cookie else {}
    protocols = ["streamlit", "token", session] if session else ["streamlit"]
    with client.websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream", subprotocols=protocols, headers=headers
    ) as socket:
        yield socket


def heard(socket: WebSocketTestSession, said: BackMsg, until: str = "script_finished") -> list[ForwardMsg]:
    """Send a message and give everything that comes until the script has run."""
    socket.send_bytes(said.SerializeToString())
    answers = []
    while not answers or answers[-1].WhichOneof("type") != until:
        answer = ForwardMsg()
        answer.ParseFromString(socket.receive_bytes())
        answers.append(answer)
    return answers


def run(socket: WebSocketTestSession, said: BackMsg) -> tuple[str, str]:
    """Send a message, wait until the script has run, give the session's id and everything that came."""
    answers = heard(socket, said)
    return session_of(answers), "\n".join(str(answer) for answer in answers)


def session_of(answers: list[ForwardMsg]) -> str:
    """Give the id of the session that answered."""
    started = [one for one in answers if one.WhichOneof("type") == "new_session"]
    return started[-1].new_session.initialize.session_id if started else ""


def page_of(client: TestClient, cookie: str, page: str, query: str = "") -> list[ForwardMsg]:
    """Open a page in a browser tab of its own."""
    with connected(client, cookie) as socket:
        return heard(socket, message("rerun_script", page=page, query=query))


def file_of(socket: WebSocketTestSession, session: str, file_id: str) -> str:
    """Ask for a file that is made when it is asked for; give its address, '' where it is refused."""
    asked = message("backend_operation_request")
    asked.backend_operation_request.session_id = session
    asked.backend_operation_request.deferred_file.file_id = file_id
    answer = heard(socket, asked, "backend_operation_response")[-1].backend_operation_response
    return str(answer.deferred_file.url)


def shown(answers: list[ForwardMsg]) -> str:
    """Write everything out that reaches the browser, ids of the session aside: texts, tables, packed numbers."""
    kept = [one for one in answers if one.WhichOneof("type") not in ("new_session", "session_event")]
    return "\n".join(_spelled(value) for one in kept for value in _values(one))


def parts(message: Message) -> Iterator[Message]:
    """Give a message and every message within it."""
    yield message
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            is_map = field.message_type.GetOptions().map_entry
            for one in value.values() if is_map else value if field.is_repeated else [value]:
                if isinstance(one, Message):
                    yield from parts(one)


def _values(message: Message) -> Iterator[object]:
    for one in parts(message):
        for field, value in one.ListFields():
            if field.type != FieldDescriptor.TYPE_MESSAGE and field.name not in ("deferred_file_id", "hash"):
                yield from value if field.is_repeated else [value]


def _spelled(value: object) -> str:
    if isinstance(value, bytes):
        frame = pl.read_ipc_stream(io.BytesIO(value))
        return "\n".join(str(row) for row in [frame.columns, *frame.rows()])
    text = str(value)
    return f"{text}\n{_unpacked(json.loads(text))}" if '"bdata"' in text else text


def _unpacked(value: object) -> str:
    """Write the packed arrays of a chart out as numbers."""
    if isinstance(value, dict) and {"dtype", "bdata"} <= set(value):
        return " ".join(map(str, np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).tolist()))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return " ".join(filter(None, map(_unpacked, inner)))
