"""Middleware: headers on everything, a gate before what belongs to visits, static files packed once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.door import Door

# Answered by Streamlit to anyone, and of no use to readers: numbers about the process, another way into
# the app for programs, its way out of OpenID Connect (we keep visits ourselves). Its way in is open where
# an organisation's sign-in service is set up.
CLOSED: Final = (
    ("_stcore", "metrics"),
    ("_stcore", "script-health-check"),
    ("_stcore", "agent"),
    ("auth", "logout"),
)
OPENID: Final = (("auth", "login"), ("oauth2callback",))
FOR_VISITS: Final = (("media",), ("_stcore", "upload_file"))
PACKED: Final = ("text/", "application/javascript", "application/json", "application/wasm", "image/svg+xml")


class SecurityHeaders:
    """Puts the same headers on every answer, whoever gives it."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], base: str = "") -> None:
        self.app = app
        self.headers = dict(headers)
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if _starts(segments(scope, self.base), FOR_VISITS):
                    headers["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Gate:
    """Keeps closed routes closed, and files and uploads for browsers with a live visit."""

    def __init__(self, app: ASGIApp, door: Callable[[], Door], base: str = "", *, has_openid: bool = False) -> None:
        self.app = app
        self.door = door
        self.base = base
        self.closed = CLOSED if has_openid else (*CLOSED, *OPENID)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or refuse it."""
        if scope["type"] == "http":
            refusal = await self._refusal(scope)
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        path = segments(scope, self.base)
        if _starts(path, self.closed):
            return PlainTextResponse("Not found", status_code=404)
        if not _starts(path, FOR_VISITS):
            return None
        door = self.door()
        visit = await anyio.to_thread.run_sync(door.visit, cookie_of(scope, door.cookie))
        return PlainTextResponse("Sign in first", status_code=403) if visit is None else None


class PackedStatics:
    """Sends Streamlit's own scripts and styles gzipped: 2.5 MB instead of 7.4, each packed once a process."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base
        self._packed: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is packed, or pack what Streamlit answers."""
        if not self._wants_packed(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._packed:
            found = await self._fetch(scope)
            if found is None:
                await self.app(scope, receive, send)
                return
            self._packed[path] = found
        headers, body = self._packed[path]
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    def _wants_packed(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or segments(scope, self.base)[:1] != ("static",):
            return False
        headers = Headers(scope=scope)
        return "gzip" in headers.get("accept-encoding", "") and "range" not in headers

    async def _fetch(self, scope: Scope) -> tuple[list[tuple[bytes, bytes]], bytes] | None:
        """Read a whole file, also for a browser that has left: half a script would be kept and sent to everybody."""
        status, headers, parts = 0, MutableHeaders(), bytearray()

        async def keep(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], MutableHeaders(scope=message)
            elif message["type"] == "http.response.body":
                parts.extend(message.get("body", b""))

        plain = {**scope, "headers": [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]}
        await self.app(plain, _stays, keep)
        is_whole = headers.get("content-length", str(len(parts))) == str(len(parts))
        if not is_whole or status != 200 or not headers.get("content-type", "").startswith(PACKED):
            return None
        body = await anyio.to_thread.run_sync(gzip.compress, bytes(parts), 6)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        if "etag" in headers:
            del headers["etag"]
        return headers.raw, body


async def _stays() -> Message:
    """Receive nothing, not even that the browser has left."""
    await anyio.sleep_forever()
    raise AssertionError("unreachable")  # for the type alone: the line above does not return


def cookie_of(scope: Scope, name: str) -> str | None:
    """Give the value of a cookie of a request, if it was sent."""
    try:
        found = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None


def segments(scope: Scope, base: str) -> tuple[str, ...]:
    """Give the parts of the path below `server.baseUrlPath` (`base`), in lower case."""
    parts = tuple(part.lower() for part in scope["path"].split("/") if part)
    above = tuple(part.lower() for part in base.split("/") if part)
    return parts[len(above) :] if parts[: len(above)] == above else parts


def _starts(path: tuple[str, ...], prefixes: tuple[tuple[str, ...], ...]) -> bool:
    return any(path[: len(prefix)] == prefix for prefix in prefixes)
