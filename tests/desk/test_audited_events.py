"""Every event that is to be in the audit log, done once: by a page, by the worker, by a command. No content in any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from dashboard import asking, taking_away
from dashboard.cli import (
    _audited,
    export,
    importing,
    lineage,
    open_data,
    plan,
    publishing,
    users,
)
from dashboard.permissions import Right, viewer_of
from data_access.desk import account_changes, audit
from data_access.desk import users as accounts
from data_access.desk.engine import open_desk, reading
from data_access.desk.text_decisions import Decision
from data_access.problems import BadSelection
from data_access.settings import Settings
from data_access.vocabulary import Role
from tests.desk.events import (
    FILES,
    NOW,
    PASSWORD,
    SECRET,
    Place,
    after_release,
    completed,
    decided,
    erased,
    grouped_by_page,
    imported,
    own_proposal_decided,
    propose,
    purged,
    released,
    sign_in,
    sign_out,
    snapshot_taken,
    view_saved_without_the_right,
    wording,
    wrong_password_typed,
)


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
    "grouped publish by command": (
        lambda at: (imported(at), at.type(publishing.publish_command, "--grouped")), COMMAND,
        "published: release 1, grouped tables cut anew",
    ),
    "grouped publish by a page": (grouped_by_page, "bo", "published: release 1, grouped tables cut anew"),
    "snapshot": (snapshot_taken, COMMAND, "took snapshot 1"),
    "action refused": (view_saved_without_the_right, "bo", "refused: save views of their own"),
    "own proposal decided": (own_proposal_decided, "bo", "refused: approve an import or a release"),
    "password refused at a command": (wrong_password_typed, COMMAND, "refused: password at the command line"),
    "erasure": (erased, COMMAND, "erasure: certificate 1"),
    "purge": (purged, COMMAND, "purge: certificate 2"),
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
