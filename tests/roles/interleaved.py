"""Visits of two scopes at once: many tabs of two hr accounts, runs mixed in any order, each answer looked through.

python tests/roles/interleaved.py --reruns 10000
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.testclient import TestClient, WebSocketTestSession
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

sys.path.insert(0, str(Path(__file__).parents[2]))
from dashboard.web.door import door_of
from data_access.settings import load_settings
from tests.roles.home import BOARD, LONDON, MIDLANDS, regions_in, set_up
from tests.web.spoken import app_of, client_of, connected, message, shown, signed_in

VISITS: Final = 100
# Runs that are under way at the same time.
AT_ONCE: Final = 10
# A link that is the same for everybody and shows each viewer the figures of their own regions: what a mistake in the
# keys of kept answers would mix first. One run in five asks for it, because it costs three times the others.
SAME_LINK: Final = ("participation", "view=places")
# Pages that show the figures of the region asked for.
ASKED: Final = (("you-said-we-did", ""), ("snapshots", ""), ("sentiment", "view=places"))
SHARE_OF_SAME_LINK: Final = 0.2
SEED: Final = 20_261_120


@dataclass
class Tally:
    """How many answers came, and those that were not as they should be: of another region, or of none."""

    answers: int = 0
    foreign: int = 0
    without: int = 0


def interleaved(client: TestClient, cookies: dict[str, str], reruns: int, visits: int = VISITS) -> Tally:
    """Run the script `reruns` times over tabs, half of each scope, in an order drawn anew for every round."""
    chance, tally = random.Random(SEED), Tally()
    with ExitStack() as stack:
        tabs = [
            (region, stack.enter_context(connected(client, cookies[region])))
            for _ in range(visits // 2)
            for region in (LONDON, MIDLANDS)
        ]
        while tally.answers < reruns:
            chance.shuffle(tabs)
            for first in range(0, visits, AT_ONCE):
                _at_once(tabs[first : first + AT_ONCE], chance, tally)
    return tally


def _at_once(tabs: list[tuple[str, WebSocketTestSession]], chance: random.Random, tally: Tally) -> None:
    for region, tab in tabs:
        page, query = _link(region, chance)
        tab.send_bytes(message("rerun_script", page=page, query=query).SerializeToString())
    for region, tab in tabs:
        found = regions_in(shown(_answer(tab)))
        tally.answers += 1
        tally.foreign += bool(found - {region})
        tally.without += region not in found


def _link(region: str, chance: random.Random) -> tuple[str, str]:
    if chance.random() < SHARE_OF_SAME_LINK:
        return SAME_LINK
    page, query = chance.choice(ASKED)
    own = chance.choice((f"region={region.lower()}", f"icb={BOARD[region]}"))
    return page, "&".join(part for part in (query, own) if part)


def _answer(tab: WebSocketTestSession) -> list[ForwardMsg]:
    answers: list[ForwardMsg] = []
    while not answers or answers[-1].WhichOneof("type") != "script_finished":
        answer = ForwardMsg()
        answer.ParseFromString(tab.receive_bytes())
        answers.append(answer)
    return answers


def main() -> int:
    """Prove it at length; 1 where an answer was mixed."""
    options = argparse.ArgumentParser()
    options.add_argument("--reruns", type=int, default=10_000)
    reruns = options.parse_args().reruns
    with tempfile.TemporaryDirectory() as home:
        os.environ["LOOKFORWARD_HOME"] = home
        settings = load_settings()
        set_up(settings)
        started = time.process_time()
        with app_of(settings) as app, client_of(app) as client:
            door = door_of(settings)
            cookies = {region: signed_in(door, f"hr-{region.lower()}") for region in (LONDON, MIDLANDS)}
            tally = interleaved(client, cookies, reruns)
    print(
        f"{tally.answers:,} reruns of {VISITS} visits of two scopes: {tally.foreign} with a number of another region, "
        f"{tally.without} without their own; {time.process_time() - started:.0f} processor seconds."
    )
    return 1 if tally.foreign or tally.without else 0


if __name__ == "__main__":
    sys.exit(main())
