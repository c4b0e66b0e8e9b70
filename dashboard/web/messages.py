"""What a browser may say over the websocket: an allow-list, and nothing on behalf of a visit that has ended.

Streamlit trusts every message of a session. Three of them must not be trusted: 'clear the caches', which
anybody could send; the id of an earlier session, which is all it takes to continue somebody else's; and
clicks of a visit that has ended meanwhile, whose callbacks and fragments would run before the entry script
looks at the visit again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import anyio
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.web.door import Door
from dashboard.web.middleware import cookie_of
from data_access.desk.visits import visit_key

ALLOWED: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
ALLOWED_TO_VISITS: Final = ALLOWED | {"file_urls_request", "backend_operation_request"}
OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})
_PROTOCOL: Final = b"sec-websocket-protocol"


class Messages:
    """Holds every websocket to the rules of this module."""

    def __init__(self, app: ASGIApp, door: Callable[[], Door]) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, with its session id and its messages checked."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        door = self.door()
        secret = cookie_of(scope, door.cookie)

        async def receive_checked() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or message.get("bytes") is None:
                    return message
                is_use = not is_by_itself(message["bytes"])
                is_live = await anyio.to_thread.run_sync(partial(_is_live, door, secret, is_use=is_use))
                checked = checked_message(message["bytes"], has_cookie=secret is not None, is_live=is_live)
                if checked is not None:
                    return {**message, "bytes": checked}

        await self.app(own_session(scope, door, secret), receive_checked, send)


def own_session(scope: Scope, door: Door, secret: str | None) -> Scope:
    """Take the earlier session's id out of a connection unless this very visit opened it."""
    headers = [
        (name, _own_protocols(value, door, secret) if name.lower() == _PROTOCOL else value)
        for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def checked_message(data: bytes, *, has_cookie: bool, is_live: bool) -> bytes | None:
    """Give a message as it may go on; nothing if it may not.

    A click of a visit that has ended becomes a plain 'run the script', which shows the sign-in. Without a
    cookie there is only the sign-in form to fill in.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return data  # Streamlit closes the connection over it
    kind = message.WhichOneof("type")
    if kind not in (ALLOWED_TO_VISITS if is_live else ALLOWED):
        return None
    if kind == "backend_operation_request":
        return data if message.backend_operation_request.WhichOneof("payload") in OPERATIONS else None
    if kind == "rerun_script" and not is_live:
        message.rerun_script.fragment_id = ""
        if has_cookie:
            message.rerun_script.ClearField("widget_states")
        return bytes(message.SerializeToString())
    return data


def is_by_itself(data: bytes) -> bool:
    """Whether a page asks without its reader, to look for newer data: that must not keep a visit open."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    return message.WhichOneof("type") == "rerun_script" and message.rerun_script.is_auto_rerun


def _own_protocols(value: bytes, door: Door, secret: str | None) -> bytes:
    """Streamlit's third 'protocol' is the session to continue."""
    entries = [entry.strip() for entry in value.decode("latin-1").split(",")]
    is_own = secret is not None and len(entries) > 2 and door.owners.owns(entries[2], visit_key(secret))
    return value if is_own else ", ".join(entries[:2]).encode("latin-1")


def _is_live(door: Door, secret: str | None, *, is_use: bool) -> bool:
    return secret is not None and door.visit(secret, is_use=is_use) is not None
