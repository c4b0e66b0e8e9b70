"""The plan as at a day: two kinds of time, overdue, slip, and counts that always sum to 35."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.desk.plan import load_register, plan_as_at
from data_access.desk.plan_rules import STATUS_ORDER, counts_by_status, updates_until, with_slip, with_status
from data_access.desk.plan_shapes import MOMENT
from data_access.problems import BadSelection, NothingThere
from data_access.vocabulary import NO_STATUS, ActionStatus

TODAY = date(2023, 11, 22)


def status_of(desk, number, day, known=None):
    return plan_as_at(desk, day, known).actions["status"][number - 1]


def test_an_action_without_an_update_has_no_status_and_is_not_called_not_started(loaded):
    assert plan_as_at(loaded, TODAY).actions["status"].unique().to_list() == ["no status recorded"]


def test_the_status_on_a_day_is_that_of_the_newest_day_before_it(desk_with):
    desk = desk_with(
        """
        action | as at      | recorded   | status
        7      | 2022-03-31 | 2022-04-02 | on track
        7      | 2022-09-30 | 2022-10-02 | at risk
        """
    )
    seen = [status_of(desk, 7, date(2022, month, day)) for month, day in ((3, 30), (3, 31), (9, 29), (9, 30))]
    assert seen == ["no status recorded", "on track", "on track", "at risk"]


def test_a_correction_recorded_later_stands_unless_only_what_was_known_then_is_asked(desk_with):
    desk = desk_with(
        """
        action | as at      | recorded   | status
        7      | 2022-03-31 | 2022-04-02 | on track
        7      | 2022-03-31 | 2022-06-15 | off track
        """
    )
    assert status_of(desk, 7, date(2022, 4, 30)) == "off track"
    assert status_of(desk, 7, date(2022, 4, 30), datetime(2022, 4, 30, tzinfo=UTC)) == "on track"
    assert status_of(desk, 7, date(2022, 4, 30), datetime(2022, 4, 1, tzinfo=UTC)) == "no status recorded"


def test_an_older_day_recorded_later_does_not_replace_the_newer_day(desk_with):
    desk = desk_with(
        """
        action | as at      | recorded   | status
        7      | 2022-09-30 | 2022-10-02 | complete
        7      | 2022-03-31 | 2022-12-01 | at risk
        """
    )
    assert status_of(desk, 7, TODAY) == "complete"


@pytest.mark.parametrize(
    ("day", "status", "is_overdue"),
    [
        ("2023-01-01", "on track", False),  # the strict reading of 'by 2023' is past; it never decides
        ("2023-12-31", "on track", False),
        ("2024-01-01", "on track", True),
        ("2024-01-01", "not started", True),
        ("2024-01-01", "proposed closed", True),  # proposed is not agreed
        ("2024-01-01", "complete", False),
        ("2024-01-01", "closed", False),
        ("2024-01-01", None, True),
    ],
)
def test_overdue_is_past_the_latest_bound_and_not_complete_or_closed(desk_with, day, status, is_overdue):
    lines = "action | as at | recorded | status" + (f"\n7 | 2022-03-31 | 2022-04-01 | {status}" if status else "")
    desk = desk_with(lines, {7: {"due_stated": "by 2023"}})
    overdue = plan_as_at(desk, date.fromisoformat(day)).actions.filter("is_overdue")["number"].to_list()
    assert overdue == ([7] if is_overdue else [])


def test_an_action_without_a_latest_date_is_never_overdue(desk, register, loading):
    stated = {1: {"due_stated": "from 2022"}, 2: {"due_stated": "not stated"}, 3: {"due_stated": "when we can"}}
    load_register(desk, {"plan_actions": register(stated)}, **loading)
    assert not plan_as_at(desk, date(2099, 1, 1)).actions["is_overdue"].any()


def test_slip_is_the_latest_day_now_minus_the_latest_day_first_recorded(loaded, register, loading):
    load_register(loaded, {"plan_actions": register({7: {"due_stated": "by March 2024"}})}, **loading)
    row = plan_as_at(loaded, TODAY).actions.row(6, named=True)
    assert (row["first_due_latest"], row["slip_days"]) == (date(2023, 12, 31), 31 + 29 + 31)
    assert plan_as_at(loaded, TODAY - timedelta(days=1)).actions["slip_days"][6] == 0
    assert plan_as_at(loaded, TODAY).actions["slip_days"].null_count() == 34


def test_a_milestone_is_reached_from_the_day_it_was_and_late_after_its_date_until_then(desk, register, loading):
    step = pl.DataFrame(
        {
            "action": [7],
            "milestone": ["M1"],
            "text": ["Board agreed"],
            "due_stated": ["June 2022"],
            "reached_on": [date(2022, 7, 10)],
        }
    )
    load_register(desk, {"plan_actions": register(), "milestones": step}, **loading)
    days = [date(2022, 6, 30), date(2022, 7, 1), date(2022, 7, 10)]
    seen = [plan_as_at(desk, day).milestones.select("is_reached", "is_overdue").row(0) for day in days]
    assert seen == [(False, False), (False, True), (True, False)]
    assert plan_as_at(desk, days[0]).milestones["reached_on"].to_list() == [None]
    assert plan_as_at(desk, TODAY).actions.row(6, named=True)["milestones_reached"] == 1


def test_leads_are_several_posts(desk, register, loading):
    load_register(desk, {"plan_actions": register({7: {"leads": "Chief people officer | Chief nurse"}})}, **loading)
    assert plan_as_at(desk, TODAY).actions["leads"].to_list()[5:7] == [[], ["Chief people officer", "Chief nurse"]]


def test_every_action_is_there_even_before_the_register_was_written_down(loaded):
    then = plan_as_at(loaded, date(2021, 11, 22), datetime(2021, 11, 22, tzinfo=UTC))
    assert then.actions["number"].to_list() == list(range(1, 36))


def test_there_is_no_plan_before_it_was_published(loaded):
    with pytest.raises(BadSelection, match="published on 2021-11-22"):
        plan_as_at(loaded, date(2021, 11, 21))


def test_without_a_register_the_answer_is_how_to_load_one(desk):
    with pytest.raises(NothingThere, match="lookforward plan import"):
        plan_as_at(desk, TODAY)


def test_a_metric_gets_its_frame_with_the_day_and_an_unknown_name_is_refused(loaded):
    plan = plan_as_at(loaded, TODAY)
    assert plan.table("plan_actions").columns[:2] == ["as_at_day", "number"]
    assert plan.table("plan_actions")["as_at_day"].unique().to_list() == [TODAY]
    with pytest.raises(NothingThere, match="plan_actions, plan_milestones"):
        plan.table("plan_rumours")


DAYS = st.dates(date(2022, 1, 1), date(2022, 1, 9))
UPDATE = st.tuples(st.integers(1, 35), DAYS, DAYS, st.sampled_from([status.value for status in ActionStatus]))
HISTORIES = st.lists(UPDATE, max_size=30)


def frame_of(history):
    rows = [
        {
            "id": place,
            "action": action,
            "as_at": as_at,
            "status": status,
            "reason": None,
            "note": None,
            "recorded_at": datetime.combine(recorded, datetime.min.time(), UTC),
            "recorded_by": "x",
            "expected_status": None,
            "expected_by": None,
            "withdraws": None,
        }
        for place, (action, as_at, recorded, status) in enumerate(history)
    ]
    kinds = {"id": pl.Int64, "action": pl.Int64, "as_at": pl.Date, "status": pl.String, "reason": pl.String}
    kinds |= {"note": pl.String, "recorded_at": MOMENT, "recorded_by": pl.String}
    kinds |= {"expected_status": pl.String, "expected_by": pl.Date, "withdraws": pl.Int64}
    return pl.DataFrame(rows, schema=kinds)


def slow_status(history, number, day, known):
    """The same rule without a frame: walk the history, keep the last that is later in both orders."""
    best = None
    for place, (action, as_at, recorded, status) in enumerate(history):
        if action == number and as_at <= day and recorded <= known:
            best = max(best or (as_at, recorded, place, status), (as_at, recorded, place, status))
    return best[3] if best else NO_STATUS


@given(HISTORIES, DAYS, DAYS)
def test_status_on_a_day_equals_its_slow_twin_and_counts_sum_to_35(history, day, known):
    actions = pl.DataFrame({"number": range(1, 36)}, schema={"number": pl.Int64}).with_columns(
        due_latest=pl.lit(date(2022, 1, 5))
    )
    moment = datetime.combine(known, datetime.min.time(), UTC)
    rated = with_status(actions, updates_until(frame_of(history), day, moment), day)
    expected = [slow_status(history, number, day, known) for number in range(1, 36)]
    assert rated["status"].to_list() == expected
    late = [day > date(2022, 1, 5) and status not in ("complete", "closed") for status in expected]
    assert rated["is_overdue"].to_list() == late
    counts = counts_by_status(rated)
    assert counts["status"].to_list() == list(STATUS_ORDER)
    assert counts["actions"].sum() == 35
    assert dict(counts.select("status", "actions").rows()) == {word: expected.count(word) for word in STATUS_ORDER}


def test_slip_is_unknown_without_a_date():
    versions = pl.DataFrame(
        {"id": [1], "number": [1], "version": [1], "recorded_at": [None], "due_latest": [None]},
        schema={"id": pl.Int64, "number": pl.Int64, "version": pl.Int64, "recorded_at": MOMENT, "due_latest": pl.Date},
    )
    assert with_slip(versions, versions, ("number",), None)["slip_days"].to_list() == [None]
