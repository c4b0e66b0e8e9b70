"""What leaves a line in the audit log, done as people and commands do it, on an installation of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard import asking
from dashboard.cli import (
    complete,
    erase,
    importing,
    publishing,
    purge,
    snapshot,
)
from dashboard.doing import doing
from dashboard.office import Office
from dashboard.permissions import Right, viewer_of
from dashboard.web.door import Door
from dashboard.worker.loop import Worker
from data_access.desk import jobs, proposals, visits
from data_access.desk import users as accounts
from data_access.desk.engine import reading
from data_access.desk.text_decisions import Decision, WordingName, decide_wordings
from data_access.problems import NotAllowed
from data_access.settings import Settings

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


def sign_in(place: Place) -> None:
    place.door.start(place.door.ticket(place.user("lee"), "/"), None)


def sign_out(place: Place) -> None:
    secret, _ = place.door.start(place.door.ticket(place.user("lee"), "/"), None) or ("", "")
    place.door.end(secret)


def propose(place: Place, by: str = "ann") -> int:
    said = {"kind": "publish grouped", "subject": {}, "summary": "Cut the grouped tables anew"}
    with place.desk.begin() as connection:
        return proposals.propose(connection, **said, asked_by=by, now=NOW).id


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


def purged(place: Place) -> None:
    completed(place)
    place.type(purge.purge_command, "talk", "--yes")


def grouped_by_page(place: Place) -> None:
    imported(place)
    decided(place, is_approved=True)
    while Worker("w", place.settings, place.desk, lambda: NOW).one():
        pass


def snapshot_taken(place: Place) -> None:
    released(place)
    place.type(snapshot.snapshot, "take", SECRET, "--page", "themes", "--format", "csv")


def view_saved_without_the_right(place: Place) -> None:
    viewer = viewer_of(place.user("bo"))
    with pytest.raises(NotAllowed), doing(viewer, place.desk, Right.SAVE_VIEWS):
        raise AssertionError("done without the right")


def own_proposal_decided(place: Place) -> None:
    number = propose(place, by="bo")
    with pytest.raises(NotAllowed, match="themselves"):
        asking.decide(place.office("bo"), Right.APPROVE_DATA, number, is_approved=True, note=SECRET)


def wrong_password_typed(place: Place) -> None:
    released(place)
    with pytest.raises(NotAllowed):
        place.type(complete.complete_command, "talk", "--account", "ann", given=f"{SECRET}\n")


def erased(place: Place) -> None:
    imported(place)
    listed = place.files / "people.txt"
    listed.write_text(f"{SECRET}1\n")
    place.type(erase.erase_command, str(listed))
