"""Saved views belong to one account, hold a link and nothing else, and can be renamed and deleted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine

from data_access.desk import saved_views
from data_access.desk.engine import open_desk
from data_access.desk.saved_views import MOST_VIEWS, View, delete_view, rename_view, save_view, views_of
from data_access.desk.users import add_user
from data_access.problems import BadSelection, NothingThere
from data_access.vocabulary import Role

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
LINK = "sentiment?element=we-work-flexibly&region=midlands,south-west"


@pytest.fixture
def connection(settings) -> Connection:
    settings.home.mkdir(parents=True, exist_ok=True)
    engine: Engine = open_desk(settings.desk_url)
    with engine.begin() as opened:
        for name in ("ann", "ben"):
            add_user(opened, name=name, password="seven quiet elements", role=Role.LEADER, now=NOW, cost=4)
        yield opened


def names(connection: Connection, account: str = "ann") -> list[str]:
    return [view.name for view in views_of(connection, account)]


def test_a_view_is_kept_for_its_account_alone(connection):
    saved = save_view(connection, "ann", name="  Flex   working Q1 ", link=LINK, now=NOW)
    assert saved == View(saved.number, "Flex working Q1", LINK, NOW)
    assert views_of(connection, "ann") == (saved,)
    assert views_of(connection, "ben") == ()


def test_saving_under_a_name_that_is_there_replaces_it_whatever_its_case(connection):
    save_view(connection, "ann", name="Flex", link="themes", now=NOW)
    save_view(connection, "ben", name="Flex", link="plan", now=NOW)
    save_view(connection, "ann", name="flex", link=LINK, now=NOW)
    assert [(view.name, view.link) for view in views_of(connection, "ann")] == [("flex", LINK)]
    assert [view.link for view in views_of(connection, "ben")] == ["plan"]


def test_views_are_renamed_deleted_and_listed_by_name(connection):
    first = save_view(connection, "ann", name="b", link="themes", now=NOW)
    second = save_view(connection, "ann", name="a", link="plan", now=NOW)
    rename_view(connection, "ann", second.number, "c")
    assert names(connection) == ["b", "c"]
    with pytest.raises(BadSelection, match="named 'B' already"):
        rename_view(connection, "ann", second.number, "B")
    delete_view(connection, "ann", first.number)
    assert names(connection) == ["c"]


def test_nobody_changes_a_view_of_somebody_else(connection):
    saved = save_view(connection, "ann", name="mine", link="themes", now=NOW)
    for act in (
        lambda: delete_view(connection, "ben", saved.number),
        lambda: rename_view(connection, "ben", saved.number, "x"),
    ):
        with pytest.raises(NothingThere, match="not there any more"):
            act()
    assert names(connection) == ["mine"]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "//elsewhere.example",
        "https://elsewhere.example",
        "/themes",
        "themes#x",
        "themes?a b",
        "javascript:x",
        "t?" + "a" * 2000,
    ],
)
def test_a_link_that_could_lead_elsewhere_is_not_kept(connection, link: str):
    with pytest.raises(BadSelection, match="cannot be saved"):
        save_view(connection, "ann", name="x", link=link, now=NOW)
    assert names(connection) == []


@pytest.mark.parametrize(
    ("name", "said"), [("   ", "Give the view a name"), ("x" * 81, "at most 80 characters; this one has 81")]
)
def test_a_name_is_neither_nothing_nor_a_paragraph(connection, name: str, said: str):
    with pytest.raises(BadSelection, match=said):
        save_view(connection, "ann", name=name, link=LINK, now=NOW)


def test_there_is_a_most_and_replacing_one_is_still_possible(connection):
    for at in range(MOST_VIEWS):
        save_view(connection, "ann", name=f"view {at}", link="themes", now=NOW)
    with pytest.raises(BadSelection, match="which is the most"):
        save_view(connection, "ann", name="one more", link="themes", now=NOW)
    save_view(connection, "ann", name="view 7", link="plan", now=NOW)
    assert len(views_of(connection, "ann")) == MOST_VIEWS


def test_no_account_has_no_views(connection):
    assert views_of(connection, "zoe") == ()
    with pytest.raises(NothingThere, match="no such account"):
        save_view(connection, "zoe", name="x", link="themes", now=NOW)


def test_a_refused_save_takes_nothing_away(connection):
    """The names are compared before anything is deleted."""
    save_view(connection, "ann", name="keep", link="themes", now=NOW)
    with pytest.raises(BadSelection):
        save_view(connection, "ann", name="keep", link="https://elsewhere.example", now=NOW)
    assert saved_views.views_of(connection, "ann")[0].link == "themes"
