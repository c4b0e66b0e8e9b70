"""Load a register, its milestones, history and evidence: check, compare, then add what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl
from sqlalchemy import Connection, Engine

from data_access.desk import audit
from data_access.desk.engine import reading
from data_access.desk.plan_changes import FieldChange, PlanChange, Row, RowChange, compared, item, with_stated_dates
from data_access.desk.plan_checks import check_register, check_tables
from data_access.desk.plan_dates import PUBLISHED
from data_access.desk.plan_rules import standing, year_end
from data_access.desk.plan_shapes import ACTIONS, BY_NAME, TABLES, UPDATES, VERSIONED, PlanTable, conformed
from data_access.desk.plan_store import add, advance, begin, recorded, stored, versions
from data_access.problems import ChangedMeanwhile, Fault, ImportRefused, NothingThere

NO_REGISTER = "No register of actions is loaded. Load the published one with 'lookforward plan import'."
Tables = Mapping[PlanTable, pl.DataFrame]
_TOLD: Final = ("status", "reason", "note", "expected_status")


@dataclass(frozen=True)
class _Pending:
    """What a load would add: rows by table with what they change, and how many are known already."""

    rows: Mapping[PlanTable, list[tuple[Row, RowChange]]]
    unchanged: int

    def change(self, *, is_stored: bool) -> PlanChange:
        told = tuple(change for pairs in self.rows.values() for _, change in pairs)
        return PlanChange(told, self.unchanged, is_stored)


def load_register(
    engine: Engine,
    frames: Mapping[str, pl.DataFrame],
    *,
    recorded_by: str,
    now: datetime,
    valid_from: date | None = None,
    actor: str = "",
) -> PlanChange:
    """Add what the frames say and the desk does not know yet, in one transaction; nothing is overwritten.

    frames: typed tables of the template by name: plan_actions, plan_commitments, milestones, updates, evidence.
    valid_from: the day from which changed rows hold, today (in the zone of `now`) if left out. The first
    register holds from the day the plan was published. Rows the frames do not mention stay as they are.
    actor: whom the audit log names, if not `recorded_by`.
    Raises `ImportRefused` for a register that is not 35 different actions and for every faulty row at once.
    """
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # files carry milliseconds
    tables = _checked(frames, recorded_by, now)
    with engine.begin() as connection:
        pending = _pending(connection, tables, valid_from or now.date())
        _store(connection, pending, recorded_by, now, valid_from or now.date())
        if any(pending.rows.values()):
            told = pending.change(is_stored=True)
            what = f"plan import: {told.added} rows added, {told.changed} changed"
            audit.record(connection, who=actor or recorded_by, what=what, scope="plan", release=None, now=now)
    return pending.change(is_stored=True)


def compare_register(
    engine: Engine,
    frames: Mapping[str, pl.DataFrame],
    *,
    recorded_by: str,
    now: datetime,
    valid_from: date | None = None,
) -> PlanChange:
    """Say what `load_register` would do, with the same refusals, and store nothing."""
    tables = _checked(frames, recorded_by, now)
    with reading(engine) as connection:
        return _pending(connection, tables, valid_from or now.date()).change(is_stored=False)


def _checked(frames: Mapping[str, pl.DataFrame], recorded_by: str, now: datetime) -> Tables:
    unknown = sorted(set(frames) - set(BY_NAME))
    if unknown:
        raise NothingThere(f"The plan has no table {', '.join(unknown)}. Tables: {', '.join(BY_NAME)}.")
    tables = {table: conformed(frames[table.name], table) for table in TABLES if table.name in frames}
    if ACTIONS in tables:
        check_register(tables[ACTIONS]["number"].to_list())
    if UPDATES in tables:
        tables[UPDATES] = _completed(tables[UPDATES], recorded_by)
    dated = {table: with_stated_dates(frame, table) for table, frame in tables.items()}
    check_tables(dated, {table: _lines(frames[table.name]) for table in tables}, now)
    return dated


def _lines(frame: pl.DataFrame) -> list[int]:
    """Number the rows as a spreadsheet does; importers hand the numbers over as `row`."""
    return frame["row"].to_list() if "row" in frame.columns else list(range(2, frame.height + 2))


def _completed(updates: pl.DataFrame, recorded_by: str) -> pl.DataFrame:
    """Fill what an update may leave out: the day it is about, as in England, and who recorded it."""
    day = pl.col("recorded_at").dt.convert_time_zone("Europe/London").dt.date()
    dated = updates.with_columns(pl.col("as_at").fill_null(day), pl.col("recorded_by").fill_null(pl.lit(recorded_by)))
    is_open = pl.col("expected_status").is_not_null() & pl.col("expected_by").is_null()
    end = pl.col("as_at").map_elements(year_end, pl.Date)
    return dated.with_columns(pl.when(is_open).then(end).otherwise("expected_by").alias("expected_by"))


def _pending(connection: Connection, tables: Tables, day: date) -> _Pending:
    if not versions(connection) and ACTIONS not in tables:
        raise NothingThere(NO_REGISTER)
    rows = {}
    for table in TABLES:
        if table not in tables:
            continue
        known = stored(connection, table.model)
        found = _new_updates(known, tables[table]) if table is UPDATES else _differing(table, known, tables[table], day)
        rows[table] = found
    offered = sum(frame.height for frame in tables.values())
    return _Pending(rows, offered - sum(len(found) for found in rows.values()))


def _differing(table: PlanTable, known: pl.DataFrame, offered: pl.DataFrame, day: date) -> list[tuple[Row, RowChange]]:
    changes = {change.item: change for change in compared(table, standing(known, table.key, day, None), offered)}
    return [(row, changes[item(table, row)]) for row in offered.sort(table.key).iter_rows(named=True)
            if item(table, row) in changes]  # fmt: skip


def _new_updates(known: pl.DataFrame, offered: pl.DataFrame) -> list[tuple[Row, RowChange]]:
    """Give the updates not recorded yet; one that would rewrite a recorded one is refused."""
    told = {tuple(row[name] for name in UPDATES.key): row for row in known.iter_rows(named=True)}
    found: list[tuple[Row, RowChange]] = []
    faults: list[Fault] = []
    for line, row in enumerate(offered.iter_rows(named=True), start=2):
        old = told.get(tuple(row[name] for name in UPDATES.key))
        if old is None:
            fields = tuple(FieldChange(name, None, row[name]) for name in UPDATES.fields)
            name = f"{row['action']} as at {row['as_at']}"
            found.append((row, RowChange(UPDATES.name, name, row["action"], True, fields)))
        elif any(row[name] != old[name] for name in _TOLD):
            wanted = "what was recorded then; history is added to, never rewritten"
            faults.append(Fault(UPDATES.name, line, "status", "another status, reason or note", wanted))
    if faults:
        raise ImportRefused("The plan's history cannot be rewritten, so nothing was loaded.", faults)
    return found


def _store(connection: Connection, pending: _Pending, recorded_by: str, now: datetime, day: date) -> None:
    seen = versions(connection)
    touched = {change.action for pairs in pending.rows.values() for _, change in pairs if change.action is not None}
    expected = {number: seen.get(number, 0) for number in touched}
    begin(connection, touched - set(seen))
    late = advance(connection, {number: seen[number] for number in touched & set(seen)})
    if late:
        names = ", ".join(map(str, late))
        raise ChangedMeanwhile(
            f"Actions {names} were changed while this was being loaded. Nothing was saved; run again."
        )
    for table, pairs in pending.rows.items():
        other = _commitment_versions(connection, table)
        for row, change in pairs:
            version = (expected[change.action] if change.action is not None else other.get(change.item, 0)) + 1
            holds = {} if table is UPDATES else {"valid_from": day if seen else PUBLISHED, "is_withdrawn": False}
            add(connection, table, [{**recorded(version, recorded_by, now), **holds, **row}])


def _commitment_versions(connection: Connection, table: PlanTable) -> dict[str, int]:
    if table.action or table not in VERSIONED:
        return {}
    newest = stored(connection, table.model).group_by(*table.key).agg(pl.col("version").max()).sort(table.key)
    return dict(newest.iter_rows())
