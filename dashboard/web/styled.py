"""Middleware: the dashboard's rules of style within the document, there before anything is drawn."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The last place of the document: rules of equal weight that Streamlit adds to its head must not win.
_BEFORE: Final = b"</body>"


class StyledDocument:
    """Adds a style sheet to the end of every page that Streamlit sends.

    Sent with the page's own elements it arrives after the first of them, and what it moves jumps. The rules change
    with our version and Streamlit's marks of what a browser holds do not, so those are left out.
    """

    def __init__(self, app: ASGIApp, rules: str) -> None:
        self.app = app
        self.sheet = f"<style>{rules}</style>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the sheet added to a document, and with anything else as it is."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        started: Message | None = None
        parts = bytearray()

        async def send_styled(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start" and _is_document(message):
                started = message
            elif started is None or message["type"] != "http.response.body":
                await send(message)
            else:
                parts.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    body = bytes(parts).replace(_BEFORE, self.sheet + _BEFORE, 1)
                    await send(_of_length(started, len(body)))
                    await send({"type": "http.response.body", "body": body})

        await self.app(_asked_anew(scope), receive, send_styled)


def _is_document(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _of_length(message: Message, length: int) -> Message:
    headers = MutableHeaders(scope=message)
    headers["content-length"] = str(length)
    for name in ("etag", "last-modified"):
        if name in headers:
            del headers[name]
    return message


def _asked_anew(scope: Scope) -> Scope:
    """Ask for a page whole and unpacked, whatever mark of an earlier version a browser has; other files as asked."""
    if "." in scope["path"].rsplit("/", 1)[-1]:
        return scope
    left_out = (b"if-", b"accept-encoding")
    return {**scope, "headers": [pair for pair in scope["headers"] if not pair[0].lower().startswith(left_out)]}
