"""A release small enough to add up by eye, a desk with the published register, and pages as they run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access.desk.engine import open_desk
from data_access.desk.plan import load_register
from data_access.desk.plan_reference import default_register
from data_access.frames import TABLES, table_named
from data_access.releases.store import ReleaseFacts, write_release
from data_access.settings import Settings
from data_access.vocabulary import ELEMENTS, NOT_CODED

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
FLEXIBLY, TEAM, LEARNING = ELEMENTS[5], ELEMENTS[6], ELEMENTS[4]
HOSTILE = "<script>alert(1)</script> **bold** [link](https://example.org) $x$ :smile:"
VOTES = ("voters", "agree", "pass", "disagree")


def frame(name: str, columns: tuple[str, ...], *rows: tuple[object, ...]) -> pl.DataFrame:
    """One conversation's rows of a promised table; columns left out are null."""
    table = table_named(name)
    given = [dict(zip(columns, row, strict=True)) for row in rows]
    whole = [{name: row.get(name) for name in table.columns} | {"conversation": "voices"} for row in given]
    return pl.DataFrame(whole, schema=table.schema).sort(table.key)


def small_tables() -> dict[str, pl.DataFrame]:
    """Three ideas: 60 for and 20 against; 30 for and 30 against; 9 for and 1 against, wording hostile."""
    tables = {table.name: table.empty() for table in TABLES}
    tables["conversations"] = frame(
        "conversations",
        ("title", "source", "opens_on", "closes_on", "data_to", "timezone", "threshold", "moderation_mode", "has_pass",
         "has_places", "is_demo", "imports", "rows"),
        ("Voices of autumn", "template", date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 3), "Europe/London", 10,
         "permissive", True, False, True, 2, 1234),
    )  # fmt: skip
    tables["totals"] = frame(
        "totals",
        ("measure", "count", "is_hidden"),
        *(("registered", 160, False), ("participants", 120, False), ("voters", 110, False), ("ideas", 3, False)),
        *(("commenters", None, True), ("comments", 3, False), ("votes", 160, False), ("sessions", 1, False)),
        ("feedback_points", 7, False),
    )
    tables["votes_by_idea"] = frame(
        "votes_by_idea",
        ("idea", *VOTES, "comments", "merged_from", "is_seed"),
        ("1", 85, 60, 5, 20, 2, 2, False),
        ("2", 62, 30, 2, 30, 1, 0, False),
        ("3", 13, 9, 3, 1, 0, 0, True),
    )
    tables["idea_elements"] = frame(
        "idea_elements", ("idea", "element"), ("1", FLEXIBLY), ("2", TEAM), ("3", FLEXIBLY), ("3", LEARNING)
    )
    tables["votes_by_element"] = frame(
        "votes_by_element",
        ("element", "ideas", "comments", "participants", *VOTES, "is_hidden"),
        (FLEXIBLY, 2, 2, 95, 90, 69, 8, 21, False),
        (TEAM, 1, 1, 64, 62, 30, 2, 30, False),
        (LEARNING, 1, None, None, None, None, None, None, True),
        *((name, 0, 0, 0, 0, 0, 0, 0, False) for name in (*ELEMENTS[:4], NOT_CODED)),
    )
    tables["votes_by_theme"] = frame(
        "votes_by_theme",
        ("theme", "name", "element", "ideas", "comments", "participants", *VOTES, "is_hidden"),
        ("rotas", "Rotas in good time", FLEXIBLY, 1, 2, 88, 85, 60, 5, 20, False),
        ("handover", "Time for handover", TEAM, 1, 1, 64, 62, 30, 2, 30, False),
    )
    tables["activity_by_day"] = frame(
        "activity_by_day",
        ("day", "participants", "ideas", "comments", "votes", "is_hidden"),
        (date(2026, 10, 1), 80, 2, 1, 100, False),
        (date(2026, 10, 2), None, None, None, None, True),
        (date(2026, 10, 3), 45, 1, 2, 60, False),
    )
    tables["words"] = frame("words", ("word", "used_by_at_least"), ("rota", 20), ("handover", 10), ("shift", 10))
    tables["moderation"] = frame(
        "moderation",
        ("subject", "outcome", "reason", "count"),
        *(("votes", "counted", "", 160), ("votes", "superseded", "changed later", 4), ("events", "merge", "", 1)),
        ("comments", "counted", "", 3),
    )
    tables["lineage"] = frame(
        "lineage",
        ("idea", "state", "stands_as", "reason", *VOTES),
        *(("1", "live", "1", "", 70, 50, 5, 15), ("2", "live", "2", "", 62, 30, 2, 30)),
        *(("3", "live", "3", "", 13, 9, 3, 1), ("7", "merged", "1", "", 20, 12, 1, 7)),
    )
    tables["sessions"] = frame(
        "sessions",
        ("session", "kind", "title", "element", "held_on", "host_roles", "points"),
        ("S1", "big conversation", "Working flexibly", FLEXIBLY, date(2026, 10, 2), "HR director", 7),
    )
    tables["feedback_by_question"] = frame(
        "feedback_by_question", ("session", "question", "points"), ("S1", "What helps?", 7)
    )
    tables["texts"] = frame(
        "texts",
        ("kind", "id", "idea", "title", "text", "is_held_back"),
        ("idea", "1", "1", "Publish rotas six weeks ahead", "", False),
        ("idea", "2", "2", "Paid time for handover", "", False),
        ("idea", "3", "3", HOSTILE, "", False),
        ("comment", "c1", "1", "", "Six weeks would change my life", False),
        ("comment", "c2", "1", "", "", True),
        ("comment", "c3", "2", "", HOSTILE, False),
        *(("feedback", f"f{at}", "S1", "", f"Point {at}", False) for at in (3, 1, 2)),
        ("feedback", "f4", "S1", "", HOSTILE, False),
        ("feedback", "f5", "S1", "", "", True),
        *(("feedback", f"f{at}", "S1", "", f"Point {at}", False) for at in (6, 7, 8)),
        ("introduction", "S1 introduction 01", "S1", "", "Thank you for coming", False),
        ("key theme", "S1 key theme 01", "S1", "", "Rotas", False),
        ("action agreed", "S1 action agreed 01", "S1", "", "Publish rotas", False),
    )
    return tables | live_tables()


