"""The Plan page: three earlier reports, editing with locks, undo and audit, and who may do which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.cli._plan_tables import PLAN_TABLES, frames_from_files
from dashboard.permissions import RIGHTS, Right
from data_access.demo.write import write_demo
from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.plan import load_register, plan_as_at, set_status
from data_access.vocabulary import ActionStatus, Role

Open = Callable[..., AppTest]
REPORTS = Path(__file__).parents[1] / "data" / "plan"
TODAY = date(2026, 11, 20)
LATER = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_tables(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return frames_from_files([folder / f"{name}.csv" for name in PLAN_TABLES], TODAY)


@pytest.fixture
def open_demo(open_bare: Open, desk: Engine, demo_tables) -> Open:
    """Open a page where the demonstration's register is loaded."""
    load_register(desk, demo_tables, recorded_by="Demonstration", now=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    return open_bare


def pressed(app: AppTest, label: str) -> AppTest:
    app.button(key=next(button.key for button in app.button if button.label == label)).click().run()
    assert not app.exception, app.exception
    return app


def field(app: AppTest, kind: str, ending: str):
    return next(one for one in getattr(app, kind) if (one.key or "").endswith(ending))


def editor(open_it: Open, number: int = 12, what: str = "Status") -> AppTest:
    app = open_it("plan", role="analyst", view="record")
    app.selectbox(key="plan-edit-action").select(number).run()
    if what != "Status":
        app.segmented_control(key="plan-edit-what").set_value(what).run()
    return app


def standing(desk: Engine, number: int = 12) -> dict[str, object]:
    return plan_as_at(desk, TODAY).actions.row(number - 1, named=True)


@pytest.mark.parametrize("day", ["2022-03-31", "2022-06-30", "2022-12-31"])
def test_the_page_reproduces_an_earlier_board_report_byte_for_byte(open_demo: Open, day: str):
    app = open_demo("plan", as_at=day, view="report")
    assert f"{app.code[-1].value}\n".encode() == (REPORTS / f"board-{day}.txt").read_bytes()


@pytest.mark.parametrize("day", ["2022-03-31", "2022-06-30", "2022-12-31", "2026-11-20"])
def test_the_counts_by_status_sum_to_35_on_the_page(open_demo: Open, day: str):
    app = open_demo("plan", as_at=day)
    table = next(table for table in app.table if table.proto.alt == "Table: Status of the actions").value
    assert sum(int(count) for count in table["Actions"]) == 35
    tiles = [m.value for m in app.markdown if m.value.startswith("**") and m.value[2].isdigit()]
    assert len(tiles) == 35


@pytest.mark.parametrize("view", ["status", "progress", "evidence", "report"])
@pytest.mark.parametrize("role", [role.value for role in Role if Right.SEE_NUMBERS in RIGHTS[role]])
def test_every_view_opens_for_everybody_who_may_see_numbers(open_demo: Open, view: str, role: str):
    app = open_demo("plan", role=role, view=view)
    assert [h.value for h in app.header if "not offered" in h.value] == []


@pytest.mark.parametrize("role", [role.value for role in Role if Right.SEE_NUMBERS in RIGHTS[role]])
def test_only_those_who_may_change_the_plan_are_offered_the_editor(open_demo: Open, role: str):
    app = open_demo("plan", role=role, view="record")
    may = Right.CHANGE_PLAN in RIGHTS[Role(role)]
    assert [box.key for box in app.selectbox if box.key == "plan-edit-action"] == (["plan-edit-action"] if may else [])
    assert ("This link asks for something that is not offered" in [h.value for h in app.header]) != may


def test_an_analyst_records_a_status_with_note_and_expectation_and_a_leader_sees_it(open_demo: Open, desk: Engine):
    app = editor(open_demo)
    field(app, "selectbox", "-word").select("off track")
    field(app, "selectbox", "-reason").select("outside own control")
    field(app, "selectbox", "-expected").select("at risk")
    field(app, "text_area", "-note").input("Waits for the national team")
    pressed(app, "Record the status")
    row = standing(desk)
    assert {name: row[name] for name in ("status", "reason", "expected_status", "note", "as_at", "recorded_by")} == {
        "status": "off track",
        "reason": "outside own control",
        "expected_status": "at risk",
        "note": "Waits for the national team",
        "as_at": TODAY,
        "recorded_by": "test",
    }
    tiles = [m.value.replace("\\", "") for m in open_demo("plan", role="leader").markdown]
    assert "**12** ✕ off track" in tiles
    with reading(desk) as connection:
        newest = audit.entries(connection)[0]
    assert (newest.who, newest.what) == ("test", "plan action 12: status off track as at 2026-11-20")


def test_the_second_of_two_editors_is_told_what_changed_and_nothing_is_lost(open_demo: Open, desk: Engine):
    app = editor(open_demo)
    given = {"reason": None, "note": "First", "as_at": TODAY, "recorded_by": "Somebody else", "now": LATER}
    set_status(desk, 12, status=ActionStatus.AT_RISK, expected_version=standing(desk)["version"], **given)
    field(app, "selectbox", "-word").select("complete")
    pressed(app, "Record the status")
    told = [text.value for text in app.text]
    assert "Action 12 was changed since you looked at it. Nothing was saved." in told
    assert any("Somebody else  status: at risk as at 2026-11-20; First" in line for line in told)
    assert standing(desk)["note"] == "First"


def test_an_edit_is_undone_by_a_press(open_demo: Open, desk: Engine):
    before = {name: value for name, value in standing_or_none(open_demo, desk).items() if name != "version"}
    app = editor(open_demo)
    field(app, "selectbox", "-word").select("closed")
    pressed(app, "Record the status")
    assert standing(desk)["status"] == "closed"
    pressed(app, "Undo the newest edit, by test")
    assert {name: value for name, value in standing(desk).items() if name != "version"} == before


def standing_or_none(open_it: Open, desk: Engine) -> dict[str, object]:
    open_it("plan")
    return standing(desk)


def test_a_note_a_milestone_and_a_link_are_saved_and_withdrawn(open_demo: Open, desk: Engine):
    app = editor(open_demo, what="Note")
    field(app, "text_area", "-text").input("Another note")
    pressed(app, "Save the note")
    app.segmented_control(key="plan-edit-what").set_value("Milestone").run()
    field(app, "text_input", "-text").input("Board agreed")
    field(app, "text_input", "-due").input("by March 2027")
    pressed(app, "Save the milestone")
    app.segmented_control(key="plan-edit-what").set_value("Evidence").run()
    field(app, "text_input", "-item").input("handover")
    field(app, "selectbox", "-response").select("doing")
    field(app, "text_area", "-text").input("A pilot")
    pressed(app, "Save the link")
    plan = plan_as_at(desk, TODAY)
    own = plan.milestones.filter(plan.milestones["action"] == 12)
    assert own.select("milestone", "text", "due_latest").rows() == [("M12-1", "Board agreed", date(2027, 3, 31))]
    links = plan.evidence.filter(plan.evidence["action"] == 12)
    assert ("theme", "handover", "doing", "A pilot") in links.select("kind", "item", "response", "response_text").rows()
    assert standing(desk)["note"] == "Another note"
    field(app, "selectbox", "-which").select("theme handover").run()
    pressed(app, "Withdraw this link")
    assert "handover" not in plan_as_at(desk, TODAY).evidence["item"].to_list()


def test_a_status_that_nobody_chose_is_not_saved(open_page: Open, desk: Engine):
    app = editor(open_page)
    pressed(app, "Record the status")
    assert "Choose a status first." in [text.value for text in app.text]
    assert standing(desk)["version"] == 1


@pytest.mark.parametrize(("name", "value"), [("view", "secrets"), ("since", "2030-01-01"), ("since", "soon")])
def test_a_link_that_asks_for_what_is_not_offered_shows_no_figures(open_demo: Open, name: str, value: str):
    app = open_demo("plan", **{name: value})
    assert [h.value for h in app.header] == ["This link asks for something that is not offered"]
    assert list(app.table) == []


def test_change_is_counted_since_the_day_of_the_link(open_demo: Open):
    app = open_demo("plan", view="progress", as_at="2022-12-31", since="2022-03-31")
    assert "35 actions, 31 March 2022 to 31 December 2022" in " ".join(m.value for m in app.markdown)


def test_you_said_we_did_says_that_regions_wait_and_shows_only_what_is_linked(open_demo: Open):
    app = open_demo("you_said_we_did")
    assert any("waits for a grouped release" in m.value for m in app.markdown)
    assert app.header[0].value.replace("\\", "") == "1 action answers what was said: 1 doing."  # its one session
    assert any("lead nowhere any more" in m.value for m in app.markdown)
