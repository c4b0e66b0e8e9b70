"""Editing notes, milestones and evidence: locked, undone, audited, and nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.plan import (
    Edit,
    history,
    load_register,
    plan_as_at,
    set_evidence,
    set_milestone,
    set_note,
    set_status,
    undo_newest,
    withdraw_evidence,
    withdraw_milestone,
)
from data_access.problems import ChangedMeanwhile, NothingThere, UserProblem
from data_access.vocabulary import ActionStatus

TODAY = date(2023, 11, 22)
NOW = datetime(2023, 11, 22, 10, 15, tzinfo=UTC)


def edit(version: int, number: int = 7, by: str = "Analyst") -> Edit:
    return Edit(number, by, NOW, version)


def status(desk, version: int, word: ActionStatus = ActionStatus.AT_RISK, **others) -> int:
    given = {"reason": None, "note": "", "as_at": TODAY, "recorded_by": "Analyst", "now": NOW}
    return set_status(desk, 7, status=word, expected_version=version, **{**given, **others})


def action(desk, number: int = 7, day: date = TODAY) -> dict[str, object]:
    return plan_as_at(desk, day).actions.row(number - 1, named=True)


def milestones(desk, day: date = TODAY) -> list[tuple[object, ...]]:
    return plan_as_at(desk, day).milestones.select("milestone", "text", "due_latest", "reached_on").rows()


def links(desk) -> list[tuple[object, ...]]:
    return plan_as_at(desk, TODAY).evidence.select("kind", "item", "response", "response_text").rows()


def audited(desk) -> list[str]:
    with reading(desk) as connection:
        audit.verify_chain(connection)
        return [entry.what for entry in reversed(audit.entries(connection))][1:]


def test_the_status_expected_at_the_years_end_stands_beside_the_status(loaded):
    status(loaded, 1, expected_status=ActionStatus.COMPLETE)
    row = action(loaded)
    assert (row["status"], row["expected_status"], row["expected_by"]) == ("at risk", "complete", date(2024, 3, 31))


@pytest.mark.parametrize(
    ("as_at", "end"),
    [(date(2023, 3, 31), date(2023, 3, 31)), (date(2023, 4, 1), date(2024, 3, 31)), (TODAY, date(2024, 3, 31))],
)
def test_the_year_ends_on_31_march(loaded, as_at, end):
    status(loaded, 1, as_at=as_at, expected_status=ActionStatus.COMPLETE)
    assert action(loaded)["expected_by"] == end


def test_a_note_is_changed_and_taken_away_and_the_status_stays(loaded):
    status(loaded, 1, note="First")
    set_note(loaded, edit(2), note=" Second ")
    assert (action(loaded)["status"], action(loaded)["note"]) == ("at risk", "Second")
    set_note(loaded, edit(3), note="")
    assert (action(loaded)["status"], action(loaded)["note"]) == ("at risk", None)


def test_a_note_needs_a_status_to_stand_with(loaded):
    with pytest.raises(NothingThere, match="Action 7 has no status yet"):
        set_note(loaded, edit(1), note="Why")
    assert action(loaded)["version"] == 1


def test_a_milestone_is_added_changed_and_withdrawn(loaded):
    set_milestone(loaded, edit(1), text="Board agreed", due_stated="by March 2024")
    assert milestones(loaded) == [("M07-1", "Board agreed", date(2024, 3, 31), None)]
    set_milestone(loaded, edit(2), milestone="M07-1", text="Board agreed", due_stated="2023", reached_on=TODAY)
    assert milestones(loaded) == [("M07-1", "Board agreed", date(2023, 12, 31), TODAY)]
    withdraw_milestone(loaded, edit(3), milestone="M07-1")
    assert milestones(loaded) == []
    assert [row["says"] for row in history(loaded, 7).iter_rows(named=True)][-1] == "M07-1 withdrawn"


def test_a_second_milestone_gets_the_next_free_id_even_after_a_withdrawal(loaded):
    set_milestone(loaded, edit(1), text="One")
    withdraw_milestone(loaded, edit(2), milestone="M07-1")
    set_milestone(loaded, edit(3), text="Two")
    assert milestones(loaded) == [("M07-2", "Two", None, None)]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"text": " "}, "text: empty"), ({"text": "A", "reached_on": date(2023, 11, 23)}, "not after today")],
)
def test_a_faulty_milestone_is_refused_and_the_version_stays(loaded, given, wrong):
    with pytest.raises(UserProblem, match=wrong):
        set_milestone(loaded, edit(1), **given)
    assert (milestones(loaded), action(loaded)["version"]) == ([], 1)


def test_what_does_not_stand_cannot_be_changed_or_withdrawn(loaded):
    with pytest.raises(NothingThere):
        withdraw_milestone(loaded, edit(1), milestone="M07-1")
    with pytest.raises(NothingThere):
        withdraw_evidence(loaded, edit(1), kind="idea", item="I1")
    with pytest.raises(NothingThere):
        set_milestone(loaded, edit(1), milestone="M07-9", text="One")
    assert audited(loaded) == []


def test_a_milestone_of_another_action_cannot_be_changed_under_this_one(loaded):
    set_milestone(loaded, edit(1, number=8), text="Theirs")
    with pytest.raises(NothingThere):
        set_milestone(loaded, edit(1), milestone="M08-1", text="Mine now")


def test_evidence_is_linked_answered_and_withdrawn(loaded):
    set_evidence(loaded, edit(1), kind="idea", item="I1")
    set_evidence(loaded, edit(2), kind="idea", item="I1", response="doing", response_text="A pilot")
    assert links(loaded) == [("idea", "I1", "doing", "A pilot")]
    withdraw_evidence(loaded, edit(3), kind="idea", item="I1")
    assert links(loaded) == []


@pytest.mark.parametrize(
    "given",
    [{"kind": "rumour", "item": "I1"}, {"kind": "idea", "item": ""}, {"kind": "idea", "item": "1", "response": "no"}],
)
def test_faulty_evidence_is_refused(loaded, given):
    with pytest.raises(UserProblem, match=r"^Nothing was saved\. "):
        set_evidence(loaded, edit(1), **given)
    assert (links(loaded), action(loaded)["version"]) == ([], 1)


def test_the_second_editor_of_a_milestone_is_told_what_the_first_did_and_loses_nothing_of_theirs(loaded):
    set_milestone(loaded, edit(1, by="First"), text="Board agreed")
    with pytest.raises(ChangedMeanwhile) as caught:
        set_evidence(loaded, edit(1, by="Second"), kind="idea", item="I1")
    assert "  22 November 2023 10:15 UTC  First  milestone: M07-1 recorded for the first time" in str(caught.value)
    assert (len(milestones(loaded)), links(loaded)) == (1, [])


EDITS = {
    "status": lambda desk, v: status(desk, v, ActionStatus.OFF_TRACK, note="N", expected_status=ActionStatus.ON_TRACK),
    "note": lambda desk, v: set_note(desk, edit(v), note="Another"),
    "milestone": lambda desk, v: set_milestone(desk, edit(v), text="New"),
    "change": lambda desk, v: set_milestone(desk, edit(v), milestone="M07-1", text="Changed", reached_on=TODAY),
    "withdraw": lambda desk, v: withdraw_milestone(desk, edit(v), milestone="M07-1"),
    "link": lambda desk, v: set_evidence(desk, edit(v), kind="idea", item="I2"),
    "answer": lambda desk, v: set_evidence(
        desk, edit(v), kind="idea", item="I1", response="done", response_text="It is"
    ),
    "unlink": lambda desk, v: withdraw_evidence(desk, edit(v), kind="idea", item="I1"),
}


def shown(desk) -> tuple[object, ...]:
    row = {name: value for name, value in action(desk).items() if name not in ("version", "recorded_at")}
    return row, milestones(desk), links(desk)


def furnished(desk) -> int:
    """A status, a milestone and a link, so that every kind of edit has something to work on; gives the version."""
    status(desk, 1, note="First")
    set_milestone(desk, edit(2), text="One")
    return set_evidence(desk, edit(3), kind="idea", item="I1", response="doing", response_text="A pilot")


@pytest.mark.parametrize("kind", EDITS)
def test_undo_restores_what_stood_before_and_undoing_twice_restores_the_edit(loaded, kind):
    version = furnished(loaded)
    before = shown(loaded)
    EDITS[kind](loaded, version)
    after = shown(loaded)
    assert after != before
    undo_newest(loaded, edit(version + 1))
    assert shown(loaded) == before
    undo_newest(loaded, edit(version + 2))
    assert shown(loaded) == after
    assert action(loaded)["version"] == version + 3


def test_undo_takes_back_what_an_import_said_of_the_action(loaded, register, loading):
    load_register(
        loaded, {"plan_actions": register({7: {"due_stated": "by 2025"}, 8: {"due_stated": "2025"}})}, **loading
    )
    undo_newest(loaded, edit(2))
    assert (action(loaded)["due_stated"], action(loaded, 8)["due_stated"]) == ("by 2023", "2025")


def test_the_register_itself_cannot_be_undone(loaded):
    with pytest.raises(UserProblem, match="nothing to undo"):
        undo_newest(loaded, edit(1))
    assert plan_as_at(loaded, TODAY).actions.height == 35


def test_an_undo_does_not_overtake_somebody_elses_edit(loaded):
    status(loaded, 1)
    set_note(loaded, edit(2), note="Theirs")
    with pytest.raises(ChangedMeanwhile, match="Theirs"):
        undo_newest(loaded, edit(2))
    assert action(loaded)["note"] == "Theirs"


def test_before_the_moment_of_an_undo_the_undone_status_is_still_what_was_known(loaded):
    status(loaded, 1)
    undo_newest(loaded, Edit(7, "Analyst", datetime(2023, 11, 22, 11, 0, tzinfo=UTC), 2))
    then = plan_as_at(loaded, TODAY, datetime(2023, 11, 22, 10, 30, tzinfo=UTC))
    assert (then.actions["status"][6], action(loaded)["status"]) == ("at risk", "no status recorded")


def test_every_edit_leaves_one_audit_row_without_what_was_written(loaded):
    version = furnished(loaded)
    for record in EDITS.values():
        record(loaded, version)
        version += 1
        undo_newest(loaded, edit(version))
        version += 1
    told = audited(loaded)
    assert told[:3] == [
        "plan action 7: status at risk as at 2023-11-22",
        "plan action 7: milestone added",
        "plan action 7: evidence idea I1",
    ]
    assert len(told) == 3 + 2 * len(EDITS)
    assert [word for word in ("pilot", "First", "Another", "Changed") if any(word in line for line in told)] == []
