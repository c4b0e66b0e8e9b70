"""Every action tried by every role without the right, below the pages: refused, nothing written but the refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import streamlit as st
from sqlalchemy import Engine, MetaData, select

from dashboard import asking, taking_away
from dashboard.components import (
    data_upload,
    own_account,
    people_forms,
    plan_editor,
    recommend,
    saved_views,
    snapshot_take,
    suggest_tray,
)
from dashboard.components.suggest_found import Found
from dashboard.context import Context
from dashboard.filters import Choices, Selection
from dashboard.office import Office
from dashboard.permissions import Right, Viewer, can
from dashboard.worker.kind import Kind
from dashboard.worker.kinds import kinds
from dashboard.worker.rights import check_may
from data_access.desk import account_changes, jobs
from data_access.desk.engine import open_desk, reading
from data_access.desk.saved_views import View
from data_access.problems import NotAllowed
from data_access.releases.store import open_release
from data_access.settings import Settings
from data_access.vocabulary import Role
from tests.roles.home import ACCOUNTS, NOW, set_up

Act = Callable[[Office, Context], object]
RIGHTS: Final = list(Right)
ACCOUNT: Final = {role: "hr-london" if role is Role.HR else role.value for role in Role}
FOUND: Final = Found(rows=None, names={}, version=1)  # type: ignore[arg-type]  # never reached
VIEW: Final = View(1, "mine", "themes", NOW)


def _asked(kind: Kind, office: Office, _: Context) -> int:
    return asking.ask(office, kind.right, kind.name, {})


# What can be done, the right it takes, and how it is done where the page's button does it.
ACTIONS: Final[dict[str, tuple[Right, Act]]] = {
    "bring files": (Right.PROPOSE_DATA, lambda office, _: data_upload._take(office, "files")),
    "look through files": (Right.PROPOSE_DATA, lambda office, _: data_upload.look_through(office, "ab" * 16)),
    "throw files away": (Right.PROPOSE_DATA, lambda office, _: data_upload.let_go(office, "ab" * 16)),
    "add an account": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._add)),
    "change a role": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._change_role)),
    "close an account": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._close)),
    "open an account": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._open)),
    "sign somebody out": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._sign_out)),
    "hand a password out": (Right.CHANGE_USERS, lambda office, _: people_forms._act(office, people_forms._password)),
    "change one's password": (Right.CHANGE_OWN, lambda office, _: own_account._change(office)),
    "edit the plan": (Right.CHANGE_PLAN, lambda _, context: plan_editor._save(context)),
    "recommend": (Right.CHANGE_PLAN, lambda _, context: recommend._save(context)),
    "save a view": (Right.SAVE_VIEWS, lambda _, context: saved_views._save(context)),
    "rename a view": (Right.SAVE_VIEWS, lambda _, context: saved_views._rename(context, VIEW, "name")),
    "delete a view": (Right.SAVE_VIEWS, lambda _, context: saved_views._delete(context, VIEW)),
    "take a snapshot": (
        Right.EXPORT,
        lambda _, context: snapshot_take._take(context, snapshot_take.Choice("x", ("themes",), ("csv",))),
    ),
    "accept a code": (Right.PROPOSE_DATA, lambda _, context: suggest_tray._save(context, FOUND, [])),
    "keep wording back": (Right.READ_FLAGGED_TEXT, lambda office, _: asking.keep_back(office, [])),
    **{f"ask for: {one.name}": (one.right, partial(_asked, one)) for one in kinds().values()},
    "stop a job": (Right.PROPOSE_DATA, lambda office, _: asking.stop(office, Right.PROPOSE_DATA, 1)),
    "propose": (Right.PROPOSE_DATA, lambda office, _: asking.propose(office, Right.PROPOSE_DATA, "x", {}, "x")),
    "take a proposal back": (Right.PROPOSE_DATA, lambda office, _: asking.take_back(office, Right.PROPOSE_DATA, 1)),
    "decide": (
        Right.APPROVE_DATA,
        lambda office, _: asking.decide(office, Right.APPROVE_DATA, 1, is_approved=True, note=""),
    ),
    "take a file away": (
        Right.EXPORT,
        lambda office, _: taking_away.taken(office.viewer, office.desk, Right.EXPORT, "x.csv", lambda: b"secret"),
    ),
    "take the log away": (
        Right.READ_AUDIT,
        lambda office, _: taking_away.taken(office.viewer, office.desk, Right.READ_AUDIT, "x.csv", lambda: b"secret"),
    ),
}  # fmt: skip
TRIED: Final = [
    (name, role) for name, (right, _) in ACTIONS.items() for role in Role if not can(Viewer("x", "x", role), right)
]
STATE: Final[dict[str, Any]] = {
    "files": [object()], "add-name": "eve", "add-shown": "Eve", "add-role": "administrator", "add-regions": [],
    "add-outside": False, "change-name": "leader", "change-leader-role": "administrator", "change-leader-regions": [],
    "own-old": "a", "own-new": "b", "own-again": "b", "view-name": "mine", "name": "mine",
    "recommend-theme": [], "recommend-element": [], "recommend-idea": [], "recommend-action": [], "recommend-text": "x",
    "plan-asked": (1, 1, lambda edit: "done"),
}  # fmt: skip


@contextmanager
def placed(home: Path) -> Iterator[tuple[Settings, Engine]]:
    settings = Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None)
    set_up(settings)
    desk = open_desk(settings.desk_url)
    yield settings, desk
    desk.dispose()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Engine]]:
    """One for all: what is refused changes nothing, which is what the tests hold."""
    with placed(tmp_path_factory.mktemp("home") / "home") as made:
        yield made


@pytest.fixture
def own_place(tmp_path: Path) -> Iterator[tuple[Settings, Engine]]:
    with placed(tmp_path / "home") as made:
        yield made


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the widgets of a page would hold."""
    held = dict(STATE)
    monkeypatch.setattr(st, "session_state", held)
    return held


