"""Streamlit's websocket spoken by hand: visits that open pages and change filters, without a browser."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.servers import Server

WAITS: Final = 120.0
LARGEST: Final = 64 * 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """What one run of the script took, and what it sent."""

    seconds: float
    charts: int
    bytes: int


async def opened(server: Server) -> ClientConnection:
    """Open a visit's websocket; nothing is run yet."""
    headers = {"Cookie": server.cookie} if server.cookie else {}
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    return await connect(
        address, additional_headers=headers, subprotocols=["streamlit"], max_size=LARGEST, ping_interval=None
    )  # type: ignore[list-item]  # plain words do


async def run(socket: ClientConnection, page: str, query: str) -> Heard:
    """Ask for a page and wait until its script has run."""
    said = BackMsg()
    said.rerun_script.page_name = page
    said.rerun_script.query_string = query
    began = time.perf_counter()
    await socket.send(said.SerializeToString())
    charts = sent = 0
    while True:
        content = await asyncio.wait_for(socket.recv(), WAITS)
        assert isinstance(content, bytes)
        sent += len(content)
        answer = ForwardMsg()
        answer.ParseFromString(content)
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "plotly_chart":
            charts += 1
        if kind == "script_finished":
            return Heard(time.perf_counter() - began, charts, sent)


async def in_turn(server: Server, page: str, queries: Sequence[str], times: int) -> list[Heard]:
    """Run a page over and over in one visit, another query each time; the first run of each query is not given."""
    async with await opened(server) as socket:
        for query in queries:
            await run(socket, page, query)
        return [await run(socket, page, queries[at % len(queries)]) for at in range(times)]


@dataclass(frozen=True)
class Crowd:
    """What many visits at once waited for: the first page of each, and each change."""

    joins: tuple[float, ...]
    changes: tuple[float, ...]


async def crowd(
    server: Server,
    pages: Sequence[str],
    queries: Sequence[str],
    *,
    visits: int,
    join_within: float,
    lasts: float,
    every: float,
) -> Crowd:
    """Let visits join evenly within some seconds; each then changes something every few seconds until the end."""
    chance = random.Random(1)
    began = time.perf_counter()

    async def visit(number: int) -> tuple[float, list[float]]:
        own = random.Random(number)
        await asyncio.sleep(number * join_within / visits)
        async with await opened(server) as socket:
            joined = await run(socket, own.choice(pages), own.choice(queries))
            changes: list[float] = []
            due = time.perf_counter() + own.random() * every
            while due < began + join_within + lasts:
                await asyncio.sleep(max(due - time.perf_counter(), 0))
                # From when the reader changed it, also where the visit still waited for the answer before.
                await run(socket, own.choice(pages), own.choice(queries))
                changes.append(time.perf_counter() - due)
                due += every
            return joined.seconds, changes

    numbers = list(range(visits))
    chance.shuffle(numbers)
    found = await asyncio.gather(*(visit(number) for number in numbers))
    return Crowd(tuple(one for one, _ in found), tuple(change for _, changes in found for change in changes))
