"""A browser reduced to what an attacker needs: HTTP with any cookie, and Streamlit's websocket spoken by hand."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

WAITS_SECONDS: Final = 60


@dataclass
class Heard:
    """What a server said until its script had run: every message as text, and the elements by their ids."""

    session: str = ""
    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that reached the browser."""
        return "\n".join(str(message) for message in self.messages)

    def widget(self, label: str) -> str:
        """Give the id of the widget with a label."""
        found = re.search(rf'id: "([^"]+)"\s+label: "{re.escape(label)}"', self.text)
        assert found, f"no widget '{label}'"
        return found.group(1)


@dataclass
class Talk:
    """One open websocket."""

    socket: ClientConnection

    def send(self, message: BackMsg) -> None:
        """Send a message and wait for nothing."""
        self.socket.send(message.SerializeToString())

    def receive(self) -> ForwardMsg:
        """Wait for one message."""
        said = self.socket.recv(timeout=WAITS_SECONDS)
        assert isinstance(said, bytes)
        message = ForwardMsg()
        message.ParseFromString(said)
        return message

    def run(self, *, page: str = "", query: str = "", widgets: dict[str, object] | None = None) -> Heard:
        """Have the script run, with widgets as they would be after clicks, and hear everything it says."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        for key, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=key)
            setattr(state, "trigger_value" if value is True else "string_value", value)
        self.send(message)
        heard = Heard()
        while True:
            said = self.receive()
            heard.messages.append(said)
            if said.WhichOneof("type") == "new_session":
                heard.session = said.new_session.initialize.session_id
            if said.WhichOneof("type") == "script_finished":
                return heard

    def file(self, file_id: str, session: str) -> str:
        """Ask for a file that is made when it is asked for; give its path on the server."""
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = session
        message.backend_operation_request.deferred_file.file_id = file_id
        self.send(message)
        while True:
            said = self.receive()
            if said.WhichOneof("type") == "backend_operation_response":
                answer = said.backend_operation_response
                assert not answer.error_msg, answer.error_msg
                return str(answer.deferred_file.url)


@contextmanager
def talking(address: str, cookie: str = "", *, session: str = "", origin: str = "") -> Iterator[Talk]:
    """Open a websocket, with a cookie, an earlier session's id and an origin if they are given."""
    protocols = ["streamlit", "token", session] if session else ["streamlit"]
    with connect(
        address.replace("http://", "ws://") + "/_stcore/stream",
        subprotocols=protocols,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else None,
        origin=origin or None,  # type: ignore[arg-type]
        max_size=None,
        proxy=None,
    ) as socket:
        yield Talk(socket)


def is_refused(address: str, *, origin: str) -> bool:
    """Say whether a websocket from another site's page is refused."""
    try:
        with talking(address, origin=origin):
            return False
    except (InvalidStatus, ConnectionClosed):
        return True


def fetched(address: str, path: str, cookie: str = "") -> tuple[int, dict[str, str], bytes]:
    """Ask for a path: status, headers in lower case, body."""
    asked = urllib.request.Request(f"{address}{path}", headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked, timeout=WAITS_SECONDS) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()
