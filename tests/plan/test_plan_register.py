"""Loading a register: what is refused, what is added, what is left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.plan import compare_register, history, load_register, plan_as_at
from data_access.desk.plan_reference import default_register
from data_access.desk.plan_shapes import BY_NAME, TABLES, conformed
from data_access.importing.template_tables import TEMPLATE
from data_access.problems import ImportRefused, NothingThere

TODAY = date(2023, 11, 22)


def refused(desk, frames, loading) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        load_register(desk, frames, **loading)
    with pytest.raises(NothingThere):
        plan_as_at(desk, TODAY)
    return caught.value


def test_a_register_without_action_12_is_refused_by_name(desk, register, loading):
    problem = refused(desk, {"plan_actions": register(without=(12,))}, loading)
    assert "missing: 12" in problem.headline
    assert [fault.shape for fault in problem.faults] == ["missing: 12"]


def test_a_register_names_everything_that_is_missing_repeated_and_out_of_range(desk, register, loading):
    wrong = register().with_columns(pl.col("number").replace({12: 3, 20: 36, 21: 0}))
    assert refused(desk, {"plan_actions": wrong}, loading).headline == (
        "The register does not hold the 35 actions of the plan, so nothing was loaded "
        "(missing: 12, 20, 21; repeated: 3 (2 times); out of range: 0, 36)."
    )


def test_a_register_of_35_rows_without_numbers_is_refused(desk, register, loading):
    problem = refused(desk, {"plan_actions": register().with_columns(number=pl.lit(None, pl.Int64))}, loading)
    assert "without a number: 35 rows" in problem.headline


def test_a_date_before_2021_is_refused_with_its_row(desk, register, loading):
    wrong = register({4: {"due_latest": date(2012, 3, 31)}})
    assert [(fault.row, fault.column) for fault in refused(desk, {"plan_actions": wrong}, loading).faults] == [
        (5, "due_latest")
    ]


def test_bounds_the_wrong_way_round_are_refused(desk, register, loading):
    wrong = register({4: {"due_earliest": date(2024, 1, 1), "due_latest": date(2023, 1, 1)}})
    (fault,) = refused(desk, {"plan_actions": wrong}, loading).faults
    assert (fault.row, fault.column, fault.expected) == (5, "due_latest", "a day not before due_earliest, 2024-01-01")


def test_faults_of_all_tables_are_told_at_once_by_the_rows_of_their_files(desk, register, updates, loading):
    told = updates("""
        action | as at      | recorded   | status
        36     | 2023-03-01 | 2023-03-01 | on track
        2      | 2023-03-01 | 2023-03-01 | green
    """).with_columns(row=pl.Series([7, 9]))
    steps = pl.DataFrame({"action": [2], "milestone": ["M1"], "text": [""]})
    problem = refused(desk, {"plan_actions": register(), "updates": told, "milestones": steps}, loading)
    assert [(fault.file, fault.row, fault.column) for fault in problem.faults] == [
        ("milestones", 2, "text"),
        ("updates", 7, "action"),
        ("updates", 9, "status"),
    ]


def test_an_update_about_tomorrow_is_refused(desk, register, updates, loading):
    told = updates("""
        action | as at      | recorded   | status
        2      | 2023-11-23 | 2023-11-22 | on track
    """)
    (fault,) = refused(desk, {"plan_actions": register(), "updates": told}, loading).faults
    assert (fault.column, fault.expected) == ("as_at", "a day not after today, 2023-11-22")


def test_history_without_a_register_is_refused(desk, updates, loading):
    told = updates("""
        action | as at      | recorded   | status
        2      | 2023-03-01 | 2023-03-01 | on track
    """)
    with pytest.raises(NothingThere, match="No register"):
        load_register(desk, {"updates": told}, **loading)


def test_loading_the_same_register_twice_changes_nothing(desk, loading):
    first = load_register(desk, default_register(), **loading)
    second = load_register(desk, default_register(), **loading)
    assert (first.added, first.changed, first.unchanged) == (35 + 14, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 35 + 14)
    with reading(desk) as connection:
        assert [entry.what for entry in audit.entries(connection)] == ["plan import: 49 rows added, 0 changed"]


def test_a_check_says_what_a_load_would_do_and_stores_nothing(desk, register, loading):
    frames = {"plan_actions": register()}
    assert compare_register(desk, frames, **loading).added == 35
    with pytest.raises(NothingThere):
        plan_as_at(desk, TODAY)


def test_a_changed_row_is_told_field_by_field(loaded, register, loading):
    changed = register({7: {"due_stated": "by 2024", "leads": "Chief people officer | Chief nurse"}})
    change = load_register(loaded, {"plan_actions": changed}, **loading)
    assert change.lines() == [
        "0 rows were added and 1 changed; 34 say what is known already.",
        "  ~ plan_actions 7  leads: empty → ‘Chief people officer | Chief nurse’; due_stated: ‘by 2023’ → ‘by 2024’; "
        "due_earliest: ‘2023-01-01’ → ‘2024-01-01’; due_latest: ‘2023-12-31’ → ‘2024-12-31’",
    ]


def test_a_change_keeps_what_the_register_said_before(loaded, register, loading):
    load_register(loaded, {"plan_actions": register({7: {"due_stated": "by 2024"}})}, **loading)
    due = {day: plan_as_at(loaded, day).actions["due_stated"][6] for day in (TODAY, TODAY - timedelta(days=1))}
    assert due == {TODAY: "by 2024", TODAY - timedelta(days=1): "by 2023"}
    assert history(loaded, 7)["says"][1] == (
        "7: due_stated ‘by 2023’ → ‘by 2024’; due_earliest ‘2023-01-01’ → ‘2024-01-01’; "
        "due_latest ‘2023-12-31’ → ‘2024-12-31’"
    )


def test_rows_a_file_does_not_mention_stay(loaded, loading):
    def step(name):
        return {"milestones": pl.DataFrame({"action": [7], "milestone": [name], "text": ["Board agreed"]})}

    load_register(loaded, step("M1"), **loading)
    load_register(loaded, step("M2"), **loading)
    assert plan_as_at(loaded, TODAY).milestones["milestone"].to_list() == ["M1", "M2"]


def test_recorded_history_cannot_be_rewritten(loaded, updates, loading):
    line = "action | as at | recorded | status\n2 | 2023-03-01 | 2023-03-02 | {}"
    load_register(loaded, {"updates": updates(line.format("on track"))}, **loading)
    with pytest.raises(ImportRefused, match="history cannot be rewritten"):
        load_register(loaded, {"updates": updates(line.format("complete"))}, **loading)
    assert plan_as_at(loaded, TODAY).updates["status"].to_list() == ["on track"]


def test_an_update_that_leaves_out_its_day_is_about_the_day_it_was_recorded(loaded, loading):
    late_in_june = datetime(2023, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in England
    told = pl.DataFrame({"action": [2], "recorded_at": [late_in_june], "status": ["complete"]})
    load_register(loaded, {"updates": told}, **loading)
    row = plan_as_at(loaded, TODAY).actions.row(1, named=True)
    assert (row["as_at"], row["recorded_by"]) == (date(2023, 7, 1), "Head of OD")


def test_the_published_register_invents_nothing(desk, loading):
    load_register(desk, default_register(), **loading)
    plan = plan_as_at(desk, TODAY)
    assert plan.actions["number"].to_list() == list(range(1, 36))
    assert plan.actions["wording"].null_count() == 35
    assert plan.actions["due_latest"].null_count() == 35
    assert plan.actions.filter(pl.col("priority").is_not_null())["number"].to_list() == [2, 3, 6]
    assert plan.actions.filter(pl.col("theme").is_not_null())["number"].to_list() == [1, 2, 3, 4, 5, 6]
    assert plan.counts.filter(pl.col("actions") > 0).rows() == [("no status recorded", 35, 0)]


def test_the_fourteen_commitments_stand_apart_with_their_dates(desk, loading):
    load_register(desk, default_register(), **loading)
    commitments = plan_as_at(desk, TODAY).commitments
    dated = commitments.filter(pl.col("precision") != "not stated").select("commitment", "due_earliest", "due_latest")
    assert commitments.height == 14
    assert dated.rows() == [
        ("U01", date(2023, 1, 1), date(2023, 12, 31)),
        ("U02", date(2023, 1, 1), date(2023, 12, 31)),
        ("U03", date(2023, 1, 1), date(2023, 12, 31)),
        ("U07", date(2022, 12, 31), date(2022, 12, 31)),
        ("U08", date(2024, 1, 1), None),
    ]


def test_the_tables_have_the_columns_of_the_template():
    """The desk stands above the importers and cannot import the template, so the two are held together here."""
    template = {table.name: table for table in TEMPLATE if table.belongs_to == "desk"}
    assert set(template) == set(BY_NAME)
    for table in TABLES:
        theirs = template[table.name]
        assert list(table.columns) == [column.name for column in theirs.columns]
        assert table.key == theirs.key
        assert set(table.required) == {column.name for column in theirs.columns if column.is_required}


def test_moments_may_come_as_milliseconds_as_the_importers_give_them():
    table = BY_NAME["updates"]
    frame = pl.DataFrame({"action": [1], "recorded_at": [1_700_000_000_123], "status": [" on track "]})
    row = conformed(frame, table).row(0, named=True)
    assert row["recorded_at"] == datetime(2023, 11, 14, 22, 13, 20, 123000, tzinfo=UTC)
    assert row["status"] == "on track"
