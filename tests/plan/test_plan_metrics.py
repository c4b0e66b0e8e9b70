"""What the dashboard says of the plan: every metric against a slow twin written without frames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.filters import Selection
from dashboard.metrics import METRICS
from dashboard.results import Result, answer
from data_access.desk.plan import PlanAsAt, load_register, plan_as_at
from data_access.desk.plan_reference import default_register
from data_access.frames import table_named
from data_access.vocabulary import NO_STATUS, ActionStatus

DAY = date(2024, 3, 1)
PLAN_METRICS = [key for key in METRICS if key.startswith("plan_")]
DATES = {
    2: {"due_stated": "by 2022", "theme": "Leading improvement"},
    3: {"due_stated": "by 2023", "theme": "Leading improvement", "wording": "Agree standards"},
    4: {"due_stated": "end of 2022", "theme": "Digital"},
    5: {"due_stated": "from 2023", "leads": "Chief people officer|Chief nurse"},
    6: {"due_stated": "March 2024"},
}
LINES = """
    action | as at      | recorded   | status
    2      | 2022-12-31 | 2023-01-02 | off track
    3      | 2022-12-31 | 2023-01-02 | at risk
    3      | 2023-06-30 | 2023-07-02 | complete
    4      | 2022-12-31 | 2023-01-02 | not started
    6      | 2022-12-31 | 2023-01-02 | on track
