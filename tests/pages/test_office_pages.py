"""People, audit log and your account: what administrators and auditors do, as the pages run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data_access.desk import audit, users
from data_access.desk.engine import reading
from data_access.vocabulary import Role

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "seven quiet elements"


def office_visit() -> None:
    import os
    from datetime import UTC, datetime
    from importlib import import_module

    import streamlit as st

    from dashboard.office import Office
    from dashboard.permissions import Viewer
    from data_access.desk.engine import connect_desk
    from data_access.problems import NotAllowed
    from data_access.settings import Settings
    from data_access.vocabulary import Role

    own = Settings()
    role = Role(os.environ["TEST_ROLE"])
    office = Office(
        viewer=Viewer("ada", "Ada", role),
        desk=connect_desk(own.desk_url),
        home=own.home,
        releases=own.releases_folder,
        contact="the people team",
        now=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    )
    try:
        import_module(f"pages.{os.environ['TEST_PAGE']}").render(office)
    except NotAllowed as problem:
        st.error(str(problem))


@pytest.fixture
def open_office(desk: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    with desk.begin() as connection:
        for name, role in (("ada", Role.ADMINISTRATOR), ("ann", Role.LEADER)):
            users.add_user(connection, name=name, password=PASSWORD, role=role, now=NOW, cost=4)
            audit.record(connection, who="ada", what=f"added {name}", scope="", release=None, now=NOW)

    def open_it(page: str, role: str) -> AppTest:
        monkeypatch.setenv("TEST_PAGE", page)
        monkeypatch.setenv("TEST_ROLE", role)
        app = AppTest.from_function(office_visit, default_timeout=30)
        app.run()
        return app

    return open_it


def said(app: AppTest) -> str:
    boxes = (*app.title, *app.header, *app.markdown, *app.success, *app.error, *app.text)
    return " ".join(str(box.value) for box in boxes)


def test_an_administrator_adds_an_account_and_sees_its_password_once(open_office, desk: Engine):
    app = open_office("people", "administrator")
    assert "2 people may sign in" in said(app)
    app.text_input(key="add-name").set_value("hal")
    app.selectbox(key="add-role").set_value("hr")
    app.multiselect(key="add-regions").set_value(["Midlands"])
    next(button for button in app.button if button.label == "Add the account").click().run()
    assert "Added hal as hr" in said(app)
    drawn = app.code[0].value
    with reading(desk) as connection:
        assert users.check_password(connection, "hal", drawn) is not None
        assert drawn not in str(audit.entries(connection))
    app.run()
    assert list(app.code) == []


def test_an_auditor_reads_the_accounts_and_is_offered_no_change(open_office):
    app = open_office("people", "auditor")
    assert "2 people may sign in" in said(app)
    assert list(app.button) == []


@pytest.mark.parametrize("role", ["leader", "hr", "analyst"])
@pytest.mark.parametrize("page", ["people", "audit_log"])
def test_nobody_else_gets_these_pages_even_when_the_menu_is_walked_around(open_office, page: str, role: str):
    app = open_office(page, role)
    assert "may not" in said(app)
    assert [list(app.title), list(app.table)] == [[], []]


def test_a_button_of_somebody_who_is_no_administrator_by_now_does_nothing(open_office, desk: Engine):
    app = open_office("people", "administrator")
    with desk.begin() as connection:
        users.set_role(connection, "ada", Role.AUDITOR)
    next(button for button in app.button if button.label == "Close the account").click().run()
    assert "Only an administrator changes accounts" in said(app)
    with reading(desk) as connection:
        assert not users.user_named(connection, "ann").is_disabled


def test_the_own_account_is_not_offered_for_change(open_office, desk: Engine):
    app = open_office("people", "administrator")
    assert "ada" not in app.selectbox(key="change-name").options


def test_the_log_says_that_it_is_whole_and_when_it_is_not(open_office, desk: Engine):
    app = open_office("audit_log", "auditor")
    assert "All 2 rows fit together" in said(app)
    with desk.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_update"))
        connection.execute(text("UPDATE audit_entry SET what = 'nothing' WHERE number = 1"))
    assert "does not hold together" in said(app.run())


def test_the_log_is_searched_by_its_own_words(open_office):
    app = open_office("audit_log", "auditor")
    app.text_input(key="audit-words").set_value("added ann").run()
    assert "1 row, newest first" in said(app)


def test_the_owner_of_an_account_changes_the_password(open_office, desk: Engine):
    app = open_office("account", "administrator")
    for key, value in (
        ("own-old", PASSWORD),
        ("own-new", "eight louder elements"),
        ("own-again", "eight louder elements"),
    ):
        app.text_input(key=key).set_value(value)
    next(button for button in app.button if button.label == "Change the password").click().run()
    assert "Your password is changed" in said(app)
    with reading(desk) as connection:
        assert users.check_password(connection, "ada", "eight louder elements") is not None
    assert "eight louder elements" not in str([app.session_state[key] for key in ("own-old", "own-new", "own-again")])


def test_two_different_new_passwords_change_nothing(open_office, desk: Engine):
    app = open_office("account", "leader")
    for key, value in (("own-old", PASSWORD), ("own-new", "eight louder elements"), ("own-again", "nine")):
        app.text_input(key=key).set_value(value)
    next(button for button in app.button if button.label == "Change the password").click().run()
    assert "differ" in said(app)
    with reading(desk) as connection:
        assert users.check_password(connection, "ada", PASSWORD) is not None
