"""Three earlier board reports of the demonstration are reproduced byte for byte, whatever was recorded since."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard.cli import app, gather
from dashboard.cli._plan_tables import PLAN_TABLES, frames_from_files
from dashboard.plan_report import board_report
from data_access.demo.write import write_demo
from data_access.desk.engine import open_desk
from data_access.desk.plan import Edit, load_register, plan_as_at, set_status, undo_newest
from data_access.vocabulary import ActionStatus

REPORTS = Path(__file__).parents[1] / "data" / "plan"
DAYS = ("2022-03-31", "2022-06-30", "2022-12-31")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_tables(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return frames_from_files([folder / f"{name}.csv" for name in PLAN_TABLES], NOW.date())


@pytest.fixture
def demo_desk(settings, demo_tables) -> Engine:
    """The demonstration's register, as `lookforward demo` loads it."""
    settings.home.mkdir(parents=True)
    engine = open_desk(settings.desk_url)
    load_register(engine, demo_tables, recorded_by="Demonstration", now=NOW)
    return engine


def shown(*options: str) -> bytes:
    if not app.registered_groups:
        gather()
    answer = CliRunner().invoke(app, ["plan", "show", *options])
    assert answer.exit_code == 0, answer.output
    return answer.stdout_bytes


@pytest.mark.parametrize("day", DAYS)
def test_an_earlier_report_is_printed_byte_for_byte(demo_desk, day):
    assert shown("--as-at", day) == (REPORTS / f"board-{day}.txt").read_bytes()


@pytest.mark.parametrize("day", DAYS)
def test_what_is_recorded_later_about_later_days_leaves_it_as_it_was(demo_desk, day):
    given = {"reason": None, "note": "Later", "as_at": NOW.date(), "recorded_by": "Analyst", "now": NOW}
    for number in range(1, 36):
        set_status(demo_desk, number, status=ActionStatus.CLOSED, expected_version=1, **given)
    undo_newest(demo_desk, Edit(7, "Analyst", NOW, 2))
    assert shown("--as-at", day) == (REPORTS / f"board-{day}.txt").read_bytes()


def test_a_correction_of_an_earlier_day_changes_its_report_but_not_what_was_known_then(demo_desk):
    """'As at June' and 'what the board was told in July' are two questions; both have an answer."""
    day = date(2022, 6, 30)
    before = board_report(plan_as_at(demo_desk, day))
    given = {"reason": None, "note": "", "as_at": day, "recorded_by": "Analyst", "now": NOW}
    set_status(demo_desk, 7, status=ActionStatus.CLOSED, expected_version=1, **given)
    assert board_report(plan_as_at(demo_desk, day)) != before
    assert board_report(plan_as_at(demo_desk, day, datetime(2022, 7, 31, tzinfo=UTC))) == before


@pytest.mark.parametrize("day", DAYS)
def test_the_counts_of_a_report_sum_to_35(day):
    lines = (REPORTS / f"board-{day}.txt").read_text().splitlines()
    counts = [int(line.split()[-1]) for line in lines[1:9]]
    assert (sum(counts), lines[9].split()) == (35, ["in", "all", "35"])


def test_labels_stand_beside_words_and_shapes_and_never_in_their_place(demo_desk):
    plan = plan_as_at(demo_desk, date(2022, 12, 31))
    labels = (("at risk", "Amber"), ("off track", "Red"))
    plain, labelled = (board_report(plan, given).splitlines() for given in ((), labels))
    changed = [(old, new) for old, new in zip(plain, labelled, strict=True) if old != new]
    assert len(changed) >= 2
    for old, new in changed:
        assert " ".join(new.replace(" (Amber)", "").replace(" (Red)", "").split()) == " ".join(old.split())
