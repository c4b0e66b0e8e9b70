"""The demonstration's plan: every link is crawled, and its counts sum to 35 wherever they are given."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app, gather
from dashboard.cli._plan_tables import template_frames
from dashboard.filters import Selection
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan
from data_access.demo.shapes import CONVERSATION
from data_access.desk.engine import connect_desk
from data_access.desk.plan import plan_as_at
from data_access.releases.store import open_release

DAY = date(2022, 12, 31)
DAYS = ("2022-03-31", "2022-06-30", "2022-12-31")


@pytest.fixture(scope="module")
def source(demo_home: Path) -> ReleaseAndPlan:
    return ReleaseAndPlan(open_release(demo_home / "releases"), connect_desk(f"sqlite:///{demo_home / 'desk.db'}"), DAY)


def asked(source: ReleaseAndPlan, key: str) -> Result:
    return answer(key, source=source, selection=Selection(CONVERSATION))


def test_every_link_of_the_plan_is_crawled_and_leads_to_something_in_the_release(source):
    recorded = plan_as_at(source.desk, DAY).evidence
    crawled = asked(source, "plan_links").table
    assert crawled.height == recorded.height
    assert crawled.filter(crawled["resolved"].is_null()).select("action", "kind", "item").rows() == []


def test_what_each_link_leads_to_is_a_row_of_the_release(source):
    places = {
        "theme": ("votes_by_theme", "theme"),
        "idea": ("votes_by_idea", "idea"),
        "session action": ("sessions", "session"),
        "feedback": ("texts", "id"),
    }
    ids = {kind: set(source.table(table, CONVERSATION)[column]) for kind, (table, column) in places.items()}
    links = asked(source, "plan_links").table.select("kind", "resolved").rows()
    assert [(kind, item) for kind, item in links if item not in ids[kind]] == []


def test_what_is_said_and_done_names_only_linked_actions(source):
    linked = set(plan_as_at(source.desk, DAY).evidence["action"])
    assert set(asked(source, "you_said").table["action"]) == linked


@pytest.mark.parametrize("day", DAYS)
def test_the_metric_as_a_file_sums_to_35(demo_home, monkeypatch, day):
    monkeypatch.setenv("LOOKFORWARD_HOME", str(demo_home))
    if not app.registered_groups:
        gather()
    text = CliRunner().invoke(app, ["metric", "plan_status", "--as-at", day]).stdout
    assert sum(int(row["actions"]) for row in csv.DictReader(io.StringIO(text))) == 35


@pytest.mark.parametrize("key", ["plan_by_theme", "plan_by_owner"])
def test_groups_of_the_register_sum_to_35(source, key):
    assert asked(source, key).table["actions"].sum() == 35


@pytest.mark.parametrize("column", ["before", "now"])
def test_both_sides_of_a_change_sum_to_35(source, column):
    assert asked(source, "plan_change").table[column].sum() == 35


@pytest.mark.parametrize("column", ["actions", "expected"])
def test_now_and_the_years_end_both_sum_to_35(source, column):
    assert asked(source, "plan_expected").table[column].sum() == 35


@pytest.mark.parametrize("day", DAYS)
def test_the_export_holds_35_actions_once_each(source, day):
    frame = template_frames(plan_as_at(source.desk, date.fromisoformat(day)))["plan_actions"]
    assert frame["number"].to_list() == [str(number) for number in range(1, 36)]
