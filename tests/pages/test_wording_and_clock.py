"""The page Wording for analysts and approvers, and the countdown on the page Data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access.desk import audit, jobs, proposals
from data_access.desk.engine import open_desk, reading
from data_access.desk.jobs import JobState
from data_access.desk.retention import Standing, keep_standings
from data_access.desk.text_decisions import PROPOSAL, Decided, decisions
from data_access.settings import Settings
from data_access.tray.wordings import Wording, keep_wordings

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = "1" * 32
FLAGGED = (
    Wording("talk", "idea", "i1", "Mentors", "Ring 07700 900123", ("telephone number",), "a" * 64),
    Wording("talk", "comment", "c9", "", "My manager Jane Example", ("name",), "b" * 64),
)


def visit() -> None:
    import os
    from datetime import UTC, datetime
    from importlib import import_module

    from dashboard.office import Office
    from dashboard.permissions import Viewer
    from data_access.desk.engine import connect_desk
    from data_access.settings import Settings
    from data_access.vocabulary import Role

    own = Settings()
    role = Role(os.environ["TEST_ROLE"])
    office = Office(
        viewer=Viewer(f"the {role}", "Somebody", role),
        desk=connect_desk(own.desk_url),
        home=own.home,
        releases=own.releases_folder,
        contact="the people team",
        now=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    )
    import_module(os.environ["TEST_PAGE"]).render(office) if os.environ["TEST_PAGE"].startswith("pages") else (
        import_module(os.environ["TEST_PAGE"]).show(office)
    )


@pytest.fixture
def desk(settings: Settings) -> Engine:
    return open_desk(settings.desk_url)


@pytest.fixture
def opened(desk: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def open_it(role: str, page: str = "pages.text_review") -> AppTest:
        import_module(page)
        monkeypatch.setenv("TEST_PAGE", page)
        monkeypatch.setenv("TEST_ROLE", role)
        return AppTest.from_function(visit, default_timeout=30).run()

    return open_it


@pytest.fixture
def looked(desk: Engine, settings: Settings) -> None:
    """A finished look: two wordings in the tray."""
    keep_wordings(settings.home, TOKEN, FLAGGED)
    with desk.begin() as connection:
        number = jobs.ask(
            connection, kind="review wording", arguments={"token": TOKEN}, asked_by="the analyst", now=NOW
        )
        jobs.claim(connection, kinds=["review wording"], secret="w:1", now=NOW)
        jobs.finish(connection, number, "w:1", state=JobState.DONE, result={"token": TOKEN, "wordings": 2}, now=NOW)


def said(app: AppTest) -> str:
    return "\n".join(str(box.value) for box in (*app.markdown, *app.text, *app.error))


def choose(app: AppTest, *choices: str) -> AppTest:
    for radio, choice in zip(app.radio, choices, strict=True):
        radio.set_value(choice)
    next(button for button in app.button if button.label == "Send decisions").click()
    return app.run()


@pytest.mark.usefixtures("looked")
def test_keeping_back_takes_one_person_and_releasing_two(opened: Callable[..., AppTest], desk: Engine):
    app = choose(opened("analyst"), "Propose to release", "Keep back")
    assert not app.exception
    with reading(desk) as connection:
        (waiting,) = proposals.open_ones(connection, PROPOSAL)
        assert decisions(connection) == {"talk": Decided(frozenset(), frozenset({"b" * 64}))}
    assert waiting.subject == {"wordings": [["talk", "idea", "i1", "a" * 64]]}
    assert "Jane" not in waiting.summary + str(waiting.subject)
    assert "07700" not in said(app)


@pytest.mark.usefixtures("looked")
def test_whoever_approves_sees_what_is_proposed_and_nothing_else(opened: Callable[..., AppTest], desk: Engine):
    choose(opened("analyst"), "Propose to release", "Decide later")
    app = opened("administrator")
    assert "Ring 07700 900123" in said(app)
    assert "Jane Example" not in said(app)
    next(button for button in app.button if button.label == "Approve").click()
    app.run()
    with reading(desk) as connection:
        assert [job.kind for job in jobs.waiting(connection)] == ["release wording"]
        assert proposals.decided_ones(connection, PROPOSAL)[0].decided_by == "the administrator"


@pytest.mark.usefixtures("looked")
def test_nobody_approves_words_that_are_not_in_the_tray_any_more(opened: Callable[..., AppTest], settings: Settings):
    choose(opened("analyst"), "Propose to release", "Decide later")
    (settings.home / "tray" / TOKEN / "wordings.json").unlink()
    app = opened("administrator")
    assert "not in the review tray any more" in said(app)
    assert next(button for button in app.button if button.label == "Approve").disabled


def test_before_anybody_looked_nothing_is_shown(opened: Callable[..., AppTest]):
    assert "Nobody has looked within the last day" in said(opened("analyst"))


CLOCK = "dashboard.components.retention_clock"


@pytest.mark.parametrize(
    ("days_ago", "records"),
    [(1, "29 days left"), (30, "0 days left"), (31, "overdue by 1 day"), (45, "overdue by 15 days")],
)
def test_the_clock_counts_down_and_turns_into_an_alarm(
    days_ago: int, records: str, opened: Callable[..., AppTest], desk: Engine
):
    began = NOW - timedelta(days=days_ago)
    with desk.begin() as connection:
        keep_standings(
            connection,
            [Standing("talk", "Staff voice", 4, began, began + timedelta(days=30)), Standing("open", "Going on")],
        )
    app = opened("administrator", CLOCK)
    assert not app.exception
    cells = " ".join(str(table.value.to_dict()) for table in app.table)
    assert records in cells
    assert "kept while it goes on" in cells
    assert ("Overdue" in said(app)) == (days_ago > 30)


def asked_to_complete(app: AppTest, desk: Engine) -> proposals.Proposed:
    """Press the button and give the one proposal that waits."""
    next(button for button in app.button if button.label == "Ask to complete it").click()
    app.run()
    with reading(desk) as connection:
        (waiting,) = proposals.open_ones(connection)
    return waiting


def test_an_analyst_asks_to_complete_and_a_second_person_must_confirm(opened: Callable[..., AppTest], desk: Engine):
    with desk.begin() as connection:
        keep_standings(connection, [Standing("talk", "Staff voice")])
    app = opened("analyst", CLOCK)
    waiting = asked_to_complete(app, desk)
    assert (waiting.kind, waiting.subject) == ("complete conversation", {"conversation": "talk"})
    assert "an administrator must confirm" in said(app)


def test_of_two_conversations_with_one_title_the_chosen_one_is_meant(opened: Callable[..., AppTest], desk: Engine):
    """Everything of a completed conversation is deleted: the other one must not be taken for it."""
    with desk.begin() as connection:
        keep_standings(connection, [Standing("spring", "Staff voice"), Standing("autumn", "Staff voice")])
    app = opened("analyst", CLOCK)
    choice = app.selectbox(key="complete-which")
    assert sorted(choice.options) == ["Staff voice (autumn)", "Staff voice (spring)"]
    choice.select("Staff voice (autumn)")
    waiting = asked_to_complete(app, desk)
    assert waiting.subject == {"conversation": "autumn"}
    assert waiting.summary.startswith("Complete 'Staff voice' (autumn): ")


def test_the_log_names_a_conversation_by_its_key_and_never_by_its_title(opened: Callable[..., AppTest], desk: Engine):
    with desk.begin() as connection:
        keep_standings(connection, [Standing("talk", "What Sam said")])
    app = opened("analyst", CLOCK)
    asked_to_complete(app, desk)
    with reading(desk) as connection:
        lines = audit.entries(connection)
    assert [(line.what, line.scope) for line in lines] == [("proposed: complete conversation", "proposal 1, talk")]


def test_an_administrator_is_offered_no_way_to_ask(opened: Callable[..., AppTest], desk: Engine):
    with desk.begin() as connection:
        keep_standings(connection, [Standing("talk", "Staff voice")])
    assert [button.label for button in opened("administrator", CLOCK).button] == []
