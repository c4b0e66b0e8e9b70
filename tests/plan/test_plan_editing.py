"""Recording a status: who, when, about which day, and two people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.plan import history, load_register, plan_as_at, set_status
from data_access.problems import ChangedMeanwhile, NothingThere, UserProblem
from data_access.vocabulary import ActionStatus, StatusReason

TODAY = date(2023, 11, 22)


def record(desk, number=7, *, status=ActionStatus.AT_RISK, expected_version=1, **others):
    given = {
        "reason": StatusReason.NO_MEASURE_YET,
        "note": " Board asked for one ",
        "as_at": date(2023, 10, 31),
        "recorded_by": "Analyst",
        "now": datetime(2023, 11, 22, 10, 15, tzinfo=UTC),
    }
    return set_status(desk, number, status=status, expected_version=expected_version, **{**given, **others})


def test_a_recorded_status_says_who_when_why_and_about_which_day(loaded):
    assert record(loaded) == 2
    row = plan_as_at(loaded, TODAY).actions.row(6, named=True)
    assert {name: row[name] for name in ("status", "reason", "note", "as_at", "recorded_by", "version")} == {
        "status": "at risk",
        "reason": "no measure yet",
        "note": "Board asked for one",
        "as_at": date(2023, 10, 31),
        "recorded_by": "Analyst",
        "version": 2,
    }


def test_the_second_of_two_editors_is_told_what_the_first_recorded_and_nothing_is_lost(loaded):
    record(loaded)
    with pytest.raises(ChangedMeanwhile) as caught:
        record(loaded, status=ActionStatus.COMPLETE, recorded_by="Somebody else")
    assert str(caught.value).splitlines() == [
        "Action 7 was changed since you looked at it. Nothing was saved.",
        "  22 November 2023 10:15 UTC  Analyst  status: at risk as at 2023-10-31; no measure yet; Board asked for one",
        "Look at it as it stands now, then decide again.",
    ]
    assert plan_as_at(loaded, TODAY).actions["status"][6] == "at risk"


def test_of_ten_editors_at_the_same_moment_one_is_recorded_and_nine_are_told(loaded):
    def attempt(name: str) -> str:
        try:
            record(loaded, recorded_by=name)
        except ChangedMeanwhile:
            return "told"
        return "recorded"

    with ThreadPoolExecutor(max_workers=10) as editors:
        outcomes = list(editors.map(attempt, [f"Editor {number}" for number in range(10)]))
    assert sorted(outcomes) == ["recorded", *["told"] * 9]
    assert plan_as_at(loaded, TODAY).updates.height == 1


def test_an_edit_is_refused_after_the_register_changed_under_it(loaded, register, loading):
    load_register(loaded, {"plan_actions": register({7: {"due_stated": "by 2024"}})}, **loading)
    with pytest.raises(ChangedMeanwhile, match=r"register: 7: due_stated ‘by 2023’ → ‘by 2024’"):
        record(loaded, expected_version=1)


def test_an_edit_of_one_action_does_not_stop_an_edit_of_another(loaded):
    assert (record(loaded, 7), record(loaded, 8)) == (2, 2)


def test_a_version_nobody_has_seen_yet_is_refused(loaded):
    with pytest.raises(ChangedMeanwhile, match="another version than 5"):
        record(loaded, expected_version=5)


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2023, 11, 23)])
def test_a_status_is_about_a_day_from_2021_to_today(loaded, day):
    with pytest.raises(UserProblem, match="from 2021-01-01 to today, 2023-11-22"):
        record(loaded, as_at=day)


def test_an_unknown_action_is_named(loaded):
    with pytest.raises(NothingThere, match=r"no action 36\. The register holds 1 to 35"):
        record(loaded, 36)


def test_without_a_register_nothing_can_be_recorded(desk):
    with pytest.raises(NothingThere, match="lookforward plan import"):
        record(desk)


def test_each_edit_leaves_one_line_in_the_audit_log_without_the_note(loaded):
    record(loaded)
    with reading(loaded) as connection:
        newest = audit.entries(connection)[0]
        assert audit.verify_chain(connection) == 2
    assert (newest.who, newest.what) == ("Analyst", "plan action 7: status at risk as at 2023-10-31")


def test_a_refused_edit_leaves_no_line_in_the_audit_log(loaded):
    with pytest.raises(ChangedMeanwhile):
        record(loaded, expected_version=5)
    with reading(loaded) as connection:
        assert [entry.what for entry in audit.entries(connection)] == ["plan import: 35 rows added, 0 changed"]


def test_history_tells_everything_in_the_order_it_was_recorded(loaded):
    record(loaded)
    record(loaded, status=ActionStatus.COMPLETE, reason=None, note="", expected_version=2)
    assert history(loaded, 7).select("version", "kind", "says").rows() == [
        (1, "register", "7 recorded for the first time"),
        (2, "status", "at risk as at 2023-10-31; no measure yet; Board asked for one"),
        (3, "status", "complete as at 2023-10-31"),
    ]