def everything(desk: Engine) -> dict[str, list[tuple[object, ...]]]:
    tables = MetaData()
    with reading(desk) as connection:
        tables.reflect(connection)
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in tables.sorted_tables}


def of(role: Role, place: tuple[Settings, Engine]) -> tuple[Office, Context]:
    settings, desk = place
    viewer = Viewer(ACCOUNT[role], role.value, role, ACCOUNTS[ACCOUNT[role]][1])
    office = Office(viewer, desk, settings.home, settings.releases_folder, "", NOW)
    release = open_release(settings.releases_folder)
    selection, choices = Selection("voices"), Choices((("voices", "Voices"),))
    return office, Context(viewer, selection, choices, release, "", NOW, desk, page="themes", home=settings.home)


def attempted(act: Act, office: Office, context: Context, state: dict[str, Any]) -> str:
    """Do it; give what the reader is told: the refusal that was raised, or the words kept to be shown."""
    before = dict(state)
    try:
        act(office, context)
    except NotAllowed as problem:
        return str(problem)
    except st.runtime.scriptrunner_utils.exceptions.RerunException:
        pass
    return " ".join(str(value) for name, value in state.items() if before.get(name) != value)


@pytest.mark.parametrize(("name", "role"), TRIED)
def test_a_role_without_the_right_is_refused_and_nothing_is_written_but_that(name: str, role: Role, place, state):
    office, context = of(role, place)
    before = everything(place[1])
    files = sorted(place[0].home.rglob("*"))
    told = attempted(ACTIONS[name][1], office, context, state)
    assert f"The role {role.value} may not {ACTIONS[name][0].value}." in told
    after = everything(place[1])
    assert after.pop("audit_head") != before.pop("audit_head")
    *same, newest = after.pop("audit_entry")
    assert same == before.pop("audit_entry")
    assert newest[2:4] == (ACCOUNT[role], f"refused: {ACTIONS[name][0].value}")
    assert after == before
    assert sorted(place[0].home.rglob("*")) == files


def test_every_right_to_act_is_tried_by_somebody_without_it():
    """Rights to see are tried by the matrix of pages; the one everybody has cannot be tried."""
    seen = {
        Right.SEE_NUMBERS,
        Right.SEE_EVERY_REGION,
        Right.SEE_OWN_REGIONS,
        Right.READ_APPROVED_TEXT,
        Right.READ_USERS,
    }
    assert {ACTIONS[name][0] for name, _ in TRIED} == set(Right) - seen - {Right.CHANGE_OWN}


@pytest.mark.parametrize(("name", "role"), [("save a view", Role.AUDITOR), ("close an account", Role.ADMINISTRATOR)])
def test_a_role_with_the_right_is_not(name: str, role: Role, own_place, state):
    """The control: the same call changes the desk for those who may."""
    office, context = of(role, own_place)
    before = everything(own_place[1])
    assert "may not" not in attempted(ACTIONS[name][1], office, context, state)
    assert everything(own_place[1]) != before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_accounts_are_not_changed_by_a_name_that_is_no_administrator(role: Role, place):
    """Below the components too: the transaction looks the role up, whatever a page believed."""
    desk, by = place[1], ACCOUNT[role]
    for change in (account_changes.close_account, account_changes.open_account, account_changes.replace_password):
        with pytest.raises(NotAllowed):
            change(desk, by=by, name="hr-midlands", now=NOW)
    with pytest.raises(NotAllowed):
        account_changes.end_visits(desk, by=by, name="hr-midlands", now=NOW)


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (kind, role)
        for kind, record in kinds().items()
        for role in Role
        if not can(Viewer("x", "x", role), record.right)
    ],
)
def test_the_worker_refuses_a_job_of_somebody_without_the_right(kind: str, role: Role, place):
    """A job written into the queue past the pages is refused where it would be done."""
    with place[1].begin() as connection:
        number = jobs.ask(connection, kind=kind, arguments={}, asked_by=ACCOUNT[role], now=NOW)
        with pytest.raises(NotAllowed):
            check_may(connection, kinds()[kind], jobs.job(connection, number))
