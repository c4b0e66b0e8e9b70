"""One run of a page: the link is read strictly, filters turn the page with their reader, releases change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import context
from dashboard.sources import choices_of
from data_access.desk.engine import open_desk
from data_access.frames import TABLES
from data_access.releases.current import mark_withdrawn, point_to
from data_access.releases.store import ReleaseFacts, write_release
from data_access.settings import Settings
from data_access.vocabulary import ELEMENTS

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)


def publish(folder: Path, voters: int) -> None:
    """Publish two conversations; `voters` of the newer one voted on the element 'We are a team'."""
    tables = {table.name: table.empty() for table in TABLES}
    tables["conversations"] = pl.DataFrame(
        [
            {
                "conversation": key, "title": title, "source": "template", "opens_on": opens, "closes_on": opens,
                "data_to": opens, "timezone": "Europe/London", "threshold": 10, "moderation_mode": "permissive",
                "has_pass": True, "has_places": False, "is_demo": True, "imports": 1, "rows": 100,
            }
            for key, title, opens in (("autumn", "Voices of autumn", date(2026, 10, 1)),
                                      ("spring", "Voices of spring", date(2026, 4, 1)))
        ],
        schema=tables["conversations"].schema,
    )  # fmt: skip
    measures = {"ideas": 1, "comments": 0, "participants": voters, "pass": 0, "disagree": 0}
    tables["votes_by_element"] = pl.DataFrame(
        [
            {"conversation": "autumn", "element": ELEMENTS[6], "voters": voters, "agree": voters, "is_hidden": False}
            | measures
        ],
        schema=tables["votes_by_element"].schema,
    )
    write_release(folder, tables, ReleaseFacts(published_at=NOW, code_version="test", thresholds={"autumn": 10}))


def visit() -> None:
    """Two pages that say what they were given, and buttons to choose and to turn the page."""
    from datetime import UTC, datetime

    import streamlit as st

    from dashboard.context import clear_selection, open_context, read_newest
    from dashboard.permissions import Viewer
    from data_access.desk.engine import connect_desk
    from data_access.problems import BadSelection
    from data_access.settings import Settings
    from data_access.vocabulary import Role

    page = st.session_state.get("turned-to", "ideas")

    def turn(to: str) -> None:
        st.session_state["turned-to"] = to
        st.query_params.clear()  # as Streamlit's navigation does

    settings = Settings()
    try:
        given = open_context(
            Viewer("ann", "Ann", Role.LEADER),
            settings=settings,
            desk=connect_desk(settings.desk_url),
            page=page,
            now=datetime.now(UTC),
        )
    except BadSelection as problem:
        st.text(f"refused: {problem}")
        st.button("everything", on_click=clear_selection)
    else:
        st.text(f"{page} of release {given.release.number}")
        st.text(f"{given.selection.conversation}: {given.selection.element}")
        st.markdown(f"newer: {given.newer}, withdrawn: {given.withdrawn}")
        st.button("newest", on_click=read_newest)
        st.button("choose", on_click=given.select, kwargs={"element": "We work flexibly"})
        st.button("clear", on_click=given.select, kwargs={"element": None, "conversation": "autumn"})
    st.button("themes", on_click=turn, args=("themes",))


@pytest.fixture
def open_link(settings: Settings) -> Callable[..., AppTest]:
    """Open a link of an installation with one release."""
    settings.home.mkdir(parents=True)
    open_desk(settings.desk_url).dispose()
    publish(settings.releases_folder, voters=40)

    def open_it(**params: str) -> AppTest:
        app = AppTest.from_function(visit, default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        return said_well(app.run())

    return open_it


def said_well(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def said(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def link(app: AppTest) -> dict[str, str]:
    """Give the link's parameters; AppTest gives what a page wrote as text and what a link held as a list."""
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in app.query_params.items()}


