"""Opening the desk: where it may live, who may read its file, which schema it has."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from data_access.desk import audit, decision_schema, keep_schema, marks, plan_schema, report_schema, schema, work_schema  # noqa: F401
from data_access.desk.base import Base
from data_access.desk.engine import connect_desk, desk_version, newest_version, open_desk, reading
from data_access.problems import BadConfiguration


def test_a_new_desk_has_the_newest_schema_and_opens_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    for _ in range(2):
        assert desk_version(open_desk(url)) == newest_version()


def test_the_migrations_make_exactly_the_tables_that_are_declared(desk) -> None:
    with reading(desk) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_the_file_and_its_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    open_desk(f"sqlite:///{tmp_path / 'new' / 'desk.db'}").dispose()
    assert stat.S_IMODE((tmp_path / "new" / "desk.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/desk", ""])
def test_an_address_that_cannot_be_a_desk_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(BadConfiguration, match="DESK_URL"):
        open_desk(url)


def test_a_server_that_does_not_answer_is_said_so_without_its_password() -> None:
    with pytest.raises(BadConfiguration) as problem:
        open_desk("postgresql://ann:hush@127.0.0.1:1/desk")
    assert "hush" not in str(problem.value)


def test_a_desk_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with open_desk(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadConfiguration, match="newer version"):
        open_desk(url)
    assert desk_version(connect_desk(url)) == "9999"


def test_writers_at_the_same_time_queue_and_none_is_lost(desk, now: datetime) -> None:
    def write(number: int) -> None:
        with desk.begin() as connection:
            audit.record(connection, who=f"writer {number}", what="wrote", scope="", release=None, now=now)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with reading(desk) as connection:
        assert audit.verify_chain(connection) == 40
        assert sorted(entry.who for entry in audit.entries(connection)) == sorted(f"writer {n}" for n in range(40))


def test_the_plan_mark_of_an_empty_plan_is_nought(desk) -> None:
    assert marks.plan_mark(desk) == (0, 0)


def test_a_moment_keeps_its_instant_and_refuses_to_guess_a_zone(desk, now: datetime) -> None:
    elsewhere = now.astimezone(datetime.fromisoformat("2021-03-01T00:00:00+05:30").tzinfo)
    with desk.begin() as connection:
        entry = audit.record(connection, who="a", what="b", scope="", release=None, now=elsewhere)
        assert audit.entries(connection)[0].at == entry.at == now
