"""The audit log: every way of changing it afterwards is found."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from data_access.desk import audit
from data_access.desk.schema import AuditEntry, AuditHead
from data_access.problems import Tampered


@pytest.fixture
def log(connection: Connection, now: datetime) -> Connection:
    """Four rows: ann signs in, exports twice, signs out; then somebody with all rights unlocks the table."""
    for minute, (what, release) in enumerate(
        [("signed in", None), ("exported overview.csv", 1), ("exported plan.xlsx", 1), ("signed out", None)]
    ):
        at = now + timedelta(minutes=minute)
        audit.record(connection, who="ann", what=what, scope="London", release=release, now=at)
    is_file = connection.dialect.name == "sqlite"
    guards = ("audit_entry_update", "audit_entry_delete") if is_file else ("audit_entry_refuse ON audit_entry",)
    for guard in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {guard}")
    return connection


def test_an_untouched_log_fits_together(log) -> None:
    assert audit.verify_chain(log) == 4


def test_an_empty_log_fits_together(connection) -> None:
    assert audit.verify_chain(connection) == 0


def test_entries_come_newest_first_and_carry_who_what_when_scope_and_release(log, now) -> None:
    newest, before = audit.entries(log, limit=2)
    assert (newest.what, before.what) == ("signed out", "exported plan.xlsx")
    assert (before.number, before.at, before.who, before.scope, before.release) == (
        3, now + timedelta(minutes=2), "ann", "London", 1,
    )  # fmt: skip
    assert newest.previous_hash == before.hash


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("who", "bo"),
        ("what", "exported nothing"),
        ("scope", "Midlands"),
        ("release", 2),
        ("release", None),
        ("at", datetime.fromisoformat("2021-03-01T09:01:01+00:00")),
        ("previous_hash", "0" * 64),
        ("hash", "f" * 64),
        ("number", 9),
    ],
)
def test_an_altered_field_is_found(log, field: str, value: object) -> None:
    log.execute(update(AuditEntry).where(AuditEntry.number == 2).values({field: value}))
    with pytest.raises(Tampered, match="row 2"):
        audit.verify_chain(log)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_dropped_row_is_found(log, number: int) -> None:
    log.execute(delete(AuditEntry).where(AuditEntry.number == number))
    with pytest.raises(Tampered, match=f"row {number}"):
        audit.verify_chain(log)


def test_rows_cut_off_the_end_are_found(log) -> None:
    log.execute(delete(AuditEntry).where(AuditEntry.number == 4))
    with pytest.raises(Tampered, match=r"ends at row 3.*missing"):
        audit.verify_chain(log)


def test_a_log_emptied_whole_is_found(log) -> None:
    log.execute(delete(AuditEntry))
    with pytest.raises(Tampered, match="ends at row 0"):
        audit.verify_chain(log)


def test_a_log_without_its_head_is_found_and_takes_no_more_rows(log, now) -> None:
    log.execute(delete(AuditHead))
    with pytest.raises(Tampered, match="head"):
        audit.verify_chain(log)
    with pytest.raises(Tampered, match="head"):
        audit.record(log, who="ann", what="signed in", scope="", release=None, now=now)


def test_two_rows_that_changed_places_are_found(log) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        log.execute(update(AuditEntry).where(AuditEntry.number == old).values(number=new))
    with pytest.raises(Tampered, match="row 2"):
        audit.verify_chain(log)


def test_a_row_slipped_in_at_the_end_is_found(log) -> None:
    row = log.execute(select(AuditEntry).where(AuditEntry.number == 4)).one()._asdict()
    log.execute(insert(AuditEntry).values(**{**row, "number": 5}))
    with pytest.raises(Tampered, match="row 5"):
        audit.verify_chain(log)


def test_a_row_numbered_anew_after_a_drop_is_found(log) -> None:
    """Closing the gap does not help: the hash covers the number."""
    log.execute(delete(AuditEntry).where(AuditEntry.number == 3))
    log.execute(update(AuditEntry).where(AuditEntry.number == 4).values(number=3))
    log.execute(update(AuditHead).values(number=3))
    with pytest.raises(Tampered, match="row 3"):
        audit.verify_chain(log)


@pytest.mark.parametrize("change", [update(AuditEntry).values(who="bo"), delete(AuditEntry)])
def test_the_database_itself_refuses_to_change_rows(connection, now, change) -> None:
    audit.record(connection, who="ann", what="signed in", scope="", release=None, now=now)
    with pytest.raises(DBAPIError, match="audit log"):
        connection.execute(change)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(words=st.text(max_size=60), number=st.one_of(st.none(), st.integers(1, 10_000)))
def test_whatever_is_recorded_fits_together(connection, now, words: str, number: int | None) -> None:
    words = words.replace("\0", "")
    before = audit.verify_chain(connection)
    audit.record(connection, who="ann", what=words, scope=words, release=number, now=now)
    assert audit.verify_chain(connection) == before + 1