"""


@dataclass(frozen=True)
class PlanOnly:
    """A source whose release holds one conversation and nothing else."""

    plan_then: PlanAsAt
    number: int = 1
    published_at: datetime = datetime(2024, 3, 1, tzinfo=UTC)

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        """Give the one row of `conversations`; every other table is empty."""
        if name != "conversations":
            return table_named(name).empty()
        row = {"conversation": "demo", "title": "Demo", "threshold": 10, "is_demo": True, "imports": 1, "rows": 1}
        return pl.DataFrame([row], schema=table_named(name).schema)

    def plan(self, name: str) -> pl.DataFrame:
        """Give a frame of the plan; the earlier day is the same day, so nothing has changed."""
        return self.plan_then.table("plan_actions" if name == "plan_before" else name)


@pytest.fixture
def shown(desk_with):
    plan = plan_as_at(desk_with(LINES, DATES), DAY)

    def result(key: str) -> Result:
        return answer(key, source=PlanOnly(plan), selection=Selection("demo"))

    return result


@pytest.fixture
def published(desk, loading):
    load_register(desk, default_register(), **loading)
    plan = plan_as_at(desk, DAY)
    return lambda key: answer(key, source=PlanOnly(plan), selection=Selection("demo"))


def newest(number: int) -> str:
    """The same rule by hand: the last line of the history above that is about the action."""
    rows = [[cell.strip() for cell in line.split("|")] for line in LINES.strip().splitlines()[1:]]
    return next((status for action, _, _, status in reversed(rows) if int(action) == number), NO_STATUS)


LATEST = {2: date(2022, 12, 31), 3: date(2023, 12, 31), 4: date(2022, 12, 31), 6: date(2024, 3, 31)}


def is_late(number: int) -> bool:
    return number in LATEST and LATEST[number] < DAY and newest(number) not in ("complete", "closed")


def test_status_counts_equal_their_slow_twin_and_sum_to_35(shown):
    result = shown("plan_status")
    words = [*(status.value for status in ActionStatus), NO_STATUS]
    expected = []
    for word in words:
        numbers = [number for number in range(1, 36) if newest(number) == word]
        expected.append((word, len(numbers), sum(is_late(number) for number in numbers)))
    assert result.table.rows() == expected
    assert result.table["actions"].sum() == 35


def test_the_status_headline_is_worked_out(shown):
    result = shown("plan_status")
    assert result.headline == "1 of 35 actions is complete; 2 are past their latest date."
    assert result.base == "35 actions as at 1 March 2024"
    assert result.notes == (
        "31 actions have no status recorded.",
        "4 of 35 actions have a latest date; 31 have none and are never overdue.",
    )


@pytest.mark.parametrize(
    ("statuses", "headline"),
    [
        (["on track"], "None of 35 actions is complete; none is past its latest date."),
        (["complete", "complete"], "2 of 35 actions are complete; none is past its latest date."),
        (["complete", "closed"], "2 of 35 actions are complete or closed; none is past its latest date."),
        ([], "No status is recorded for any of the 35 actions."),
    ],
)
def test_the_status_headline_fits_its_numbers(desk_with, statuses, headline):
    lines = [f"{number} | 2023-01-01 | 2023-01-02 | {status}" for number, status in enumerate(statuses, start=8)]
    plan = plan_as_at(desk_with("\n".join(["action | as at | recorded | status", *lines])), DAY)
    assert answer("plan_status", source=PlanOnly(plan), selection=Selection("demo")).headline == headline


def test_the_board_has_35_tiles_grouped_by_theme_with_unknown_themes_last(shown):
    table = shown("plan_board").table
    assert table["number"].to_list() == [2, 3, 4, 1, *range(5, 36)]
    assert table["theme"].unique(maintain_order=True).to_list() == ["Leading improvement", "Digital", "theme not known"]
    assert table["status"].to_list() == [newest(number) for number in table["number"]]
    assert table["overdue"].to_list() == ["yes" if is_late(number) else "no" for number in table["number"]]
    assert shown("plan_board").headline == "1 of the 4 actions with a status is at risk or off track."


def test_the_register_says_what_is_not_loaded(shown):
    rows = {row["number"]: row for row in shown("plan_register").table.iter_rows(named=True)}
    assert list(rows) == list(range(1, 36))
    assert [rows[number]["wording"] for number in (2, 3)] == ["wording not loaded", "Agree standards"]
    assert [rows[number]["leads"] for number in (4, 5)] == [None, "Chief people officer; Chief nurse"]
    assert shown("plan_register").headline == "1 of 35 actions has its wording loaded."


def test_overdue_actions_are_listed_longest_first(shown):
    result = shown("plan_overdue")
    late = sorted((number for number in range(1, 36) if is_late(number)), key=lambda number: (LATEST[number], number))
    expected = [(f"Action {number}", (DAY - LATEST[number]).days, newest(number)) for number in late]
    assert result.table.select("action", "days_past", "status").rows() == expected
    assert expected == [("Action 2", 31 + 365 - 31 + 31 + 29 + 1, "off track"), ("Action 4", 426, "not started")]
    assert result.headline == "2 actions are past their latest date; action 2 the longest, by 426 days."


def test_the_timeline_lists_stated_dates_with_their_bounds(shown):
    result = shown("plan_timeline")
    assert result.table.select("item", "due_earliest", "due_latest").rows() == [
        ("Action 2", date(2022, 1, 1), date(2022, 12, 31)),
        ("Action 4", date(2022, 12, 31), date(2022, 12, 31)),
        ("Action 3", date(2023, 1, 1), date(2023, 12, 31)),
        ("Action 6", date(2024, 3, 1), date(2024, 3, 31)),
        ("Action 5", date(2023, 1, 1), None),
    ]
    assert result.headline == "Next: Action 6, due by 31 March 2024 at the latest."
    assert result.base == "5 actions and 0 commitments with a date"


def test_milestones_are_reached_late_or_to_come(desk, register, loading):
    steps = pl.DataFrame(
        {
            "action": [7, 7, 8],
            "milestone": ["M1", "M2", "M3"],
            "text": ["Board agreed", "Pilot", "Review"],
            "due_stated": ["2022", "2022", "2025"],
            "reached_on": [date(2022, 7, 1), None, None],
        }
    )
    load_register(desk, {"plan_actions": register(), "milestones": steps}, **loading)
    source = PlanOnly(plan_as_at(desk, DAY))
    result = answer("plan_milestones", source=source, selection=Selection("demo"))
    expected = [("Board agreed", "reached"), ("Pilot", "past its latest date"), ("Review", "to come")]
    assert result.table.select("text", "state").rows() == expected
    assert result.headline == "1 of 3 milestones was reached; 1 is past its latest date."


def test_of_the_published_register_nothing_is_invented(published):
    told = {key: published(key).headline for key in PLAN_METRICS}
    assert told == {
        "plan_board": "No status is recorded for any of the 35 actions.",
        "plan_burn_up": "No milestone has a date to be held against.",
        "plan_by_owner": "No action is at risk or off track.",
        "plan_by_theme": "No action is at risk or off track.",
        "plan_change": "No action has changed its status since 1 March 2024.",
        "plan_commitments": "14 commitments are known without an action number; 5 with a date.",
        "plan_expected": "No status at the year's end is recorded for any of the 35 actions.",
        "plan_gaps": "No strong theme is without an action.",
        "plan_links": "No action is linked to anything people said.",
        "plan_milestones": "No milestones are recorded.",
        "plan_moves": "No action moved.",
        "plan_overdue": "No action is past its latest date.",
        "plan_register": "None of 35 actions has its wording loaded.",
        "plan_status": "No status is recorded for any of the 35 actions.",
        "plan_support": "No action has votes behind it.",
        "plan_themes": "No theme is coded here yet.",
        "plan_timeline": "Every stated latest date is past; 1 is open-ended.",
        "plan_unevidenced": "35 of 35 actions have no evidence.",
    }


def test_every_metric_of_the_plan_fills_its_about_and_says_why_the_element_filter_does_not_apply():
    for key in PLAN_METRICS:
        metric = METRICS[key].METRIC
        about = (metric.measure, metric.numerator, metric.denominator, metric.interval, metric.source, metric.caveat)
        assert all(about), key
        assert metric.takes_element != ("the element filter does not apply" in metric.caveat), key
