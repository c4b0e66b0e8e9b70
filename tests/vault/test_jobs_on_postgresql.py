"""The job queue and proposals on PostgreSQL: here because the server of these tests is here."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from data_access.desk import audit, jobs, proposals, worker_signs
from data_access.desk.engine import open_desk, reading
from data_access.desk.jobs import STALE_AFTER, JobState
from data_access.problems import ChangedMeanwhile

pytestmark = pytest.mark.postgres
NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(postgres: str) -> Iterator[Engine]:
    """A desk in a database of its own."""
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE queue"))
    engine = open_desk(make_url(postgres).set(database="queue").render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE queue"))
    server.dispose()


def test_workers_at_once_share_jobs_without_taking_one_twice(desk: Engine) -> None:
    with desk.begin() as connection:
        for place in range(40):
            jobs.ask(connection, kind="count", arguments={"place": place}, asked_by="ann", now=NOW)

    def work(worker: int) -> list[int]:
        taken = []
        while True:
            with desk.begin() as connection:
                found = jobs.claim(connection, kinds=["count"], secret=f"w{worker}:1", now=NOW)
                if found is None:
                    return taken
                jobs.tell(connection, found.id, f"w{worker}:1", step="Counting", done=1, total=2, now=NOW)
            with desk.begin() as connection:
                secret = f"w{worker}:1"
                jobs.finish(connection, found.id, secret, state=JobState.DONE, result={"worker": worker}, now=NOW)
            taken.append(found.id)

    with ThreadPoolExecutor(4) as pool:
        taken = [number for one in pool.map(work, range(4)) for number in one]
    assert sorted(taken) == list(range(1, 41))
    with reading(desk) as connection:
        assert {one.state for one in jobs.newest(connection, limit=99)} == {JobState.DONE}
        assert audit.verify_chain(connection) == 80


def test_the_job_of_a_worker_that_died_in_its_transaction_waits_for_the_next(desk: Engine) -> None:
    with desk.begin() as connection:
        number = jobs.ask(connection, kind="count", arguments={}, asked_by="ann", now=NOW)
    with desk.connect() as connection:
        jobs.claim(connection, kinds=["count"], secret="w1:1", now=NOW)  # and dies: nothing is committed
    with desk.begin() as connection:
        assert jobs.claim(connection, kinds=["count"], secret="w2:1", now=NOW).id == number
    with desk.begin() as connection:
        assert jobs.take_back(connection, now=NOW + STALE_AFTER + timedelta(seconds=1)) == [number]
        worker_signs.show(connection, "w2", started_at=NOW, now=NOW)
        assert [sign.name for sign in worker_signs.alive(connection, NOW)] == ["w2"]


def test_of_many_who_decide_at_once_one_does(desk: Engine) -> None:
    with desk.begin() as connection:
        asked = proposals.propose(connection, kind="x", subject={"a": 1}, summary="Do x.", asked_by="ann", now=NOW)

    def decide(number: int) -> bool:
        try:
            with desk.begin() as connection:
                proposals.decide(connection, asked.id, is_approved=True, decided_by=f"bo{number}", now=NOW)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(decide, range(12))) == 1