def live_tables() -> dict[str, pl.DataFrame]:
    """One session of eight notes, two of them late or about itself; one training and one reflective group."""
    asked = ("What helps?", "in the session")
    return {
        "session_points": frame(
            "session_points",
            ("session", "point", "question", "given", "place"),
            *(("S1", f"f{at}", *asked, at) for at in range(1, 7)),
            ("S1", "f7", "What helps?", "afterwards", 7),
            ("S1", "f8", "How was it?", "about the session", 8),
        ),
        "session_attendance": frame("session_attendance", ("session", "attended", "is_hidden"), ("S1", 31, False)),
        "programmes": frame(
            "programmes",
            ("programme", "kind", "name", "cost_per_place_pence", "cohorts", "cohorts_without_capacity", "capacity"),
            ("T", "training", "Wellbeing conversations", 4500, 1, 0, 60),
            ("G", "reflective group", "Making sense", None, 2, 2, None),
        ),
        "programme_figures": frame(
            "programme_figures",
            ("programme", "region", "figure", "count", "is_hidden"),
            *(("T", None, figure, 0, False) for figure in ("booked", "substituted", "waiting", "interest registered")),
            *(("T", None, "attended", 45, False), ("T", None, "did not attend", 15, False)),
            *(("T", None, "late cancelled", None, True), ("T", None, "early cancelled", 12, False)),
            *(("T", "London", "attended", 33, False), ("T", "Midlands", "attended", 12, False)),
            *(("T", "London", "did not attend", 11, False), ("T", "Midlands", "did not attend", None, True)),
            *(("G", None, figure, 0, False) for figure in ("booked", "did not attend")),
            ("G", None, "attended", 24, False),
        ),
        "cohorts": frame(
            "cohorts",
            ("programme", "cohort", "held_on", "capacity", "minutes", "is_above_capacity"),
            ("T", "c1", date(2026, 10, 5), 60, 90, False),
            ("G", "g1", date(2026, 9, 5), None, 75, False),
            ("G", "g2", date(2026, 10, 5), None, 75, False),
        ),
        "cohort_figures": frame(
            "cohort_figures",
            ("programme", "cohort", "figure", "at_least", "at_most", "is_hidden"),
            *(("T", "c1", "places held", 60, 69, False), ("T", "c1", "attended", 40, 49, False)),
            ("G", "g1", "attended", 10, 19, False),
        ),
        "booking_notes": frame(
            "booking_notes",
            ("programme", "fault", "count", "is_hidden"),
            ("", "bookings of unknown cohorts", 11, False),
        ),
    }


