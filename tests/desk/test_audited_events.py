"""Every event that is to be in the audit log, done once: by a page, by the worker, by a command. No content in any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard import asking, taking_away
from dashboard.cli import _audited, complete, erase, export, importing, lineage, open_data, plan, publishing, users
from dashboard.office import Office
from dashboard.permissions import Right, viewer_of
from dashboard.web.door import Door
from dashboard.worker.loop import Worker
from data_access.desk import account_changes, audit, jobs, proposals, visits
from data_access.desk import users as accounts
from data_access.desk.engine import open_desk, reading
from data_access.desk.text_decisions import Decision, WordingName, decide_wordings
from data_access.problems import BadSelection
from data_access.settings import Settings
from data_access.vocabulary import Role

NOW: Final = datetime(2022, 3, 1, 12, tzinfo=UTC)
PASSWORD: Final = "seven quiet elements"
SECRET: Final = "zq-only-in-the-words-zq"
LIMITS: Final = visits.Limits(timedelta(minutes=30), timedelta(hours=12))
FILES: Final = {
    "conversation.csv": "title,opens_on,closes_on\nStaff voice,2022-02-01,2022-02-20\n",
    "ideas.csv": f"idea,posted_at,text,author\ni1,2022-02-01T09:00:00Z,{SECRET},{SECRET}\n",
    "votes.csv": "participant,idea,cast_at,vote\n"
    + "".join(f"{SECRET}{at},i1,2022-02-01T10:{at:02d}:00Z,agree\n" for at in range(12))
    + f"{SECRET},i1,2022-02-01T10:30:00Z,{SECRET}\n",
}


@dataclass(frozen=True)
class Place:
    """An installation with four accounts, and the commands as they are typed."""

    settings: Settings
    desk: Engine
    files: Path

    @property
    def door(self) -> Door:
        return Door(self.desk, LIMITS, is_secure=False, now=lambda: NOW)

    def user(self, name: str) -> accounts.User:
        with reading(self.desk) as connection:
            return accounts.user_named(connection, name)

    def office(self, name: str) -> Office:
        viewer = viewer_of(self.user(name))
        return Office(viewer, self.desk, self.settings.home, self.settings.releases_folder, "", NOW)

    def type(self, command: typer.Typer | Callable[..., object], *words: str, given: str = "") -> None:
        app = command
        if not isinstance(command, typer.Typer):
            app = typer.Typer()
            app.command()(command)
        done = CliRunner().invoke(app, list(words), input=given, catch_exceptions=False)
        assert done.exit_code == 0, done.output

    def do(self, kind: str, by: str = "ann", **arguments: object) -> None:
        """Ask for a job and have a worker do it."""
        with self.desk.begin() as connection:
            jobs.ask(connection, kind=kind, arguments=arguments, asked_by=by, now=NOW)
        assert Worker("w", self.settings, self.desk, lambda: NOW).one()


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Iterator[Place]:
    desk = open_desk(settings.desk_url)
    with desk.begin() as connection:
        for name, role in (("ann", Role.ANALYST), ("bo", Role.ADMINISTRATOR), ("lee", Role.LEADER)):
            accounts.add_user(connection, name=name, password=PASSWORD, role=role, now=NOW, cost=4)
    files = tmp_path / "files"
    files.mkdir()
    for name, content in FILES.items():
        (files / name).write_text(content)
    yield Place(settings, desk, files)
    desk.dispose()


def sign_in(place: Place) -> None:
    place.door.start(place.door.ticket(place.user("lee"), "/"), None)


def sign_out(place: Place) -> None:
    secret, _ = place.door.start(place.door.ticket(place.user("lee"), "/"), None) or ("", "")
    place.door.end(secret)


def propose(place: Place) -> int:
    said = {"kind": "publish grouped", "subject": {}, "summary": "Cut the grouped tables anew"}
    with place.desk.begin() as connection:
        return proposals.propose(connection, **said, asked_by="ann", now=NOW).id


def decided(place: Place, *, is_approved: bool) -> None:
    number = propose(place)
    asking.decide(place.office("bo"), Right.APPROVE_DATA, number, is_approved=is_approved, note=SECRET)


def wording(place: Place, decision: Decision) -> None:
    with place.desk.begin() as connection:
        decide_wordings(connection, [WordingName("talk", "idea", "i1", "0" * 64)], decision, by="ann", now=NOW)


def imported(place: Place) -> None:
    place.type(importing.import_command, "template", str(place.files), "--conversation", "talk", "--allow-refused",
               "--accept-many")  # fmt: skip


def released(place: Place) -> None:
    imported(place)
    place.type(publishing.publish_command)


def after_release(command: Callable[..., object], *words: str) -> Callable[[Place], None]:
    def done(place: Place) -> None:
        released(place)
        place.type(command, *[word.replace("OUT", str(place.settings.home / "out")) for word in words])

    return done


def completed(place: Place) -> None:
    released(place)
    password = f"{PASSWORD}\n"
    place.type(complete.complete_command, "talk", "--account", "ann", given=password)
    place.type(complete.complete_command, "talk", "--account", "bo", "--confirm", given=password)


def erased(place: Place) -> None:
    imported(place)
    listed = place.files / "people.txt"
    listed.write_text(f"{SECRET}1\n")
    place.type(erase.erase_command, str(listed))


COMMAND: Final = _audited.actor()
Do = Callable[[Place], object]
# What happens, how, and the line it leaves: who, and how it begins.
EVENTS: Final[dict[str, tuple[Do, str, str]]] = {
    "signed in": (sign_in, "lee", "signed in"),
    "signed out": (sign_out, "lee", "signed out"),
    "password refused": (lambda at: at.door.refused(at.user("lee"), "sign-in refused"), "lee", "sign-in refused"),
    "name unknown": (lambda at: at.door.refused(None, "sign-in refused"), "unknown", "sign-in refused"),
    "page denied": (lambda at: at.door.refused(at.user("lee"), "refused: page people"), "lee", "refused: page people"),
    "import by command": (imported, COMMAND, "imported: import 1 of talk; 1 faulty rows left out"),
    "undo by command": (
        lambda at: (imported(at), at.type(importing.undo_command, "1")), COMMAND, "undone: import 1 of talk",
    ),
    "publish by command": (released, COMMAND, "published: release 1"),
    "job asked for": (
        lambda at: asking.ask(at.office("ann"), Right.PROPOSE_DATA, "publish ungrouped", {}), "ann",
        "asked: publish ungrouped",
    ),
    "publish by a page": (
        lambda at: (imported(at), at.do("publish ungrouped")), "ann", "published: release 1",
    ),
    "undo by a page": (
        lambda at: (imported(at), at.do("undo import", **{"import": 1})), "ann", "undone: import 1 of talk",
    ),
    "proposed": (propose, "ann", "proposed: publish grouped"),
    "approved": (lambda at: decided(at, is_approved=True), "bo", "approved: publish grouped"),
    "refused": (lambda at: decided(at, is_approved=False), "bo", "refused: publish grouped"),
    "wording kept back": (lambda at: wording(at, Decision.KEEP_BACK), "ann", "wording"),
    "wording released": (lambda at: wording(at, Decision.RELEASE), "ann", "wording"),
    "file by a page": (
        lambda at: taking_away.taken(
            viewer_of(at.user("lee")), at.desk, Right.EXPORT, "votes.csv", SECRET.encode, release=1
        ), "lee", "took a file away",
    ),
    "open data by command": (
        after_release(open_data.write_open_data, "--out", "OUT.zip"), COMMAND, "took a file away",
    ),
    "figures by command": (
        after_release(export.export_figures, "csv", "--out", "OUT.csv", "--metric", "moderation_ledger"), COMMAND,
        "took a file away",
    ),
    "lineage by command": (after_release(lineage.lineage, "--out", "OUT.csv"), COMMAND, "took a file away"),
    "cells by command": (
        after_release(publishing.cells_command, "totals", "--out", "OUT.csv"), COMMAND, "took a file away",
    ),
    "erasure": (erased, COMMAND, "erasure: certificate 1"),
    "completion": (completed, "bo", "approved: complete"),
    "account added by command": (
        lambda at: at.type(users.users, "add", "eve", "--role", "leader", given=f"{PASSWORD}\n"), COMMAND,
        "added account eve as leader",
    ),
    "role changed by command": (
        lambda at: at.type(users.users, "role", "lee", "--role", "auditor"), COMMAND, "made account lee auditor",
    ),
    "account closed by a page": (
        lambda at: account_changes.close_account(at.desk, by="bo", name="lee", now=NOW), "bo", "closed account lee",
    ),
    "role changed by a page": (
        lambda at: account_changes.change_role(at.desk, by="bo", name="lee", role=Role.AUDITOR, regions=(), now=NOW),
        "bo", "made account lee auditor",
    ),
    "visits ended by a page": (
        lambda at: account_changes.end_visits(at.desk, by="bo", name="lee", now=NOW), "bo", "ended 0 visits of lee",
    ),
    "plan loaded by command": (lambda at: at.type(plan.commands, "import"), COMMAND, "plan import: "),
    "plan changed by command": (
        lambda at: (
            at.type(plan.commands, "import"),
            at.type(plan.commands, "set", "1", "--status", "on track", "--by", "lee", "--note", SECRET),
        ), COMMAND, "plan action 1: status on track",
    ),
}  # fmt: skip


def lines(place: Place) -> list[audit.Entry]:
    with reading(place.desk) as connection:
        found = audit.entries(connection)
        assert audit.verify_chain(connection) == len(found)
    return found


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_done_is_in_the_log_and_what_was_said_is_not(event: str, place: Place):
    do, who, begins = EVENTS[event]
    do(place)
    found = lines(place)
    assert [one for one in found if one.who == who and one.what.startswith(begins)], [vars(one) for one in found]
    assert SECRET not in str(found)


def test_who_types_is_asked_of_the_system_and_not_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "lee")
    assert _audited.actor() == COMMAND != "command line: lee"


def test_no_account_can_be_named_like_a_command(place: Place):
    with pytest.raises(BadSelection, match="one word"), place.desk.begin() as connection:
        accounts.add_user(connection, name=COMMAND, password=PASSWORD, role=Role.LEADER, now=NOW, cost=4)