def click(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return said_well(button.click().run())


def test_a_bare_link_shows_the_newest_conversation_whole(open_link) -> None:
    assert said(open_link()) == ["ideas of release 1", "autumn: None"]


@pytest.mark.parametrize("spelled", ["we-are-a-team", "We are a team", "WE ARE A TEAM"])
def test_a_link_names_an_element_in_any_case(open_link, spelled: str) -> None:
    assert said(open_link(element=spelled))[1] == "autumn: We are a team"


def test_an_unknown_value_is_refused_with_a_suggestion_and_nothing_is_shown(open_link) -> None:
    app = open_link(element="we-are-a-taem", conversation="winter")
    [only] = said(app)
    assert only.startswith("refused: ")
    assert "Did you mean 'we-are-a-team'?" in only
    assert "winter" in only
    assert said(click(app, "everything"))[1] == "autumn: None"
    assert link(app) == {}


def test_choosing_writes_the_link_and_leaves_other_parameters_alone(open_link) -> None:
    app = click(open_link(conversation="spring", shared_by="ann"), "choose")
    assert said(app)[1] == "spring: We work flexibly"
    assert link(app) == {
        "conversation": "spring", "shared_by": "ann", "element": "we-work-flexibly",
    }  # fmt: skip


def test_filters_turn_the_page_with_their_reader(open_link) -> None:
    app = click(open_link(element="we-are-a-team", conversation="spring"), "themes")
    assert said(app) == ["themes of release 1", "spring: We are a team"]
    assert link(app) == {
        "element": "we-are-a-team", "conversation": "spring",
    }  # fmt: skip


def test_filters_that_were_taken_away_do_not_come_back_on_the_next_page(open_link) -> None:
    app = click(click(open_link(element="we-are-a-team"), "clear"), "themes")
    assert said(app)[1] == "autumn: None"
    assert link(app) == {}


def test_a_visit_stays_on_the_release_it_began_with_until_its_reader_moves_on(open_link, settings: Settings) -> None:
    app = open_link()
    publish(settings.releases_folder, voters=50)
    assert said(click(app, "choose"))[0] == "ideas of release 1"
    assert app.markdown[0].value == "newer: 2, withdrawn: None"
    assert said(click(app, "themes"))[0] == "themes of release 1"
    click(app, "newest")
    assert (said(app)[0], app.markdown[0].value) == ("themes of release 2", "newer: None, withdrawn: None")
    assert said(open_link())[0] == "ideas of release 2"


def test_a_withdrawn_release_is_not_read_on(open_link, settings: Settings) -> None:
    publish(settings.releases_folder, voters=50)
    app = open_link()
    assert said(app)[0] == "ideas of release 2"
    mark_withdrawn(settings.releases_folder, frozenset({2}))
    point_to(settings.releases_folder, 1)
    click(app, "choose")
    assert (said(app)[0], app.markdown[0].value) == ("ideas of release 1", "newer: None, withdrawn: 2")


def test_an_answer_is_worked_out_once_for_each_release_and_selection(
    open_link, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key holds the release, the scope and the selection; frames are never part of it."""
    from dashboard.filters import Selection
    from dashboard.permissions import Viewer
    from data_access.vocabulary import Role

    asked: list[tuple[int, str | None]] = []
    monkeypatch.setattr(
        context, "answer", lambda key, *, source, selection, **_: asked.append((source.number, selection.element))
    )
    open_link()
    leader, hr = Viewer("ann", "Ann", Role.LEADER), Viewer("cy", "Cy", Role.HR, ("London",))
    desk = open_desk(settings.desk_url)

    def ask(viewer: Viewer, element: str | None) -> None:
        release = context.current_release(settings.releases_folder)
        selection = Selection("autumn", element)
        choices = choices_of(release)
        context.Context(viewer, selection, choices, release, "", NOW, desk).result("vote_balance")

    for viewer, element in ((leader, None), (leader, None), (leader, ELEMENTS[6]), (hr, None), (hr, None)):
        ask(viewer, element)
    publish(settings.releases_folder, voters=50)
    ask(leader, None)
    ask(leader, None)
    assert asked == [(1, None), (1, ELEMENTS[6]), (1, None), (2, None)]


def test_the_day_is_londons(open_link, settings: Settings) -> None:
    open_link()
    release = context.current_release(settings.releases_folder)
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    given = context.Context(None, None, None, release, "", late, None)  # type: ignore[arg-type]  # only the clock counts
    assert given.today == date(2026, 7, 1)