@pytest.fixture
def desk(settings: Settings) -> Engine:
    """A desk without anything on it."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return open_desk(settings.desk_url)


@pytest.fixture
def release(settings: Settings) -> Path:
    """The folder of releases with the small one in it."""
    about = ReleaseFacts(published_at=NOW, code_version="test", thresholds={"voices": 10})
    write_release(settings.releases_folder, small_tables(), about)
    return settings.releases_folder


def visit() -> None:
    """Run as the app does, without the door: every page in the navigation, for one viewer."""
    import os
    from datetime import UTC, datetime
    from importlib import import_module

    import streamlit as st

    from dashboard.components import states
    from dashboard.context import clear_selection, open_context
    from dashboard.permissions import Viewer
    from data_access.desk.engine import connect_desk
    from data_access.problems import BadSelection, NotAllowed
    from data_access.settings import Settings
    from data_access.vocabulary import Role

    names = (
        "overview",
        "themes",
        "sentiment",
        "ideas",
        "participation",
        "sessions",
        "programmes",
        "plan",
        "you_said_we_did",
        "method",
        "accessibility",
    )
    modules = {name: import_module(f"pages.{name}") for name in names}
    wanted = os.environ.get("TEST_PAGE", "overview")

    def run() -> None:
        own = Settings()
        regions = tuple(os.environ.get("TEST_REGIONS", "").split(",")) if os.environ.get("TEST_REGIONS") else ()
        viewer = Viewer("test", "Test", Role(os.environ.get("TEST_ROLE", "leader")), regions)
        now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
        try:
            context = open_context(viewer, settings=own, desk=connect_desk(own.desk_url), page=wanted, now=now)
        except BadSelection as problem:
            states.bad_selection(str(problem), clear_selection)
            return
        except NotAllowed as problem:
            st.text(str(problem))
            return
        modules[wanted].render(context)

    own_pages = [
        st.Page(run, title=module.PAGE.title, url_path=module.PAGE.url, default=name == wanted)
        for name, module in modules.items()
    ]
    st.navigation(own_pages, position="hidden").run()


@pytest.fixture
def open_bare(release: Path, desk: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of the small release with the parameters of a link, as a leader or another role."""

    def open_it(page: str, *, role: str = "leader", regions: str = "", **params: str) -> AppTest:
        monkeypatch.setenv("TEST_PAGE", page)
        monkeypatch.setenv("TEST_ROLE", role)
        monkeypatch.setenv("TEST_REGIONS", regions)
        app = AppTest.from_function(visit, default_timeout=30)
        for name, value in params.items():
            app.query_params[name.replace("_", "-")] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_it


@pytest.fixture
def open_page(open_bare: Callable[..., AppTest], desk: Engine) -> Callable[..., AppTest]:
    """Open a page where the published register of the plan is loaded too."""
    load_register(desk, default_register(), recorded_by="test", now=NOW)
    return open_bare
