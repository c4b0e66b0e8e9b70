"""Payloads typed into the fields of pages: every field found by its label in what a page sends, every form pressed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from google.protobuf.message import Message
from sqlalchemy import Connection
from starlette.testclient import TestClient, WebSocketTestSession
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.web.door import door_of
from dashboard.worker.chores import do_chores
from dashboard.worker.loop import Worker
from data_access.desk import jobs, proposals
from data_access.desk.engine import open_desk
from data_access.desk.text_decisions import PROPOSAL
from data_access.settings import Settings
from data_access.tray.inbox import receive
from data_access.vocabulary import ELEMENTS, Role
from tests.injection.hostile_import import KEY, set_up_by_import
from tests.web.spoken import connected, heard, message, parts, signed_in

DELIVERY: Final = "ab" * 16
FIELDS: Final = ("TextInput", "TextArea")
ENDING: Final = ("-sign-out", "-sign-out-everywhere")


@dataclass(frozen=True)
class Place:
    """Where fields are: a page with its query, the role that sees them, what else is to be chosen there, by key.

    `plain` are fields that refuse most payloads: every other time something sound is typed, so that the rest is kept.
    """

    page: str
    role: Role = Role.ANALYST
    query: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    plain: Mapping[str, str] = field(default_factory=dict)


# The plan's editor shows one form at a time; every other page has all its fields at once.
PLACES: Final = (
    Place("themes"),
    Place("ideas", query="view=read"),
    Place("snapshots"),
    Place("report", chosen={"recommend-element": ELEMENTS[0]}),
    *(
        Place("plan", query="view=record", chosen={"plan-edit-what": what})
        for what in ("Status", "Note", "Milestone", "Evidence")
    ),
    Place("data", query=f"delivery={DELIVERY}"),
    Place("data", Role.ADMINISTRATOR),
    Place("wording", Role.ADMINISTRATOR),
    Place("people", Role.ADMINISTRATOR, chosen={"add-role": "leader"}, plain={"add-name": "eve{at}"}),
    Place("audit", Role.ADMINISTRATOR),
    Place("account", Role.LEADER),
)


def set_up(settings: Settings) -> None:
    """The installation of `hostile_import`, with files that wait to be loaded, and proposals that wait."""
    set_up_by_import(settings)
    found = sorted((settings.home / "files").glob("*.csv"))
    receive(settings.home, DELIVERY, [(path.name, io.BytesIO(path.read_bytes())) for path in found])
    desk, now = open_desk(settings.desk_url), datetime.now(UTC)
    with desk.begin() as connection:
        for at in range(12):
            _propose(connection, "publish grouped", {"turn": at})
            _propose(connection, PROPOSAL, {"wordings": [[KEY, "idea", str(at), "0" * 64]]})
        jobs.ask(connection, kind="preview import", arguments={"token": DELIVERY}, asked_by="analyst", now=now)
    worker = Worker("w", settings, desk, lambda: datetime.now(UTC))
    while worker.one():
        pass
    do_chores(settings, now)
    desk.dispose()


def _propose(connection: Connection, kind: str, subject: Mapping[str, Any]) -> None:
    summary, now = f"A proposal to {kind}", datetime.now(UTC)
    proposals.propose(connection, kind=kind, subject=subject, summary=summary, asked_by="analyst", now=now)


@dataclass
class Typing:
    """Payloads are taken in turn, so that fields that are typed into more often see more of them."""

    settings: Settings
    client: TestClient
    turn: Iterator[str]
    labels: set[str] = field(default_factory=set)
    typed: int = 0

    def through(self, place: Place, times: int) -> Iterator[tuple[str, list[ForwardMsg]]]:
        """Type into all fields of a place and press one button after the other; give each answer and the next look."""
        cookie = signed_in(door_of(self.settings), place.role.value)
        for at in range(times):
            with connected(self.client, cookie) as tab:
                yield from self._once(place, tab, at)

    def signing_in(self) -> Iterator[tuple[str, list[ForwardMsg]]]:
        """Type payloads where somebody signs in."""
        with connected(self.client) as tab:
            yield from self._once(Place(""), tab, 0)

    def _once(self, place: Place, tab: WebSocketTestSession, at: int) -> Iterator[tuple[str, list[ForwardMsg]]]:
        link = {"page": place.page, "query": place.query}
        shown = heard(tab, message("rerun_script", **link))
        if place.chosen:
            shown = heard(tab, _held(shown, place, link))
        said, chosen = _held(shown, place, link), _turned(_buttons(shown), at)
        for one in _widgets(shown, FIELDS):
            self.labels.add(one.label)
            self.typed += 1
            plain = place.plain.get(_key(one), "").format(at=at)
            text = plain if plain and at % 2 == 0 else next(self.turn)
            said.rerun_script.widget_states.widgets.add(id=one.id, string_value=text)
        if chosen is not None:
            said.rerun_script.widget_states.widgets.add(id=chosen.id, trigger_value=True)
        pressed = chosen.label if chosen is not None else "nothing"
        yield f"{place.page}?{place.query}, pressed {pressed!r}", heard(tab, said)
        yield f"{place.page}?{place.query}, after {pressed!r}", heard(tab, message("rerun_script", **link))


def _held(shown: list[ForwardMsg], place: Place, link: Mapping[str, str]) -> BackMsg:
    """Say what a browser says of all other widgets: what they hold from the start, or what is chosen here."""
    said = message("rerun_script", **link)
    states = said.rerun_script.widget_states.widgets
    for one in _widgets(shown, ("Checkbox",)):
        states.add(id=one.id, bool_value=one.default)
    for one in _widgets(shown, ("Selectbox", "Radio")):
        usual = one.options[one.default] if one.HasField("default") and one.options else None
        wanted = next((option for option in one.options if option.startswith(place.chosen.get(_key(one), "–"))), usual)
        states.add(id=one.id, string_value=wanted)  # nothing chosen is a state without a value
    for one in _widgets(shown, ("MultiSelect", "ButtonGroup")):
        if _key(one) in place.chosen:
            states.add(id=one.id).string_array_value.data.append(place.chosen[_key(one)])
        elif one.DESCRIPTOR.name == "MultiSelect":
            states.add(id=one.id).string_array_value.data.extend(one.options[at] for at in one.default)
    return said


def _key(widget: Message) -> str:
    """Give a widget's key: '$$ID-0123abcd-snapshot-name' is that of 'snapshot-name'."""
    return str(widget.id).split("-", 2)[-1]


def _buttons(shown: list[ForwardMsg]) -> list[Message]:
    """Give the buttons of forms with fields, then the loose ones beside loose fields."""
    forms = {one.form_id for one in _widgets(shown, FIELDS)}
    own = [one for one in _widgets(shown, ("Button",)) if one.form_id in forms and not one.disabled]
    # What is typed after a visit's end would be typed at the sign-in.
    return sorted((one for one in own if not one.id.endswith(ENDING)), key=lambda one: not one.form_id)


def _turned(buttons: list[Message], at: int) -> Message | None:
    return buttons[at % len(buttons)] if buttons else None


def _widgets(answers: list[ForwardMsg], kinds: tuple[str, ...]) -> list[Message]:
    return [one for answer in answers for one in parts(answer) if one.DESCRIPTOR.name in kinds and one.id]
