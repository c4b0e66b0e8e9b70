"""Scripts are packed whole or not at all: half of one would be kept and sent to everybody."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from dashboard.web.middleware import PackedStatics

WHOLE = b"let x = 1;\n" * 200_000  # 2.2 MB, more than thirty pieces of a file response


@pytest.fixture
def statics(tmp_path):
    script = tmp_path / "chart.js"
    script.write_bytes(WHOLE)
    routes = [Route("/static/js/chart.js", lambda _request: FileResponse(script, media_type="application/javascript"))]
    return PackedStatics(Starlette(routes=routes))


async def got(app, *, leaves: bool) -> bytes:
    """Ask for the script as a browser does, or as one that leaves at once."""
    parts = bytearray()
    scope = {"type": "http", "method": "GET", "path": "/static/js/chart.js", "raw_path": b"", "query_string": b"",
             "headers": [(b"accept-encoding", b"gzip")], "http_version": "1.1", "scheme": "http"}  # fmt: skip

    async def receive():
        if leaves:
            return {"type": "http.disconnect"}
        return await anyio.sleep_forever()

    async def send(message):
        parts.extend(message.get("body", b""))

    await app(scope, receive, send)
    return bytes(parts)


def run(asked: Callable[[], Coroutine[Any, Any, bytes]]) -> bytes:
    """Run in a thread of its own: a browser test before this one leaves its loop running in the main thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(anyio.run, asked).result()


def test_a_browser_that_leaves_half_way_does_not_spoil_the_script_for_the_next(statics):
    run(lambda: got(statics, leaves=True))
    assert gzip.decompress(run(lambda: got(statics, leaves=False))) == WHOLE


def test_a_file_shorter_than_it_says_is_passed_on_and_not_kept(statics):
    async def short(scope, receive, send):
        head = [(b"content-type", b"application/javascript"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b"half"})

    packed = PackedStatics(short)
    assert run(lambda: got(packed, leaves=False)) == b"half"
    assert packed._packed == {}
