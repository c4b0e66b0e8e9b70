"""A desk of its own for each test, and a register small enough to see: 35 rows, nothing stated but what is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copy
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine

from data_access.desk.engine import connect_desk, open_desk
from data_access.desk.plan import load_register
from data_access.desk.plan_shapes import ACTIONS, UPDATES

Register = Callable[..., pl.DataFrame]


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk brought to the newest schema once; a copy of the file costs a test less than its migrations."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    open_desk(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def desk(tmp_path: Path, empty_desk: Path) -> Engine:
    return connect_desk(f"sqlite:///{copy(empty_desk, tmp_path / 'desk.db')}")


@pytest.fixture
def loading() -> dict[str, Any]:
    """Who loads the register, and when: two years after the plan was published."""
    return {"recorded_by": "Head of OD", "now": datetime(2023, 11, 22, 9, 30, tzinfo=UTC)}


@pytest.fixture
def register() -> Register:
    """Give 35 actions; `register({7: {"due_stated": "by 2023"}}, without=[12])` changes some."""

    def made(changes: dict[int, dict[str, Any]] | None = None, without: tuple[int, ...] = ()) -> pl.DataFrame:
        empty = dict.fromkeys(ACTIONS.columns)
        rows = [{**empty, "number": number, **(changes or {}).get(number, {})} for number in range(1, 36)]
        return pl.DataFrame([row for row in rows if row["number"] not in without], schema=dict(ACTIONS.columns))

    return made


@pytest.fixture
def updates() -> Register:
    """Give updates from lines 'action | as at | recorded | status'."""

    def made(lines: str) -> pl.DataFrame:
        rows = [[cell.strip() for cell in line.split("|")] for line in lines.strip().splitlines()[1:]]
        return pl.DataFrame(
            [
                {
                    "action": int(action),
                    "as_at": date.fromisoformat(as_at),
                    "recorded_at": datetime.fromisoformat(recorded).replace(tzinfo=UTC),
                    "status": status,
                    "reason": None,
                    "note": None,
                    "recorded_by": "Head of OD",
                }
                for action, as_at, recorded, status in rows
            ],
            schema=dict(UPDATES.columns),
        )

    return made


@pytest.fixture
def loaded(desk: Engine, register: Register, loading: dict[str, Any]) -> Engine:
    """A desk with a register that states nothing but the date of action 7."""
    load_register(desk, {"plan_actions": register({7: {"due_stated": "by 2023"}})}, **loading)
    return desk


@pytest.fixture
def desk_with(desk: Engine, register: Register, updates: Register, loading: dict[str, Any]) -> Callable[..., Engine]:
    """Give the desk after a register, with some rows changed, and updates written as lines were loaded."""

    def made(lines: str, changes: dict[int, dict[str, Any]] | None = None) -> Engine:
        load_register(desk, {"plan_actions": register(changes), "updates": updates(lines)}, **loading)
        return desk

    return made
